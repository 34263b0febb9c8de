"""What a report says of a pitfall beyond its verdict."""

import pytest

from assistant.library.catalogue import Nation
from assistant.library.holdings import Library, open_library
from assistant.library.pitfalls import pitfalls
from assistant.proposal import advice
from assistant.proposal.parts import Treatment
from assistant.settings import Settings

PITFALLS = {one.id: one for one in pitfalls()}


@pytest.fixture
def library(home: Settings) -> Library:
    return open_library(home)


@pytest.mark.parametrize("treatment", Treatment)
@pytest.mark.parametrize("nation", [None, *(one for one in Nation if one not in {Nation.UK, Nation.INTERNATIONAL})])
def test_every_pitfall_has_cited_advice_a_question_and_a_wording(
    library: Library, treatment: Treatment, nation: Nation | None
) -> None:
    found = advice.statements([(one, treatment) for one in pitfalls()], nation, library)
    for one in pitfalls():
        assert 1 <= len(found[one.id]) <= 3, one.id
        for statement in found[one.id]:
            for cited in statement.citations:
                assert library[cited.source.id].headed.text[cited.start : cited.end] == cited.quote
        assert advice.question(one, nation, library).endswith("?")
        assert "[" in advice.wording(one, treatment)


def test_citations_are_numbered_through_the_whole_report(library: Library) -> None:
    found = advice.statements([(one, Treatment.ABSENT) for one in pitfalls()], None, library)
    places: dict[int, set[str]] = {}
    for statements in found.values():
        for one in statements:
            for cited in one.citations:
                places.setdefault(cited.number, set()).add(f"{cited.source.id}#{cited.anchor}")
    assert all(len(some) == 1 for some in places.values())


def test_another_nations_law_is_no_criterion(library: Library) -> None:
    wanted = advice.criteria(PITFALLS["no-fallback"], Nation.SCOTLAND, library)
    assert any("Scottish integration scheme" in text for text in wanted)
    assert not any("section 75" in text for text in wanted)


def test_without_a_nation_no_nations_law_is_a_criterion(library: Library) -> None:
    for one in pitfalls():
        wanted = advice.criteria(one, None, library)
        assert not any(name in text for text in wanted for name in ("Scottish", "section 75", "Welsh"))


def test_without_a_library_there_is_no_advice_and_still_a_question() -> None:
    empty = Library({})
    assert advice.statements([(PITFALLS["add-on"], Treatment.ABSENT)], None, empty) == {"add-on": ()}
    assert advice.question(PITFALLS["add-on"], None, empty)
