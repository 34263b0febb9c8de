from dataclasses import replace

import pytest
from unit.answer.made import citation, library, plain
from unit.evaluate.made import LIBRARY, asked, cite, cited, gold, rates, said

from assistant.evaluate.gold import is_gold, is_verbatim


@pytest.mark.parametrize("name", ["On money", "on MONEY", "‘On money’"])
def test_a_gold_section_is_known_by_its_heading_however_it_is_set(name: str) -> None:
    assert is_gold(cited(cite("first")), gold(section=name), LIBRARY)


def test_a_heading_with_more_after_a_colon_is_known_by_what_stands_before_it() -> None:
    one = plain("colon", ["Partners speak about money in this paragraph."], heading="On money: who pays", text="digest")
    assert is_gold(cited(citation(one, "Partners speak")), gold("colon"), library(one))


def test_a_gold_section_that_the_digest_does_not_have_is_never_hit() -> None:
    assert not is_gold(cited(cite("first")), gold(section="On weather"), LIBRARY)


ORIGINAL = plain(
    "first", ["Money is short. Partners  ‘argue’ about it, of course.", "People wait for money in a queue of two."]
)


@pytest.mark.parametrize(
    "quote", ["Partners ‘argue’ about it", "Partners 'argue' about it", "partners argue\nabout it"]
)
def test_in_an_original_the_cited_paragraph_must_hold_the_gold_quote(quote: str) -> None:
    held = library(ORIGINAL)
    assert is_gold(cited(citation(ORIGINAL, "Money is short.")), gold(quote=quote), held)
    assert not is_gold(cited(citation(ORIGINAL, "People wait for money in a queue of two.")), gold(quote=quote), held)


def test_in_an_original_the_sections_name_alone_is_no_hit() -> None:
    assert not is_gold(cited(citation(ORIGINAL, "Money is short.")), gold(section="Only part"), library(ORIGINAL))


def test_a_quote_that_stands_at_its_place_is_verbatim() -> None:
    assert is_verbatim(cited(cite("first")), LIBRARY)
    assert rates(asked(said(cite("first"), cite("second")), gold=gold()))["verbatim"] == 1


def test_a_quote_that_does_not_stand_at_its_place_is_not_verbatim() -> None:
    moved = replace(cite("first"), start=1)
    assert not is_verbatim(cited(moved), LIBRARY)
    assert rates(asked(said(cite("first"), moved), gold=gold()))["verbatim"] == 0.5
