"""What programs may do: ask, check, brief, and look into the library; each gives the JSON of the command line."""

import base64
import binascii
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from langchain_core.messages import BaseMessage
from typing_extensions import TypedDict

from assistant.answer.history import exchange
from assistant.answer.parts import Answer, Audience
from assistant.answer.pipeline import Assistant
from assistant.brief.brief import brief
from assistant.brief.parts import Wanted
from assistant.brief.record import briefing_record
from assistant.errors import RequestError
from assistant.export import answer_record, holding_record, source_record
from assistant.export.report import report_record
from assistant.feedback import drop_old_words
from assistant.gaps import note_gap
from assistant.library.arrangements import PartnershipType
from assistant.library.catalogue import Nation
from assistant.library.holdings import section_of
from assistant.library.pitfalls import Stage
from assistant.proposal.check import check_read
from assistant.proposal.draft import Proposal, read_draft, read_pasted
from ui.access.marks import costly
from ui.access.routes import UPLOADS
from ui.api.records import AnswerRecord, BriefingRecord, HoldingRecord, ReportRecord, SourcesRecord
from ui.render.said import said_on
from ui.uploads import forget

_Audience = Literal["frontline", "leader", "proposal"]
_Nation = Literal["england", "scotland", "wales", "northern-ireland"]
_Type = Literal[
    "pooled-budget", "lead-commissioning", "integrated-provider", "joint-board", "co-located-team", "informal"
]
_Stage = Literal["forming", "agreeing", "running", "ending"]
_MOST_TURNS = 5  # before the question; each is answered once more
_LONGEST_NAME = 200  # bytes, of a file


class File(TypedDict, total=False):
    """A draft as a file: its name and its content in base64, or the `path` that an upload gave."""

    name: str
    content: str
    path: str


@dataclass(frozen=True, slots=True)
class Acts:
    """What programs may ask of an assistant."""

    assistant: Assistant

    @costly
    def ask(
        self,
        question: str = "",
        audience: _Audience = "frontline",
        nation: _Nation | None = None,
        history: list[str] | None = None,
    ) -> AnswerRecord:
        """Answer a question; `history` holds the turns before it, oldest first.

        Raises QuestionError for a question that is empty or too long.
        """
        before = history or []
        if len(before) > _MOST_TURNS:
            raise RequestError(said_on("api")["too-many-turns"].format(count=len(before), most=_MOST_TURNS))
        messages: list[BaseMessage] = []
        for turn in before:
            messages += exchange(self._asked(turn, messages, audience, nation))
        answer = self._asked(question, messages, audience, nation)
        note_gap(self.assistant.settings, answer)
        drop_old_words(self.assistant.settings)
        return cast(AnswerRecord, answer_record(answer))

    @costly
    def check(self, text: str = "", file: File | None = None, nation: _Nation | None = None) -> ReportRecord:
        """Check the text of a draft or a file against the 22 pitfalls; nothing of it is kept.

        Raises ReadError for a draft that cannot be read.
        """
        if bool(text.strip()) == bool(file):
            raise RequestError(said_on("api")["text-or-file"])
        draft = self._read(file) if file else read_pasted(text, said_on("check-page")["pasted"])
        report = check_read(draft, self.assistant.settings, nation=Nation(nation) if nation else None)
        return cast(ReportRecord, report_record(report))

    @costly
    def brief(
        self,
        type: _Type | None = None,  # the name that the command line gives it
        stage: _Stage | None = None,
        nation: _Nation | None = None,
        pitfalls: list[str] | None = None,
    ) -> BriefingRecord:
        """Brief a new leader. Raises QuestionError for a pitfall that is none of the 22, or for too many."""
        wanted = Wanted(
            PartnershipType(type) if type else None,
            Stage(stage) if stage else None,
            Nation(nation) if nation else None,
            tuple(pitfalls or ()),
        )
        library, _ = self.assistant.opened()
        return cast(BriefingRecord, briefing_record(brief(wanted, library)))

    def sources(self) -> SourcesRecord:
        """What the library holds."""
        library, _ = self.assistant.opened()
        return cast(SourcesRecord, {"sources": [source_record(one) for one in library]})

    def source(self, source: str = "") -> HoldingRecord:
        """A source with its text, by its id. Raises UnknownSourceError for one that is not held."""
        id_, _, anchor = source.partition("#")
        library, _ = self.assistant.opened()
        holding = library[id_]
        if anchor:
            section_of(holding, anchor)
        return cast(HoldingRecord, holding_record(holding))

    def _asked(self, turn: str, history: Sequence[BaseMessage], audience: _Audience, nation: _Nation | None) -> Answer:
        where = Nation(nation) if nation else None
        return self.assistant.ask(turn, history, audience=Audience(audience), nation=where)

    def _read(self, file: File) -> Proposal:
        folder = self.assistant.settings.home / "uploads" / UPLOADS
        if "path" in file:
            path = _uploaded(file["path"], folder)
            try:
                return read_draft(path)
            finally:
                forget(path)
        with _put(file, folder) as path:
            return read_draft(path)


def _uploaded(given: str, folder: Path) -> Path:
    """An upload by its path. Raises RequestError for any other: a caller may not name files of this machine."""
    try:
        path = Path(given).resolve()
        is_upload = path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError, RuntimeError):
        is_upload = False
    if not is_upload:
        raise RequestError(said_on("api")["no-upload"])
    return path


@contextmanager
def _put(file: File, folder: Path) -> Iterator[Path]:
    """A file that was sent in the request itself, for as long as it is read."""
    name = file.get("name", "").replace("\\", "/").rpartition("/")[2].strip()
    if name in ("", ".", "..") or not name.isprintable() or len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        raise RequestError(said_on("api")["no-name"])
    try:
        content = base64.b64decode(file.get("content", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RequestError(said_on("api")["no-base64"].format(name=name)) from error
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    apart = Path(tempfile.mkdtemp(dir=folder))
    try:
        path = apart / name
        path.write_bytes(content)
        yield path
    finally:
        shutil.rmtree(apart, ignore_errors=True)
