import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Timer

import pytest
from conftest import ROOT, digest
from fakes import WordEmbeddings

from assistant.errors import BusyError, StoreError
from assistant.library.holdings import add, open_library, remove
from assistant.search import embed, generation, judge, store
from assistant.search.retrieve import HybridRetriever
from assistant.settings import Settings, Shelf

pytestmark = pytest.mark.usefixtures("knowledge")

SECRET = "The quokka budget was overspent by nine teams."
HOLD = """
import sys
from pathlib import Path
from assistant.search import generation
with generation.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def synced(home: Settings, words: WordEmbeddings) -> Settings:
    """Settings whose index is in step, with what was embedded for that forgotten."""
    sync(home)
    words.texts.clear()
    return home


@pytest.fixture
def moved(synced: Settings, tmp_path: Path) -> Settings:
    """The same in another place, so that nothing of it is open in this process, as in a new one."""
    other = tmp_path / "moved"
    shutil.copytree(synced.home, other)
    return Settings(home=other)


def sync(settings: Settings, **options: bool) -> store.Report:
    return store.sync(settings, open_library(settings), **options)


def file(tmp_path: Path, text: str, name: str = "our-plan.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def texts(settings: Settings) -> dict[str, list[str]]:
    """What the live index holds, by collection."""
    index = store.open_index(settings)
    held = {"passages": index.passages, "sentences": index.sentences, "situations": index.situations}
    return {name: sorted(one.get(include=["documents"])["documents"]) for name, one in held.items()}


def live(settings: Settings) -> Path:
    path = generation.live(store.folder(settings))
    assert path is not None
    return path


def files_that_hold(settings: Settings, words_: str) -> list[Path]:
    folder = store.folder(settings)
    return [path for path in folder.rglob("*") if path.is_file() and words_.encode() in path.read_bytes()]


def nearest(settings: Settings, question: str) -> str:
    retriever = HybridRetriever(index=store.open_index(settings), embeddings=embed.embeddings(settings))
    return str(retriever.invoke(question)[0].metadata["source"])


def test_a_first_sync_indexes_everything(home: Settings, words: WordEmbeddings) -> None:
    assert sync(home) == store.Report(("joint-teams", "scottish-review", "(situations)"), ())
    held = texts(home)
    assert len(held["passages"]) == 4
    assert len(held["sentences"]) == 8
    assert len(held["situations"]) == 3


def test_a_sync_of_what_is_in_step_does_nothing(synced: Settings, words: WordEmbeddings) -> None:
    before = live(synced)
    assert sync(synced) == store.Report((), ())
    assert live(synced) == before
    assert words.texts == []


def test_a_source_that_was_added_is_indexed_and_nothing_else_is_read(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    add(synced, file(tmp_path, SECRET))
    assert sync(synced) == store.Report(("our-plan",), ())
    assert words.texts == [f"our plan\n{SECRET}", SECRET]
    assert nearest(synced, SECRET) == "our-plan"


def test_a_source_that_changed_is_indexed_again_and_its_unchanged_texts_are_not_embedded(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    add(synced, file(tmp_path, f"Money\n\n{SECRET}\n\nTrust\n\nTrust grows where people meet often."))
    sync(synced)
    words.texts.clear()
    add(synced, file(tmp_path, f"Money\n\n{SECRET}\n\nTrust\n\nTrust fades where people never meet."))
    assert sync(synced) == store.Report(("our-plan",), ())
    assert words.texts == ["Trust\nTrust fades where people never meet.", "Trust fades where people never meet."]


def test_the_old_words_of_a_source_that_changed_are_not_found(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    add(synced, file(tmp_path, SECRET))
    sync(synced)
    add(synced, file(tmp_path, "The numbat plan was agreed by all of the partners."))
    sync(synced)
    held = texts(synced)
    assert not any("quokka" in text for name in held for text in held[name])
    assert store.open_index(synced).keyword.scores("quokka") == {}
    assert store.open_index(synced).keyword.scores("numbat") != {}


def test_the_live_index_does_not_hold_on_disk_what_a_source_no_longer_says(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET))
    sync(synced)
    add(synced, file(tmp_path, "The numbat plan was agreed by all of the partners."))
    sync(synced)
    assert [path for path in files_that_hold(synced, "quokka") if live(synced) in path.parents] == []


def test_a_changed_record_changes_what_can_be_asked_for_without_embedding_again(
    synced: Settings, words: WordEmbeddings, knowledge: Path
) -> None:
    path = knowledge / "articles" / "scottish-review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("[scotland]", "[wales]"), encoding="utf-8")
    assert sync(synced).changed == ("scottish-review",)
    assert words.texts == []
    index = store.open_index(synced)
    assert index.passages.get(where={"nation-scotland": True})["ids"] == []
    assert len(index.passages.get(where={"nation-wales": True})["ids"]) == 1


def test_situations_that_changed_are_indexed_again_and_the_old_ones_go(
    synced: Settings, words: WordEmbeddings, knowledge: Path
) -> None:
    line = {"id": "s-3", "text": "nobody will say who pays", "sections": ["joint-teams#money"]}
    (knowledge / "situations.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert sync(synced) == store.Report(("(situations)",), ())
    assert words.texts == ["nobody will say who pays"]
    assert texts(synced)["situations"] == ["When does the swimming pool open on Sunday?", "nobody will say who pays"]


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The situations that were fitted on from now, a set for each time."""
    from assistant.search import fill

    through, sets = fill.fit, []

    def fit(given: Mapping[str, object]) -> judge.Judge:
        sets.append(given["documents"])
        return through(given)

    monkeypatch.setattr(fill, "fit", fit)
    return sets


def test_what_judges_a_question_is_not_fitted_again_where_a_source_comes_and_goes(
    synced: Settings, tmp_path: Path, fitted: list[object]
) -> None:
    add(synced, file(tmp_path, "Our plan has one paragraph."))
    sync(synced)
    remove(synced, "our-plan")
    sync(synced)
    assert fitted == []
    assert (live(synced) / "judge.npz").exists()


def test_what_judges_a_question_is_fitted_again_where_the_situations_changed(
    synced: Settings, knowledge: Path, fitted: list[object]
) -> None:
    (knowledge / "situations.jsonl").write_text(
        json.dumps({"id": "s-9", "text": "nobody told us", "sections": ["joint-teams#desks"]}) + "\n", encoding="utf-8"
    )
    sync(synced)
    assert len(fitted) == 1


def test_a_source_that_was_removed_is_gone_and_nothing_is_embedded_again(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    before = texts(synced)
    add(synced, file(tmp_path, SECRET))
    sync(synced)
    words.texts.clear()
    remove(synced, "our-plan")
    assert sync(synced) == store.Report((), ("our-plan",))
    assert words.texts == []
    assert texts(synced) == before


@pytest.mark.parametrize("paragraphs", [1, 150])
def test_no_file_of_the_index_holds_what_was_removed(
    synced: Settings, words: WordEmbeddings, tmp_path: Path, paragraphs: int
) -> None:
    more = "".join(f"\n\nParagraph {number} of the plan is about desks and money." for number in range(paragraphs))
    add(synced, file(tmp_path, SECRET + more))
    sync(synced)
    assert files_that_hold(synced, "quokka")
    remove(synced, "our-plan")
    sync(synced)
    assert files_that_hold(synced, "quokka") == []
    assert files_that_hold(synced, "our-plan") == []


def test_the_older_generations_go_with_what_was_removed(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET))
    sync(synced)
    remove(synced, "our-plan")
    sync(synced)
    assert list(store.folder(synced).glob("generation-*")) == [live(synced)]


def test_an_original_takes_the_place_of_its_digest_in_the_index(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    text = "Shared desks\n\nWe moved six desks into one room.\n\nPooled money\n\nThe budget went with the person.\n\n"
    add(synced, file(tmp_path, text + "Common records\n\nNobody wrote a visit down twice."))
    assert sync(synced) == store.Report(("joint-teams",), ())
    held = texts(synced)
    assert "Nobody wrote a visit down twice." in held["sentences"]
    assert "A pooled budget needs a rule for overspends." not in held["sentences"]
    assert len(held["situations"]) == 3


def test_two_sources_with_the_same_text_are_both_held(synced: Settings, words: WordEmbeddings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET, "first.txt"))
    add(synced, file(tmp_path, SECRET, "second.txt"))
    sync(synced)
    held = store.open_index(synced).sentences.get(where_document={"$contains": "quokka"})
    assert sorted(one["source"] for one in held["metadatas"]) == ["first", "second"]
    assert words.texts.count(SECRET) == 1


def test_of_two_sources_with_the_same_text_one_can_be_removed(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET, "first.txt"))
    add(synced, file(tmp_path, SECRET, "second.txt"))
    sync(synced)
    remove(synced, "first")
    sync(synced)
    held = store.open_index(synced).sentences.get(where_document={"$contains": "quokka"})
    assert [one["source"] for one in held["metadatas"]] == ["second"]


def test_a_source_may_say_the_same_twice(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, f"One\n\n{SECRET}\n\nTwo\n\n{SECRET} {SECRET}"))
    sync(synced)
    assert texts(synced)["sentences"].count(SECRET) == 2  # once for each section that says it


def test_a_source_that_says_the_same_over_and_over_can_be_indexed(
    home: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    minutes = "\n\n".join(
        f"Item {number} is a matter of its own.\n\n" + "\n\n".join(["It was agreed by all of the partners."] * 19)
        for number in range(80)
    )
    add(home, file(tmp_path, minutes))
    sync(home)
    assert {"It was agreed by all of the partners.", "Item 7 is a matter of its own."} <= set(texts(home)["sentences"])


def test_more_entries_than_fit_in_a_batch_are_all_indexed(synced: Settings, tmp_path: Path) -> None:
    text = "\n\n".join(f"Plan a{n} has b{n} and c{n} with d{n}." for n in range(600))
    add(synced, file(tmp_path, text))
    sync(synced)
    assert len(texts(synced)["sentences"]) == 8 + 600


def test_an_empty_library_makes_an_empty_index(home: Settings, words: WordEmbeddings, knowledge: Path) -> None:
    (knowledge / "outside.jsonl").unlink()
    bare = Settings(home=home.home, library=Shelf.NONE)
    sync(bare)
    assert texts(bare) == {"passages": [], "sentences": [], "situations": []}
    assert store.open_index(bare).keyword.scores("anything") == {}


def test_a_library_that_lost_all_its_sources_leaves_none_in_the_index(synced: Settings) -> None:
    bare = Settings(home=synced.home, library=Shelf.NONE)
    assert sync(bare).removed == ("joint-teams", "scottish-review")
    assert texts(bare)["passages"] == []


def test_progress_goes_forward_and_ends_at_the_total(home: Settings, words: WordEmbeddings) -> None:
    seen: list[tuple[int, int]] = []
    store.sync(home, open_library(home), lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (15, 15)


def test_making_the_index_again_embeds_everything_again(synced: Settings, words: WordEmbeddings) -> None:
    before = texts(synced)
    report = sync(synced, again=True)
    assert report.changed == ("joint-teams", "scottish-review", "(situations)")
    assert len(words.texts) == 15
    assert texts(synced) == before


class _PowerCutError(Exception):
    pass


def cut(at: int) -> Callable[[str], None]:
    """What stops the work when so many texts have been embedded."""
    left = [at]

    def watch(text: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise _PowerCutError

    return watch


@pytest.mark.parametrize("at", [0, 5, 9, 13, 14])
def test_a_first_sync_that_was_interrupted_leaves_no_index_and_the_next_completes(
    home: Settings, words: WordEmbeddings, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with monkeypatch.context() as interrupted:
        interrupted.setattr(words, "_watch", cut(at))
        with pytest.raises(_PowerCutError):
            sync(home)
    assert generation.live(store.folder(home)) is None
    assert list(store.folder(home).glob("generation-*")) == []
    sync(home)
    assert len(texts(home)["sentences"]) == 8


@pytest.mark.parametrize("at", [0, 1])
def test_a_later_sync_that_was_interrupted_leaves_the_live_index_as_it_was(
    synced: Settings, words: WordEmbeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before, held = live(synced), texts(synced)
    add(synced, file(tmp_path, SECRET))
    with monkeypatch.context() as interrupted:
        interrupted.setattr(words, "_watch", cut(at))
        with pytest.raises(_PowerCutError):
            sync(synced)
    assert live(synced) == before
    assert texts(synced) == held
    assert list(store.folder(synced).glob("generation-*")) == [before]
    assert sync(synced).changed == ("our-plan",)
    assert nearest(synced, SECRET) == "our-plan"


def test_what_a_killed_writer_left_is_swept_away(synced: Settings, tmp_path: Path) -> None:
    left = generation.begin(store.folder(synced), None)
    (left / "chroma").mkdir()
    add(synced, file(tmp_path, SECRET))
    sync(synced)
    assert not left.exists()


def another_model(monkeypatch: pytest.MonkeyPatch, name: str = "another", sha256: str = "1" * 64) -> None:
    monkeypatch.setattr(embed, "identity", lambda settings: embed.ModelIdentity(name, sha256))


def test_an_index_of_another_model_is_refused_and_left_as_it_is(
    synced: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = live(synced)
    with monkeypatch.context() as changed:
        another_model(changed)
        message = "made by the embedding model hashed-words; the settings ask for another.*COMMON_GROUND_EMBEDDINGS"
        with pytest.raises(StoreError, match=message):
            sync(synced)
        with pytest.raises(StoreError, match=message):
            store.open_index(synced)
    assert live(synced) == before
    assert store.open_index(synced).path == before


def test_an_index_of_the_same_model_with_other_weights_is_refused(
    synced: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_model(monkeypatch, "hashed-words")
    with pytest.raises(StoreError, match="hashed-words, in another version; the settings ask for hashed-words"):
        store.open_index(synced)


def test_an_index_of_another_model_is_made_again_when_asked(
    synced: Settings, words: WordEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_model(monkeypatch)
    sync(synced, again=True)
    assert len(words.texts) == 15
    assert store.open_index(synced).record.model["name"] == "another"


def without_vectors(path: Path) -> None:
    for folder in (path / "chroma").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)


def cut_off(path: Path) -> None:
    database = path / "chroma" / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])


def overwritten(path: Path) -> None:
    database = path / "chroma" / "chroma.sqlite3"
    database.write_bytes(bytes(database.stat().st_size))


def without_chroma(path: Path) -> None:
    shutil.rmtree(path / "chroma")


def without_record(path: Path) -> None:
    (path / "record.json").unlink()


def without_keywords(path: Path) -> None:
    shutil.rmtree(path / "keyword")


def without_judge(path: Path) -> None:
    (path / "judge.npz").unlink()


def cut_off_judge(path: Path) -> None:
    judge = path / "judge.npz"
    judge.write_bytes(judge.read_bytes()[:-10])


def emptied_judge(path: Path) -> None:
    (path / "judge.npz").write_bytes(b"")


DAMAGE = pytest.mark.parametrize(
    "damage",
    [
        cut_off,
        overwritten,
        without_chroma,
        without_record,
        without_keywords,
        without_judge,
        cut_off_judge,
        emptied_judge,
    ],
)


@DAMAGE
def test_a_damaged_index_is_refused_with_what_to_do(moved: Settings, damage: Callable[[Path], None]) -> None:
    damage(live(moved))
    with pytest.raises(StoreError, match="Run: common-ground rebuild"):
        store.open_index(moved)


@DAMAGE
def test_a_damaged_index_is_made_again_by_a_sync(
    moved: Settings, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    damage(live(moved))
    with caplog.at_level(logging.WARNING, "assistant"):
        sync(moved)
    assert "It is being made again." in caplog.text
    assert len(texts(moved)["sentences"]) == 8
    assert nearest(moved, "A pooled budget needs a rule for overspends.") == "joint-teams"


def test_an_index_that_lost_its_vectors_is_noticed_and_made_again(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    text = "\n\n".join(f"Plan a{n} has b{n} and c{n} with d{n}." for n in range(1100))
    add(synced, file(tmp_path, text))  # so many that Chroma has written the vectors to their own files
    sync(synced)
    shutil.copytree(synced.home, tmp_path / "moved")
    moved = Settings(home=tmp_path / "moved")
    without_vectors(live(moved))
    with pytest.raises(StoreError, match="Run: common-ground rebuild"):
        store.check(live(moved))
    shutil.copytree(synced.home, tmp_path / "again")
    again = Settings(home=tmp_path / "again")
    without_vectors(live(again))
    sync(again)
    assert len(texts(again)["sentences"]) == 1108
    assert nearest(again, "A pooled budget needs a rule for overspends.") == "joint-teams"


def test_an_index_of_an_older_form_is_made_again(synced: Settings, words: WordEmbeddings) -> None:
    path = live(synced) / "record.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"form": 0}), encoding="utf-8")
    sync(synced)
    assert len(words.texts) == 15
    assert store.open_index(synced).record.form == generation.FORM


def test_without_an_index_opening_says_what_to_do(home: Settings, words: WordEmbeddings) -> None:
    with pytest.raises(StoreError, match=r"There is no index yet\. Run: common-ground rebuild"):
        store.open_index(home)


def test_an_open_index_goes_on_answering_while_the_next_is_published(
    synced: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    index = store.open_index(synced)
    retriever = HybridRetriever(index=index, embeddings=words)
    before = [one.page_content for one in retriever.invoke("Who pays?")]
    add(synced, file(tmp_path, SECRET))
    sync(synced)
    assert [one.page_content for one in retriever.invoke("Who pays?")] == before
    assert store.open_index(synced).path != index.path


def test_an_index_knows_the_section_the_shelf_and_the_situations_of_its_passages(synced: Settings) -> None:
    index = store.open_index(synced)
    assert set(index.sections.values()) == {
        "joint-teams#desks",
        "joint-teams#money",
        "joint-teams#records",
        "scottish-review#boards",
    }
    assert index.shelf["scottish-review"].kind == "review"
    assert index.situated - {""} == {"joint-teams"}


def test_a_fingerprint_changes_with_the_text_the_record_and_the_situations(home: Settings, knowledge: Path) -> None:
    before = store.fingerprints(open_library(home))
    path = knowledge / "articles" / "joint-teams.md"
    path.write_text(path.read_text(encoding="utf-8").replace("one duty rota", "one rota"), encoding="utf-8")
    other = knowledge / "articles" / "scottish-review.md"
    other.write_text(other.read_text(encoding="utf-8").replace("2019-02", "2019-03"), encoding="utf-8")
    (knowledge / "outside.jsonl").unlink()
    after = store.fingerprints(open_library(home))
    assert {id_ for id_ in before if before[id_] != after[id_]} == set(before)


def test_fingerprints_are_the_same_in_another_process(home: Settings, knowledge: Path) -> None:
    body = "import json, sys; from pathlib import Path; from assistant.library import holdings, situations;"
    body += "holdings.shipped = situations.shipped = lambda name: Path(sys.argv[1]);"
    body += "from assistant.search import store; from assistant.settings import Settings;"
    body += "print(json.dumps(store.fingerprints(holdings.open_library(Settings(home=sys.argv[2])))))"
    done = subprocess.run(
        [sys.executable, "-c", body, str(knowledge), str(home.home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == store.fingerprints(open_library(home))


def test_a_text_is_embedded_once_however_often_it_stands(
    home: Settings, words: WordEmbeddings, knowledge: Path
) -> None:
    body = "## A {#a}\n- point: Partners agree who decides.\n## B {#b}\n- point: Partners agree who decides.\n"
    (knowledge / "articles" / "twice.md").write_text(digest("twice", "Twice", body), encoding="utf-8")
    sync(home)
    assert words.texts.count("Partners agree who decides.") == 1


def test_while_another_process_writes_a_sync_is_refused(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET))
    with generation.writing(store.folder(synced)), pytest.raises(BusyError):
        sync(synced)


def test_while_another_process_writes_the_present_index_answers_and_says_so(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET))
    told: list[str] = []
    with generation.writing(store.folder(synced)):
        index = store.ready(synced, tell=told.append)
    assert index.path == live(synced)
    assert told == ["Another process is updating the index. The present one answers."]


def test_while_another_process_makes_the_first_index_this_one_waits(home: Settings, words: WordEmbeddings) -> None:
    store.folder(home).mkdir(parents=True)
    told: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.folder(home))],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        Timer(0.5, other.stdin.close).start()
        index = store.ready(home, tell=told.append)
    assert told == ["Another process is making the index. Waiting for it."]
    assert len(index.sections) == 4


def test_ready_brings_the_index_into_step(synced: Settings, tmp_path: Path) -> None:
    add(synced, file(tmp_path, SECRET))
    assert "our-plan" in store.ready(synced).shelf


def test_ready_needs_no_embedding_where_the_index_is_in_step(synced: Settings, words: WordEmbeddings) -> None:
    store.ready(synced)
    assert words.texts == []
