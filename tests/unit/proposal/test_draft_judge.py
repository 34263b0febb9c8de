"""What was fitted, and how it is put to use."""

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.library.pitfalls import pitfalls
from assistant.proposal.judge import features, load, save
from assistant.proposal.lines import lines_hash
from assistant.search.embed import OURS, SHA256


def test_what_ships_was_fitted_on_the_lines_and_the_model_that_ship() -> None:
    judge = load()
    assert judge.lines == lines_hash(), "run: python -m assistant.proposal.fit"
    assert judge.model == SHA256[OURS]
    assert judge.pitfalls == tuple(one.id for one in pitfalls())


def test_what_is_saved_is_opened_again(tmp_path: Path) -> None:
    judge = load()
    save(tmp_path / "again.npz", judge)
    again = load(tmp_path / "again.npz")
    assert np.allclose(again.weights.subject, judge.weights.subject)
    assert (again.examples.words != judge.examples.words).nnz == 0
    assert again.least_committed == judge.least_committed


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "fitted.npz"
    path.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="Install common-ground again"):
        load(path)


def test_the_features_are_worked_out_by_hand() -> None:
    told = features(np.array([[0.8, 0.2]]), np.array([[0.1, 0.6]]), np.array([0.5]))
    assert np.allclose(told[0, 0], [0.8, 0.6, 0.1, -0.5, 0.5, 0.4, 0.5])
    assert np.allclose(told[0, 1], [0.2, -0.6, 0.6, 0.5, 0.5, 0.1, 0.2])
