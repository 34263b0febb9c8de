import math
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from langchain_core.documents import Document

from assistant import doctor
from assistant.errors import ModelError
from assistant.library import split
from assistant.search.rerank import rerank, reranker
from assistant.settings import Settings

QUESTION = "Who pays?"
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "who", "pays", "the", "partners", "pay", "cat", "sat", "?", "."]


class Scores:
    """A reranker that gives each text the score written down for it; `asked` is what it was asked."""

    def __init__(self, scores: Mapping[str, float]) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self._scores = scores

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append((question, list(texts)))
        return [self._scores[text] for text in texts]


def passage(section: str, relevance: float, text: str = "") -> Document:
    """A passage of a section as it is retrieved; its text is the section's name unless said."""
    metadata = {"source": "a-source", "anchor": section, "start": 0, "end": 9}
    return split.found(Document(text or section, id=text or section, metadata=metadata), relevance, [])


def texts(passages: Sequence[Document]) -> list[str]:
    return [one.page_content for one in passages]


def relevances(passages: Sequence[Document]) -> list[float]:
    return [split.relevance(one) for one in passages]


FOUND = [passage("a", 2.0), passage("b", 1.9), passage("c", 1.2), passage("d", 0.4)]


def test_without_a_reranker_the_passages_stay_as_they_are() -> None:
    assert rerank(QUESTION, FOUND, None) == FOUND


def test_nothing_found_is_nothing_reranked() -> None:
    assert rerank(QUESTION, [], Scores({})) == []


def test_the_model_is_asked_the_question_and_every_passage() -> None:
    model = Scores({"a": 1, "b": 2, "c": 3, "d": 4})
    rerank(QUESTION, FOUND, model)
    assert model.asked == [(QUESTION, ["a", "b", "c", "d"])]


def test_one_section_needs_no_model() -> None:
    model = Scores({})
    passages = [passage("a", 2.0, "a1"), passage("a", 2.0, "a2")]
    assert rerank(QUESTION, passages, model) == passages
    assert model.asked == []


def test_where_both_agree_nothing_moves() -> None:
    assert rerank(QUESTION, FOUND, Scores({"a": 0.9, "b": 0.5, "c": -3, "d": -8})) == FOUND


def test_the_order_is_fused_of_both() -> None:
    # The model's order is d, b, c, a. 1/61 + 1/64 = 0.03202, 1/62 + 1/62 = 0.03226,
    # 1/63 + 1/63 = 0.03175 and 1/64 + 1/61 = 0.03202 for a, b, c and d; a draws with d, and stays before it.
    ranked = rerank(QUESTION, FOUND, Scores({"a": -4, "b": 0.5, "c": 0.2, "d": 7}))
    assert texts(ranked) == ["b", "a", "d", "c"]


def test_a_section_that_the_model_puts_further_up_moves_up() -> None:
    assert texts(rerank(QUESTION, FOUND, Scores({"a": 1, "b": 2, "c": 3, "d": 0}))) == ["a", "c", "b", "d"]


def test_where_the_two_draw_the_retriever_has_it() -> None:
    assert texts(rerank(QUESTION, FOUND[:2], Scores({"a": -9, "b": 9}))) == ["a", "b"]


def test_equal_scores_move_nothing() -> None:
    assert rerank(QUESTION, FOUND, Scores(dict.fromkeys("abcd", 0.5))) == FOUND


def test_how_far_apart_the_scores_are_makes_no_difference() -> None:
    near = rerank(QUESTION, FOUND, Scores({"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4}))
    assert near == rerank(QUESTION, FOUND, Scores({"a": -99, "b": 0, "c": 1, "d": 99}))


def test_relevances_keep_their_places() -> None:
    ranked = rerank(QUESTION, FOUND, Scores({"a": -4, "b": 0.5, "c": 0.2, "d": 7}))
    assert relevances(ranked) == [2.0, 1.9, 1.2, 0.4]


def test_what_was_handed_in_does_not_change() -> None:
    rerank(QUESTION, FOUND, Scores({"a": -4, "b": 0.5, "c": 0.2, "d": 7}))
    assert [(one.page_content, split.relevance(one)) for one in FOUND] == [
        ("a", 2.0),
        ("b", 1.9),
        ("c", 1.2),
        ("d", 0.4),
    ]


def test_only_the_order_and_the_relevance_change() -> None:
    ranked = {one.id: one for one in rerank(QUESTION, FOUND, Scores({"a": -4, "b": 0.5, "c": 0.2, "d": 7}))}
    for before in FOUND:
        after = ranked[before.id]
        assert split.found(after, split.relevance(before), split.evidence(after)) == before


SEVERAL = [
    passage("a", 2.0, "a1"),
    passage("b", 1.9, "b1"),
    passage("c", 1.2, "c1"),
    passage("a", 2.0, "a2"),
    passage("a", 2.0, "a3"),
    passage("c", 1.2, "c2"),
]
C_LEADS = {"a1": 0, "b1": -1, "c1": -5, "a2": -4, "a3": 1, "c2": 3}  # the model's order: c, a, b


def test_each_section_comes_once_before_the_others_section_by_section() -> None:
    ranked = rerank(QUESTION, SEVERAL, Scores(C_LEADS | {"a1": -6, "a3": -6, "b1": 0}))  # c, b, a
    assert texts(ranked) == ["a1", "c1", "b1", "a2", "a3", "c2"]


def test_a_section_is_as_good_as_its_best_passage() -> None:
    assert texts(rerank(QUESTION, SEVERAL, Scores(C_LEADS)))[:3] == ["a1", "c1", "b1"]


def test_all_passages_of_a_section_have_one_relevance() -> None:
    ranked = rerank(QUESTION, SEVERAL, Scores(C_LEADS))
    assert relevances(ranked) == [2.0, 1.9, 1.2, 2.0, 2.0, 1.9]


def test_no_reranker_is_set_unless_asked_for(home: Settings) -> None:
    assert home.reranker == ""
    assert reranker(home) is None


def test_no_reranker_loads_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.search.rerank import reranker; "
        "from assistant.settings import Settings; reranker(Settings(home=Path('x'))); "
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["no-such/model", "/no/such/folder", "../outside", "no such model"])
def test_a_reranker_that_is_nowhere_says_how_to_get_it(home: Settings, name: str) -> None:
    message = f"The reranker '{name}' is neither a folder nor in the local cache.*run: hf download {name}"
    if "/" not in name:
        message = f"The reranker '{name}' is .*run: hf download cross-encoder/{name}"
    with pytest.raises(ModelError, match=message):
        reranker(with_reranker(home, name))


def with_reranker(home: Settings, model: str | Path) -> Settings:
    return Settings(home=home.home, reranker=str(model))


def save(folder: Path, *, labels: int = 1, is_bare: bool = False) -> Path:
    """Save a very small BERT of random weights: with a head that gives scores, or bare."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=1.0,
        num_labels=labels,
    )
    model = BertModel(config) if is_bare else BertForSequenceClassification(config)
    model.save_pretrained(folder)
    BertTokenizerFast(vocab={word: number for number, word in enumerate(WORDS)}).save_pretrained(folder)
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of a cross-encoder."""
    return save(tmp_path / "tiny")


@pytest.mark.slow
def test_a_reranker_is_loaded_from_its_folder(home: Settings, tiny: Path) -> None:
    model = reranker(with_reranker(home, tiny))
    assert model is not None
    scores = model(QUESTION, ["The partners pay.", "The cat sat."])
    assert len(scores) == len(set(scores)) == 2
    assert model(QUESTION, ["The cat sat.", "The partners pay."]) == pytest.approx(scores[::-1], abs=1e-5)


@pytest.mark.slow
def test_scores_are_not_squeezed_between_0_and_1(home: Settings, tiny: Path) -> None:
    from sentence_transformers import CrossEncoder

    model = reranker(with_reranker(home, tiny))
    assert model is not None
    (score,) = model(QUESTION, ["The partners pay."])
    squeezed = CrossEncoder(str(tiny), device="cpu", local_files_only=True).predict([(QUESTION, "The partners pay.")])
    assert 1 / (1 + math.exp(-score)) == pytest.approx(float(squeezed[0]), abs=1e-5)


@pytest.mark.slow
def test_a_loaded_reranker_orders_what_was_found(home: Settings, tiny: Path) -> None:
    model = reranker(with_reranker(home, tiny))
    assert model is not None
    found = [passage("a", 2.0, "The cat sat."), passage("b", 1.9, "The partners pay."), passage("c", 1.2, "Who pays?")]
    ranked = rerank(QUESTION, found, model)
    assert sorted(texts(ranked)) == sorted(texts(found))
    assert relevances(ranked) == [2.0, 1.9, 1.2]


@pytest.mark.slow
def test_texts_longer_than_the_model_reads_are_cut(home: Settings, tiny: Path) -> None:
    model = reranker(with_reranker(home, tiny))
    assert model is not None
    assert len(model(QUESTION * 100, ["The partners pay." * 500])) == 1


@pytest.mark.slow
def test_a_reranker_is_loaded_once(home: Settings, tiny: Path) -> None:
    assert reranker(with_reranker(home, tiny)) is reranker(with_reranker(home, tiny))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cross-encoder/tiny", "tiny"])
def test_a_reranker_is_found_by_name_in_the_local_cache(
    name: str, home: Settings, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "cache" / "models--cross-encoder--tiny"
    (model / "refs").mkdir(parents=True)
    (model / "refs" / "main").write_text("0" * 40, encoding="utf-8")
    shutil.move(tiny, model / "snapshots" / ("0" * 40))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    assert reranker(with_reranker(home, name)) is not None


def cut_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"weights")


def pickle_weights(folder: Path) -> None:
    import torch

    torch.save({}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def no_config(folder: Path) -> None:
    (folder / "config.json").unlink()


def another_size(folder: Path) -> None:
    config = (folder / "config.json").read_text(encoding="utf-8")
    (folder / "config.json").write_text(config.replace('"hidden_size": 16', '"hidden_size": 32'), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("damage", [cut_weights, pickle_weights, no_config, another_size])
def test_a_folder_that_cannot_be_loaded_says_what_to_do(damage: object, home: Settings, tiny: Path) -> None:
    assert callable(damage)
    damage(tiny)
    with pytest.raises(
        ModelError, match=r"reranker in .*tiny cannot be loaded: [\s\S]*Point COMMON_GROUND_RERANKER at"
    ):
        reranker(with_reranker(home, tiny))


@pytest.mark.slow
def test_a_model_without_a_head_for_scores_is_refused(home: Settings, tmp_path: Path) -> None:
    folder = save(tmp_path / "bare", is_bare=True)
    with pytest.raises(ModelError, match=r"it is no reranker\. Point COMMON_GROUND_RERANKER at"):
        reranker(with_reranker(home, folder))


@pytest.mark.slow
def test_an_embedding_model_is_refused(home: Settings) -> None:
    from assistant.search import embed

    with pytest.raises(ModelError, match="it is no reranker"):
        reranker(with_reranker(home, embed.folder_of(home)))


@pytest.mark.slow
def test_a_model_that_gives_several_labels_is_refused(home: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not give one score for a question and a passage"):
        reranker(with_reranker(home, save(tmp_path / "three", labels=3)))


def checked(settings: Settings) -> doctor.Check:
    return next(one for one in doctor.examine(settings) if one.check == "reranker")


@pytest.mark.usefixtures("knowledge")
def test_the_doctor_finds_nothing_amiss_where_none_is_set(home: Settings) -> None:
    assert checked(home) == doctor.Check("reranker", True, "none is set, and none is needed")


@pytest.mark.slow
@pytest.mark.usefixtures("knowledge")
def test_the_doctor_loads_the_reranker(home: Settings, tiny: Path) -> None:
    assert checked(with_reranker(home, tiny)) == doctor.Check("reranker", True, f"{tiny}, can be loaded")


@pytest.mark.usefixtures("knowledge")
def test_the_doctor_names_a_reranker_that_is_not_there(home: Settings) -> None:
    found = checked(with_reranker(home, "no-such/model"))
    assert not found.is_well
    assert "hf download no-such/model" in found.detail
