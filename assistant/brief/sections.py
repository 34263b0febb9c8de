"""The sections of a briefing, before what they quote is verified."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer.notes import nation_name, speaker
from assistant.answer.parts import Note, NoteKind
from assistant.brief.choose import for_reader, is_near, own_first
from assistant.brief.parts import Item, Section, Wanted
from assistant.brief.quotes import ADVISED, ANY, TOLD, Found, Quoting, alike
from assistant.brief.words import words
from assistant.export.words import listed
from assistant.library.arrangements import Arrangement, PartnershipType, arrangements_of
from assistant.library.catalogue import BINDING, Source
from assistant.library.glossary import nation_named
from assistant.library.holdings import Library
from assistant.library.pitfalls import Pitfall
from assistant.library.text import Role

_VOICES = 5  # statements on who says what, each of another source
_QUESTIONS = 2  # a pitfall
_SURELY = 0.6  # share of a line's words from which a sentence that is no sign or advice says it all the same
_REMARKS = 2  # on where sources agree or differ
_CHANGES = 3  # of names, beside what is new in the nation
_LEANS = re.compile(r"\bthis\b|\bas Professor\b", re.IGNORECASE)  # a question, on words that are not there
_OF_A_POOL = re.compile(r"\bpool", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """A section, and what it is to quote."""

    section: Section
    found: tuple[Found, ...] = ()


def law(wanted: Wanted, quoting: Quoting) -> Plan:
    """What the arrangement is in law: in full, or a line or two for each where type or nation is not said."""
    said = words()["law"]
    heading = said["heading" if wanted.type else "heading-any"].format(type=type_name(wanted), nation=in_nation(wanted))
    fit = arrangements_of(wanted.type, wanted.nation)
    if wanted.type and wanted.nation:
        return Plan(Section(heading, fit[0].remark or ""), tuple(quoting.curated(fit[0].law, heading)))
    if not wanted.type and not wanted.nation:
        return Plan(Section(heading, said["neither"]))
    most = 1 if wanted.nation else 2
    found: list[Found] = []
    for one in fit:
        found += quoting.after(found).quotes(one.law[: most + 1], _name(one, wanted), ANY, most)
    remarks = [Item(f"{_name(one, wanted)} {one.remark}") for one in fit if one.remark and not wanted.nation]
    text = said["each-type" if wanted.nation else "each-nation"]
    return Plan(Section(heading, text, items=tuple(remarks)), tuple(found))


def pitfalls_heading(wanted: Wanted) -> Plan:
    """What stands before the pitfalls."""
    said = words()["pitfalls"]
    text = said["at-stage"][wanted.stage.value if wanted.stage else "none"]
    return Plan(Section(said["heading"], f"{text} {said['worries']}" if wanted.worries else text))


def pitfall(one: Pitfall, wanted: Wanted, library: Library, quoting: Quoting) -> Plan:
    """A pitfall: why it matters, how to notice it, what to do about it."""
    said = words()["pitfalls"]
    nation = wanted.nation
    why = own_first(one.why, nation, library)
    is_ours = len(why) > 1 and nation is not None and nation_named(why[1].text) is nation
    found = quoting.quotes(why, said["why"], TOLD, 2 if is_ours else 1)
    found += _signs(one, wanted, library, quoting.after(found))
    found += quoting.after(found).quotes(own_first(one.do, nation, library), said["do"], ADVISED, 2, _SURELY)
    text = one.question
    if wanted.stage and wanted.stage not in one.stages:
        stages = listed([said["stage-names"][stage.value] for stage in one.stages])
        text = f"{text} {said['other-stage'].format(stages=stages)}"
    return Plan(Section(one.name, text, level=2), tuple(found))


def questions(worries: Sequence[Pitfall], wanted: Wanted, library: Library) -> Plan:
    """What to ask each partner, without questions that lean on words that are not there."""
    said = words()["questions"]
    asked = []
    for one in worries:
        fit = [line for line in one.ask if not _LEANS.search(line.text)]
        if wanted.type not in {None, PartnershipType.POOLED_BUDGET}:
            fit = [line for line in fit if not _OF_A_POOL.search(line.text)]
        lines = own_first(fit, wanted.nation, library)
        asked += [Item(line.text, line.sources) for line in lines[:_QUESTIONS]]
    partners = said["partners"][wanted.nation.value if wanted.nation else "none"]
    return Plan(Section(said["heading"], said["text"].format(partners=partners), items=tuple(asked)))


def voices(worries: Sequence[Pitfall], wanted: Wanted, library: Library, quoting: Quoting) -> Plan:
    """What different speakers say of the pitfalls: one sentence a source, other kinds of source first."""
    said = words()["voices"]
    lines = [line for one in worries for line in for_reader((*one.why, *one.signs, *one.do), wanted.nation, library)]
    lines = [line for line in lines if is_near(line, wanted.nation, library)]
    found = quoting.quotes(lines, "", ANY, len(lines))
    by_source = {_source(one, library).id: one for one in reversed(found) if _is_own(one, library)}
    ones = [one for one in found if one in by_source.values()]
    firsts = {speaker(_source(one, library)): one for one in reversed(ones)}
    ones.sort(key=lambda one: one not in firsts.values())
    named = (replace(one, draft=replace(one.draft, part=_voice(_source(one, library)))) for one in ones[:_VOICES])
    return Plan(Section(said["heading"], said["text"]), tuple(named))


def changed(wanted: Wanted, quoting: Quoting) -> Plan:
    """What has changed in the nation, and was not told before."""
    said = words()["changed"]
    if wanted.nation is None:
        return Plan(Section(said["heading"], said["no-nation"]))
    lines = arrangements_of(wanted.type, wanted.nation)[0].lately
    told = {one.draft.text for one in quoting.taken}
    found = [one for one in quoting.curated(lines, said["heading"]) if one.draft.text not in told]
    return Plan(Section(said["heading"], said["text"]), tuple(found))


def with_notes(sections: Sequence[Section], notes: Sequence[Note], wanted: Wanted) -> tuple[Section, ...]:
    """The sections, with what has been renamed since, and where sources agree or differ, in their places."""
    fit = [one for one in notes if nation_named(one.text) in {None, wanted.nation} or wanted.nation is None]
    remarks = [one for one in fit if one.kind in {NoteKind.SOURCES_DIFFER, NoteKind.SOURCES_AGREE}]
    remarks.sort(key=lambda one: one.kind is NoteKind.SOURCES_AGREE)
    added = {words()["voices"]["heading"]: remarks[:_REMARKS]}
    changes = [one for one in fit if one.kind is NoteKind.CHANGED]
    not_law = [one for one in fit if one.kind is NoteKind.NOT_IN_FORCE]
    told = [one.text for section in sections for one in section.statements]
    new = [one for one in changes if not any(alike(one.text, text) for text in told)]
    added[words()["changed"]["heading"]] = [*new[:_CHANGES], *not_law]
    return tuple(
        replace(one, items=(*one.items, *(Item(note.text, note.sources) for note in added.get(one.heading, ()))))
        for one in sections
    )


def type_name(wanted: Wanted) -> str:
    """The type as a sentence has it: 'a joint board'."""
    return str(words()["types"][wanted.type.value if wanted.type else "none"])


def in_nation(wanted: Wanted) -> str:
    """' in Scotland', or nothing."""
    return str(words()["in-nation"]).format(nation=nation_name(wanted.nation)) if wanted.nation else ""


def _name(one: Arrangement, wanted: Wanted) -> str:
    name = str(words()["types"][one.type.value] if wanted.nation else nation_name(one.nation))
    return f"{name[:1].upper()}{name[1:]}:"


def _signs(one: Pitfall, wanted: Wanted, library: Library, quoting: Quoting) -> list[Found]:
    """Two warning signs: what sources call one, then what was seen in the reader's own nation, or as a reason."""
    part = words()["pitfalls"]["sign"]
    lines = own_first(one.signs, wanted.nation, library)
    found = quoting.quotes(lines, part, {Role.SIGN}, 2)
    ours = [line for line in lines if wanted.nation and nation_named(line.text) is wanted.nation]
    for seen, roles in ((ours, TOLD), (lines, TOLD - {Role.POINT})):
        found += quoting.after(found).quotes(seen, part, roles, 2 - len(found), _SURELY)
    return found


def _source(found: Found, library: Library) -> Source:
    return library[found.draft.quotes[0].place.source].source


def _is_own(found: Found, library: Library) -> bool:
    """Whether the source itself is speaking: digests of law and policy also report what others say of them."""
    return found.role is not Role.POINT or _source(found, library).kind not in BINDING


def _voice(source: Source) -> str:
    """Who is speaking, as it stands before what they say: 'Audit, Accounts Commission, 2024:'."""
    kind = speaker(source)
    by = listed(source.authors[:2]) or (source.publisher or "").partition(";")[0]
    year = source.published[:4] if source.published else ""
    return ", ".join(one for one in (f"{kind[:1].upper()}{kind[1:]}", by, year) if one) + ":"
