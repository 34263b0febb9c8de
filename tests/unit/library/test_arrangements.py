import pytest

from assistant.library import split
from assistant.library.arrangements import Arrangement, PartnershipType, arrangements, arrangements_of
from assistant.library.catalogue import Nation
from assistant.library.glossary import nation_named
from assistant.library.holdings import Holding, Origin, shipped_digests
from assistant.library.pitfalls import Stage, pitfalls

HELD = {id_: Holding(one.source, one.headed, Origin.SHIPPED) for id_, one in shipped_digests().items()}
NATIONS = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)
STAGES = {one.id: one.stages for one in pitfalls()}
each = pytest.mark.parametrize("one", arrangements(), ids=lambda one: one.id)


def test_every_type_stands_there_for_every_nation() -> None:
    assert {(one.type, one.nation) for one in arrangements()} == {(a, b) for a in PartnershipType for b in NATIONS}


@each
def test_the_id_says_type_and_nation(one: Arrangement) -> None:
    assert one.id == f"{one.type.value}-{one.nation.value}"


@each
def test_each_sentence_stands_in_its_place_word_for_word(one: Arrangement) -> None:
    for line in (*one.law, *one.lately):
        (place,) = line.sources
        source, _, anchor = place.partition("#")
        assert HELD[source].headed.section(anchor)
        sentences = map(split.sentence, split.sentences(HELD[source]))
        assert line.text in {found.text for found in sentences if found.place.section == place}


@each
def test_no_sentence_is_there_twice_or_of_another_nation(one: Arrangement) -> None:
    texts = [line.text for line in (*one.law, *one.lately)]
    assert len(texts) == len(set(texts))
    sources = [HELD[line.sources[0].partition("#")[0]].source for line in (*one.law, *one.lately)]
    assert [source.id for source in sources if one.nation not in source.nations] == []
    assert [text for text in texts if nation_named(text) not in {None, one.nation}] == []


@each
def test_the_pitfalls_are_there_for_every_stage(one: Arrangement) -> None:
    assert set(one.pitfalls) <= set(STAGES)
    assert len(one.pitfalls) == len(set(one.pitfalls))
    assert {stage for id_ in one.pitfalls for stage in STAGES[id_]} == set(Stage)


def test_those_of_one_nation_are_found_where_the_type_is_not_said() -> None:
    assert [one.type for one in arrangements_of(None, Nation.WALES)] == list(PartnershipType)
    assert [one.nation for one in arrangements_of(PartnershipType.INFORMAL, None)] == list(NATIONS)
