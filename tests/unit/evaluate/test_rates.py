import pytest

from assistant.evaluate.rates import Rate, Sum, difference, mean, percentile

# Wilson's interval: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96, worked by hand


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    record = Rate(hits, n).record()
    assert record == {"value": round(hits / n, 4), "n": n, "low": low, "high": high}


def test_a_rate_of_nothing_has_no_value_and_no_interval() -> None:
    assert Rate(0, 0).record() == {"value": None, "n": 0, "low": None, "high": None}


# The bootstrap over conversations, worked by hand: two conversations are drawn twice the first, once each
# or twice the second, with chances of 1/4, 1/2 and 1/4, so that the middle 95 % reach to both ends


def test_a_mean_is_of_all_cases_and_not_of_conversations() -> None:
    assert mean([Sum(2, 3), Sum(0, 1)])["value"] == 0.5
    assert mean([Sum(2, 3), Sum(0, 1)])["n"] == 4


def test_the_interval_of_a_mean_comes_from_drawing_conversations() -> None:
    record = mean([Sum(0.5, 1), Sum(1.0, 1)])
    assert record == {"value": 0.75, "n": 2, "low": 0.5, "high": 1.0}


def test_conversations_that_agree_leave_no_interval_to_speak_of() -> None:
    assert mean([Sum(1, 1)] * 5) == {"value": 1.0, "n": 5, "low": 1.0, "high": 1.0}


def test_one_conversation_gives_a_mean_without_an_interval() -> None:
    assert mean([Sum(1, 2), Sum(0, 0)]) == {"value": 0.5, "n": 2, "low": None, "high": None}


def test_a_mean_of_nothing_has_no_value() -> None:
    assert mean([]) == mean([Sum(0, 0)]) == {"value": None, "n": 0, "low": None, "high": None}


def test_the_same_figures_give_the_same_interval() -> None:
    sums = [Sum(number % 3, 2) for number in range(30)]
    assert mean(sums) == mean(sums)


def test_the_difference_is_of_the_means_with_what_drawing_conversations_makes_of_it() -> None:
    record = difference([Sum(1, 1), Sum(1, 1)], [Sum(0, 1), Sum(1, 1)])
    assert record == {"now": 1.0, "before": 0.5, "difference": 0.5, "n": 2, "low": 0.0, "high": 1.0}


def test_two_equal_runs_differ_by_nothing_since_they_are_paired() -> None:
    run = [Sum(1, 1), Sum(0, 1)] * 10
    record = difference(run, run)
    assert (record["difference"], record["low"], record["high"]) == (0, 0, 0)


def test_a_worse_run_differs_by_less_than_nothing() -> None:
    assert difference([Sum(0, 1), Sum(0, 1)], [Sum(1, 1), Sum(1, 1)])["difference"] == -1


def test_runs_of_different_cases_are_compared_by_their_own_means() -> None:
    record = difference([Sum(1, 2), Sum(0, 0)], [Sum(1, 1), Sum(0, 1)])
    assert (record["now"], record["before"], record["difference"]) == (0.5, 0.5, 0)


@pytest.mark.parametrize(("now", "before"), [([Sum(0, 0)], [Sum(1, 1)]), ([Sum(1, 1)], [Sum(0, 0)]), ([], [])])
def test_a_run_without_cases_is_not_compared(now: list[Sum], before: list[Sum]) -> None:
    assert difference(now, before)["difference"] is None


def test_runs_of_different_length_are_not_paired() -> None:
    with pytest.raises(ValueError, match="paired"):
        difference([Sum(1, 1)], [])


# The percentile by nearest rank


@pytest.mark.parametrize(("share", "value"), [(0.05, 1), (0.5, 10), (0.51, 11), (0.95, 19), (1, 20)])
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(share: float, value: float) -> None:
    assert percentile([float(number) for number in range(20, 0, -1)], share) == value


def test_no_values_have_no_percentile() -> None:
    assert percentile([], 0.5) is None
