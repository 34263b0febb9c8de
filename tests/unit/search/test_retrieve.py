import json
from pathlib import Path

import numpy as np
import pytest
from conftest import digest
from fakes import WordEmbeddings
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.library import split
from assistant.library.catalogue import Nation
from assistant.library.holdings import open_library
from assistant.search import retrieve, store
from assistant.search.retrieve import Finding, HybridRetriever
from assistant.settings import Settings, Shelf

MONEY = "Who pays when the pooled budget runs out?"


def indexed(settings: Settings) -> store.Index:
    store.sync(settings, open_library(settings))
    return store.open_index(settings)


@pytest.fixture
def index(knowledge: Path, home: Settings, words: WordEmbeddings) -> store.Index:
    return indexed(home)


def find(index: store.Index, question: str, **narrowed: object) -> Finding:
    return HybridRetriever(index=index, embeddings=WordEmbeddings(), **narrowed).find(question)  # type: ignore[arg-type]


def sections(finding: Finding) -> list[str]:
    return [split.place(one).section for one in finding.passages]


class TestTheStandardOfLangChain(RetrieversIntegrationTests):
    """What LangChain asks of every retriever."""

    @pytest.fixture(autouse=True)
    def _index(self, index: store.Index) -> None:
        self.index = index

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"index": self.index, "embeddings": WordEmbeddings()}

    @property
    def retriever_query_example(self) -> str:
        return MONEY


def test_the_section_that_says_it_comes_first(index: store.Index) -> None:
    assert sections(find(index, MONEY))[0] == "joint-teams#money"
    assert sections(find(index, "What do integration boards in Scotland decide?"))[0] == "scottish-review#boards"


def test_the_best_passages_of_different_sections_come_first(index: store.Index) -> None:
    found = sections(find(index, MONEY))
    assert len(found) == len(set(found)) == 4


def test_relevance_goes_down(index: store.Index) -> None:
    relevances = [split.relevance(one) for one in find(index, MONEY).passages]
    assert relevances == sorted(relevances, reverse=True)


def test_a_passage_brings_its_sentences_in_the_order_of_the_text(index: store.Index) -> None:
    first = find(index, MONEY).passages[0]
    assert [one.sentence.text for one in split.evidence(first)] == [
        "A pooled budget needs a rule for overspends.",
        "Who pays when the pooled budget runs out?",
    ]


def test_a_sentence_equal_to_the_question_is_as_similar_as_can_be(index: store.Index) -> None:
    finding = find(index, MONEY)
    assert finding.similarity == pytest.approx(1, abs=1e-5)
    assert split.evidence(finding.passages[0])[1].similarity == pytest.approx(1, abs=1e-5)


def test_what_is_quoted_stands_in_the_library(index: store.Index, home: Settings) -> None:
    library = open_library(home)
    for passage in find(index, MONEY).passages:
        place = split.place(passage)
        assert split.quoted(passage) == library[place.source].headed.text[place.start : place.end]
        for one in split.evidence(passage):
            at = one.sentence.place
            assert library[at.source].headed.text[at.start : at.end] == one.sentence.text


def test_the_same_question_finds_the_same(index: store.Index) -> None:
    assert find(index, MONEY) == find(index, MONEY)


def test_a_search_can_be_narrowed_to_sources(index: store.Index) -> None:
    assert sections(find(index, MONEY, sources=("scottish-review",))) == ["scottish-review#boards"]


def test_a_search_can_be_narrowed_to_a_nation(index: store.Index) -> None:
    assert sections(find(index, MONEY, nation="scotland")) == ["scottish-review#boards"]


def test_a_search_can_be_narrowed_to_a_kind(index: store.Index) -> None:
    assert set(sections(find(index, MONEY, kind="article"))) == {
        "joint-teams#desks",
        "joint-teams#money",
        "joint-teams#records",
    }


@pytest.mark.parametrize(
    "narrowed",
    [{"nation": "wales"}, {"kind": "audit"}, {"sources": ("no-such",)}, {"nation": "scotland", "kind": "article"}],
)
def test_a_search_that_was_narrowed_to_nothing_finds_nothing(index: store.Index, narrowed: dict[str, object]) -> None:
    finding = find(index, MONEY, **narrowed)
    assert (finding.passages, finding.similarity, finding.situated) == ((), 0.0, False)


def test_passages_of_k_sections_are_given(index: store.Index) -> None:
    assert [len(set(sections(find(index, MONEY, k=k)))) for k in (1, 2, 4)] == [1, 2, 4]


def test_a_source_is_put_back_for_each_of_its_sections_that_stands_before() -> None:
    relevance = {"a#1": 1.0, "a#2": 0.97, "a#3": 0.95, "b#1": 0.9, "c#1": 0.5}
    assert retrieve._ranked(relevance, 4) == ["a#1", "b#1", "a#2", "a#3"]
    assert retrieve._ranked(relevance, 9) == ["a#1", "b#1", "a#2", "a#3", "c#1"]


def test_the_other_passages_of_the_best_sections_follow(knowledge: Path, home: Settings, words: WordEmbeddings) -> None:
    lines = "".join(
        f"- point: Rule {n} of the pooled budget is that partners number {n} pay in time.\n" for n in range(40)
    )
    path = knowledge / "articles" / "long-rules.md"
    path.write_text(digest("long-rules", "Long rules", f"## Rules {{#rules}}\n{lines}"), encoding="utf-8")
    finding = find(indexed(home), "Which rules of the pooled budget?", sources=("long-rules",), k=3)
    assert set(sections(finding)) == {"long-rules#rules"}
    assert len({one.page_content for one in finding.passages}) == len(finding.passages) > 3


def test_a_section_is_found_by_a_situation_alone(index: store.Index) -> None:
    question = "whose kettle is it anyway, lol"  # shares no word with any passage
    finding = find(index, question)
    assert sections(finding)[0] == "joint-teams#money"
    assert finding.situated


def crowd(knowledge: Path, words_: str) -> None:
    """A source of so many sections near these words that no search for neighbours sees past them."""
    body = "".join(f"## Part {n} {{#part-{n}}}\n- point: {words_} {n}.\n" for n in range(150))
    (knowledge / "articles" / "a-crowd.md").write_text(digest("a-crowd", "A crowd", body), encoding="utf-8")


def test_a_section_is_found_by_a_situation_alone_in_a_large_library_too(
    knowledge: Path, home: Settings, words: WordEmbeddings
) -> None:
    question = "whose kettle is it anyway, lol"
    crowd(knowledge, "A kettle of the sort")
    finding = find(indexed(home), question)
    assert "joint-teams#money" in sections(finding)


def test_a_section_is_found_by_one_sentence_of_it_in_a_large_library_too(
    knowledge: Path, home: Settings, words: WordEmbeddings
) -> None:
    question = "Which tram goes to the harbour on market day?"
    others = "".join(f"- point: Quite another matter {n} fills most of this long section {n}.\n" for n in range(9))
    path = knowledge / "articles" / "a-town.md"
    path.write_text(digest("a-town", "A town", f"## Odds {{#odds}}\n{others}- ask: {question}\n"), encoding="utf-8")
    crowd(knowledge, "A tram and a harbour of the sort")
    assert "a-town#odds" in sections(find(indexed(home), question))


def test_without_its_situation_that_section_is_not_found_so(
    knowledge: Path, home: Settings, words: WordEmbeddings
) -> None:
    (knowledge / "situations.jsonl").write_text("", encoding="utf-8")
    with_all = find(indexed(home), "whose kettle is it anyway, lol")
    assert split.relevance(with_all.passages[0]) < 0.5


def test_what_is_outside_is_never_a_passage(index: store.Index) -> None:
    finding = find(index, "When does the swimming pool open on Sunday?")
    assert all(split.place(one).source for one in finding.passages)


def twin(knowledge: Path) -> None:
    """A source that says what joint-teams says, and that no situation points at."""
    text = (knowledge / "articles" / "joint-teams.md").read_text(encoding="utf-8")
    path = knowledge / "articles" / "twin-teams.md"
    path.write_text(text.replace("id: joint-teams", "id: twin-teams"), encoding="utf-8")


def test_a_source_that_no_situation_points_at_is_not_put_back(
    knowledge: Path, home: Settings, words: WordEmbeddings
) -> None:
    twin(knowledge)
    found = sections(find(indexed(home), "Sitting at one desk does not make one team."))
    # No situation speaks of desks: the twin is judged by its words alone and comes first.
    assert found[0] == "twin-teams#desks"
    assert "joint-teams#desks" in found[:3]


def test_a_situation_lifts_its_section_over_a_source_with_the_same_words(
    knowledge: Path, home: Settings, words: WordEmbeddings
) -> None:
    twin(knowledge)
    line = {"id": "s-1", "text": MONEY, "sections": ["joint-teams#money"]}
    (knowledge / "situations.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert sections(find(indexed(home), MONEY))[:2] == ["joint-teams#money", "twin-teams#money"]


def test_whether_situations_speak_of_the_best_source_is_told(index: store.Index) -> None:
    assert find(index, MONEY).situated
    assert not find(index, "What do integration boards in Scotland decide?").situated


def test_a_question_of_several_sentences_is_searched_whole_and_by_sentence(index: store.Index) -> None:
    fake = WordEmbeddings()
    question = "We pooled the budget last year. Staff write the same visit down twice. Help!"
    HybridRetriever(index=index, embeddings=fake).find(question)
    assert fake.texts == [question, "We pooled the budget last year.", "Staff write the same visit down twice."]


def test_a_question_of_one_sentence_is_embedded_once(index: store.Index) -> None:
    fake = WordEmbeddings()
    HybridRetriever(index=index, embeddings=fake).find(MONEY)
    assert fake.texts == [MONEY]


@pytest.mark.parametrize("question", ["", " ", "?", "zebra", "B\u00a0. ", "a" * 5000, "One. " * 300, "\x00", "😀"])
def test_any_question_is_answered_with_passages(index: store.Index, question: str) -> None:
    finding = find(index, question)
    assert len(finding.passages) == 4
    assert np.isfinite(finding.similarity)


def test_an_empty_index_finds_nothing(knowledge: Path, home: Settings, words: WordEmbeddings) -> None:
    bare = Settings(home=home.home, library=Shelf.NONE)
    finding = find(indexed(bare), MONEY)
    assert (finding.passages, finding.similarity, finding.situated) == ((), 0.0, False)


def test_too_few_situations_judge_nothing(index: store.Index) -> None:
    assert find(index, MONEY).answerable is None


def law(knowledge: Path, nation: str) -> None:
    folder = knowledge / "guidance" / nation
    folder.mkdir(parents=True, exist_ok=True)
    text = f"## Pooled money {{#money}}\n- duty: Partners in {nation} agree who pays when the pooled budget runs out.\n"
    fields = {"kind": "legislation", "nations": f"[{nation}]"}
    (folder / f"{nation}-act.md").write_text(digest(f"{nation}-act", "An act", text, **fields), encoding="utf-8")


@pytest.fixture
def laws(knowledge: Path, home: Settings, words: WordEmbeddings) -> store.Index:
    law(knowledge, "wales")
    law(knowledge, "england")
    law(knowledge, "uk")
    return indexed(home)


def sources(finding: Finding) -> set[str]:
    return {split.place(one).source for one in finding.passages}


def test_the_law_of_another_nation_is_not_cited_to_a_reader(laws: store.Index) -> None:
    found = sources(find(laws, MONEY, reader=Nation.WALES))
    assert "wales-act" in found
    assert "england-act" not in found


def test_the_law_of_the_whole_kingdom_is_cited_to_every_reader(laws: store.Index) -> None:
    assert "uk-act" in sources(find(laws, MONEY, reader=Nation.WALES))


def test_the_lessons_of_another_nation_travel(laws: store.Index) -> None:
    assert {"joint-teams", "scottish-review"} <= sources(find(laws, MONEY, reader=Nation.WALES))


def test_a_reader_of_no_nation_is_shown_every_law(laws: store.Index) -> None:
    assert {"wales-act", "england-act", "uk-act"} <= sources(find(laws, MONEY))


# Follow-ups


def relevances(index: store.Index, question: str, **follow_up: object) -> dict[str, float]:
    return {split.place(one).section: split.relevance(one) for one in find(index, question, **follow_up).passages}


def lifted(index: store.Index, *before: str) -> dict[str, float]:
    """How much more each section fits a question that follows an answer from these sections."""
    alone, following = relevances(index, MONEY), relevances(index, MONEY, before=before)
    assert alone.keys() == following.keys()
    return {
        section: round(following[section] - alone[section], 6)
        for section in alone
        if following[section] != alone[section]
    }


def test_a_follow_up_stays_with_the_section_that_was_cited_before(index: store.Index) -> None:
    assert sections(find(index, "And then?", before=("joint-teams#records",)))[0] == "joint-teams#records"
    assert sections(find(index, "And then?", before=("scottish-review#boards",)))[0] == "scottish-review#boards"


def test_a_follow_up_that_repeats_another_section_goes_there(index: store.Index) -> None:
    assert sections(find(index, MONEY, before=("scottish-review#boards",)))[0] == "joint-teams#money"


def test_the_section_cited_before_is_lifted_and_its_source_a_little_less(index: store.Index) -> None:
    # 0.2 for the source, and 0.15 more for the section itself.
    assert lifted(index, "joint-teams#records") == {
        "joint-teams#records": 0.35,
        "joint-teams#desks": 0.2,
        "joint-teams#money": 0.2,
    }


def test_what_was_cited_second_is_lifted_half_as_much(index: store.Index) -> None:
    assert lifted(index, "scottish-review#boards", "joint-teams#records") == {
        "scottish-review#boards": 0.35,
        "joint-teams#records": 0.175,
        "joint-teams#desks": 0.1,
        "joint-teams#money": 0.1,
    }


def test_a_source_cited_twice_is_lifted_as_for_the_first_time(index: store.Index) -> None:
    # The second section has its source's 0.2 in full, and a half of its own 0.15.
    assert lifted(index, "joint-teams#desks", "joint-teams#records") == {
        "joint-teams#desks": 0.35,
        "joint-teams#records": 0.275,
        "joint-teams#money": 0.2,
    }


@pytest.mark.parametrize("before", [(), ("no-such#part",)])
def test_sections_that_are_not_held_lift_nothing(index: store.Index, before: tuple[str, ...]) -> None:
    assert lifted(index, *before) == {}


TURN = "Staff write the same visit down twice, so who writes?"
JOINED = f"{MONEY} {TURN}"


def test_a_follow_up_is_judged_by_the_mean_of_the_joined_question_and_the_turn_alone(index: store.Index) -> None:
    joined, alone, both = (
        relevances(index, JOINED),
        relevances(index, TURN),
        relevances(index, JOINED, turn=TURN),
    )
    assert both == pytest.approx({section: (joined[section] + alone[section]) / 2 for section in joined})
    assert joined != pytest.approx(alone)


def test_whether_the_library_answers_is_judged_by_the_joined_question(index: store.Index) -> None:
    with_turn, without = find(index, JOINED, turn=TURN), find(index, JOINED)
    assert with_turn.similarity == without.similarity
    assert with_turn.similarity != find(index, TURN).similarity


def test_the_turn_of_a_follow_up_is_embedded_once(index: store.Index) -> None:
    fake = WordEmbeddings()
    HybridRetriever(index=index, embeddings=fake, turn="And the staff?").find(MONEY)
    assert fake.texts == [MONEY, "And the staff?"]


def test_a_turn_that_is_the_whole_question_is_not_searched_twice(index: store.Index) -> None:
    fake = WordEmbeddings()
    finding = HybridRetriever(index=index, embeddings=fake, turn=MONEY).find(MONEY)
    assert fake.texts == [MONEY]
    assert finding == find(index, MONEY)


# Reading sections again


def read(index: store.Index, question: str, *names: str) -> tuple[Document, ...]:
    return HybridRetriever(index=index, embeddings=WordEmbeddings()).read(question, names)


@pytest.mark.parametrize(
    "names",
    [
        ("joint-teams#records", "joint-teams#money", "scottish-review#boards"),
        ("scottish-review#boards", "joint-teams#money"),
        (),
    ],
)
def test_the_sections_that_are_named_are_read_in_their_order(index: store.Index, names: tuple[str, ...]) -> None:
    passages = read(index, MONEY, *names)
    assert tuple(split.place(one).section for one in passages) == names
    assert [split.relevance(one) for one in passages] == [1.0] * len(names)


def test_what_is_read_again_has_its_sentences_with_their_similarity_to_the_question(index: store.Index) -> None:
    (passage,) = read(index, MONEY, "joint-teams#money")
    assert [one.sentence.text for one in split.evidence(passage)] == [
        "A pooled budget needs a rule for overspends.",
        MONEY,
    ]
    similarities = [one.similarity for one in split.evidence(passage)]
    assert similarities[0] < similarities[1] == pytest.approx(1, abs=1e-5)


def test_a_section_that_is_not_held_any_more_is_not_read(index: store.Index) -> None:
    passages = read(index, MONEY, "no-such#part", "joint-teams#money", "joint-teams#gone")
    assert [split.place(one).section for one in passages] == ["joint-teams#money"]


def test_a_long_section_is_read_whole(knowledge: Path, home: Settings, words: WordEmbeddings) -> None:
    lines = "".join(
        f"- point: Rule {n} of the pooled budget is that partners number {n} pay in time.\n" for n in range(200)
    )
    path = knowledge / "articles" / "long-rules.md"
    path.write_text(digest("long-rules", "Long rules", f"## Rules {{#rules}}\n{lines}"), encoding="utf-8")
    passages = read(indexed(home), MONEY, "joint-teams#desks", "long-rules#rules")
    assert len({one.page_content for one in passages}) == len(passages) > 11
    assert len({one.sentence.place for passage in passages[1:] for one in split.evidence(passage)}) >= 200


@pytest.mark.slow
def test_a_situation_of_the_shipped_library_finds_its_section(shipped: Settings) -> None:
    from assistant.search import embed

    retriever = HybridRetriever(index=store.open_index(shipped), embeddings=embed.embeddings(shipped))
    lived = [one for one in open_library(shipped).situations if one.places][::97]
    missed = [one.id for one in lived if not set(one.places) & set(sections(retriever.find(one.text))[:3])]
    assert missed == []


@pytest.mark.slow
def test_the_shipped_index_tells_what_is_outside(shipped: Settings) -> None:
    from assistant.search import embed

    retriever = HybridRetriever(index=store.open_index(shipped), embeddings=embed.embeddings(shipped))
    inside = retriever.find("How do we agree who decides in our partnership?").answerable
    outside = retriever.find("When is the swimming pool open on Sundays?").answerable
    assert inside is not None
    assert outside is not None
    assert outside < 0.1 < 0.9 < inside


@pytest.mark.slow
def test_every_vector_of_the_shipped_index_is_found_at_its_place(shipped: Settings) -> None:
    index = store.open_index(shipped)
    for collection in (index.passages, index.sentences):
        held = collection.get(include=["embeddings"])
        for vector in np.asarray(held["embeddings"])[::25]:
            found = collection.similarity_search_by_vector_with_relevance_scores(vector.tolist(), k=1)
            assert found[0][1] < 0.001
