"""How alike sentences are."""

import numpy as np

from assistant.proposal.likeness import Traits, likeness, vocabulary, weighed

TEXTS = ["the board decides", "the board meets", "the carer decides", "tea is at four"]


def test_weighing_first_gives_the_same_as_likeness() -> None:
    vectors = np.eye(4)
    vectors[1, :2] = 0.6, 0.8
    traits = Traits(vectors, vocabulary(TEXTS).counts(TEXTS))
    weights = np.arange(8.0).reshape(4, 2)
    assert np.allclose(weighed(traits, traits, weights), likeness(traits, traits) @ weights)


def test_a_sentence_is_most_like_itself() -> None:
    traits = Traits(np.eye(4), vocabulary(TEXTS).counts(TEXTS))
    assert list(likeness(traits, traits).argmax(axis=1)) == [0, 1, 2, 3]
