from dataclasses import replace

import pytest
from unit.answer.made import holding, passages

from assistant.answer.enough import Coverage, enough
from assistant.search.retrieve import Finding

FOUND = tuple(passages(holding("joint-teams", {"desks": ["point: One desk does not make one team."]})))


def finding(similarity: float, answerable: float | None, *, situated: bool = True) -> Finding:
    return Finding(FOUND, similarity, answerable, situated)


def test_nothing_found_is_not_enough() -> None:
    assert enough(Finding((), 1.0, 1.0, True)) is Coverage.NONE


def test_a_question_worded_like_those_that_the_library_answers_is_covered() -> None:
    assert enough(finding(0.5, 0.95)) is Coverage.FULL


def test_a_question_worded_like_those_outside_is_not_covered() -> None:
    assert enough(finding(0.5, 0.02)) is Coverage.NONE


def test_a_question_about_a_missing_figure_is_not_covered_though_it_resembles_its_subject() -> None:
    assert enough(finding(0.65, 0.02)) is Coverage.NONE


def test_a_question_that_all_but_repeats_a_sentence_is_covered_however_it_is_worded() -> None:
    assert enough(finding(0.97, 0.02)) is Coverage.FULL


def test_a_follow_up_that_leaves_the_subject_is_not_covered_by_what_was_asked_before() -> None:
    assert enough(replace(finding(0.9, 0.95), alone=0.001), is_follow_up=True) is Coverage.NONE
    assert enough(replace(finding(0.5, 0.95), alone=0.6), is_follow_up=True) is Coverage.FULL


def test_a_follow_up_about_a_readers_own_file_is_judged_by_nearness() -> None:
    assert enough(replace(finding(0.7, 0.02, situated=False), alone=0.001), is_follow_up=True) is Coverage.FULL


@pytest.mark.parametrize(("similarity", "covered"), [(0.7, True), (0.1, False)])
def test_a_source_that_no_situation_points_at_is_judged_by_nearness(similarity: float, covered: bool) -> None:
    by_far, by_near = (enough(finding(similarity, wording, situated=False)) for wording in (0.02, 0.95))
    assert by_far is by_near is (Coverage.FULL if covered else Coverage.NONE)


@pytest.mark.parametrize(("similarity", "covered"), [(0.7, True), (0.1, False)])
def test_a_library_without_a_fitted_judge_is_judged_by_nearness(similarity: float, covered: bool) -> None:
    assert enough(finding(similarity, None)) is (Coverage.FULL if covered else Coverage.NONE)


@pytest.mark.parametrize("situated", [True, False])
def test_more_similarity_never_turns_an_answer_away(situated: bool) -> None:
    for answerable in (None, 0.0, 0.3, 1.0):
        covered = [enough(finding(step / 20, answerable, situated=situated)) is Coverage.FULL for step in range(21)]
        assert covered == sorted(covered)
        assert covered[-1]
