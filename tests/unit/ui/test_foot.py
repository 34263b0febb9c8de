"""What stands at the foot of every tab."""

from unit.ui.tags import Tags

from ui.render.foot import foot


def test_the_foot_opens_three_texts_where_they_stand() -> None:
    page = Tags(foot())
    assert page.is_well_formed
    assert [one["id"] for one in page.of("details")] == ["about-safety", "about-wrong", "about-accessibility"]


def test_the_foot_leads_to_no_other_page() -> None:
    assert Tags(foot()).of("a") == []


def test_the_foot_says_what_to_do_in_danger() -> None:
    assert "call 999" in Tags(foot()).text
