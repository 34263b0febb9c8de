import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.library.sentences import quotable, role_of, sentence_spans
from assistant.library.text import Element, Role, Shape, compose

PIECES = some.sampled_from(
    [
        "a",
        "B",
        "the ",
        ". ",
        "? ",
        "! ",
        "\n",
        "\n\n",
        "e.g. ",
        "s. ",
        "para. ",
        "’",
        "” ",
        "(",
        ")",
        "1",
        "•",
        "– ",
        "😀",
        "Mr. ",
        "...",
        "'",
        "é",
        "A. ",
        "£",
        "\xa0",
        "\u2003",
        "word ",
    ]
)


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@given(some.lists(PIECES, max_size=40).map("".join) | some.text())
def test_spans_are_in_order_and_neither_empty_nor_padded(text: str) -> None:
    last = 0
    for start, end in sentence_spans(text, 0, len(text)):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@given(some.lists(PIECES, max_size=40).map("".join) | some.text())
def test_nothing_but_space_bullets_and_dashes_is_left_between_the_spans(text: str) -> None:
    last, between = 0, ""
    for start, end in [*sentence_spans(text, 0, len(text)), (len(text), len(text))]:
        between += text[last:start]
        last = end
    assert set("".join(between.split())) <= set("•●▪–—-")


@given(some.text(max_size=20), some.lists(PIECES, max_size=20).map("".join), some.text(max_size=20))
def test_a_part_of_a_text_is_cut_as_it_would_be_alone(before: str, text: str, after: str) -> None:
    whole = before + text + after
    inside = [whole[start:end] for start, end in sentence_spans(whole, len(before), len(before) + len(text))]
    assert inside == spans(text)


def test_a_capital_before_a_space_that_does_not_break_is_no_trouble() -> None:
    assert spans("Is this plan B\u00a0. Who pays?")[-1] == "Who pays?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is so. It stays so.", ["It is so.", "It stays so."]),
        ("Who pays? We do! Good.", ["Who pays?", "We do!", "Good."]),
        ("The duty is in s. 75 of the Act. It binds.", ["The duty is in s. 75 of the Act.", "It binds."]),
        ("See para. 4 and paras. 5 to 6. Then act.", ["See para. 4 and paras. 5 to 6.", "Then act."]),
        ("Use plain words, e.g. Trust. They help.", ["Use plain words, e.g. Trust.", "They help."]),
        ("The board, i.e. Partners, met. It agreed.", ["The board, i.e. Partners, met.", "It agreed."]),
        ("It stands in Sch. 2 and reg. 3. It binds.", ["It stands in Sch. 2 and reg. 3.", "It binds."]),
        ("Dr. Lee and Cllr. Ray met. They agreed.", ["Dr. Lee and Cllr. Ray met.", "They agreed."]),
        ("See p. 12 and fig. 3 of it. Then act.", ["See p. 12 and fig. 3 of it.", "Then act."]),
        ("It rose by 3.5 per cent. Then it fell.", ["It rose by 3.5 per cent.", "Then it fell."]),
        ("It cost £1.5m. That is much.", ["It cost £1.5m.", "That is much."]),
        ("She said “no.” He said “yes.”", ["She said “no.”", "He said “yes.”"]),
        ("‘We cannot go on.’ She left.", ["‘We cannot go on.’", "She left."]),
        ("The law ends with s.", ["The law ends with s."]),
        ("• Be bold.", ["Be bold."]),
        ("– A dash begins it.", ["A dash begins it."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("no full stop", ["no full stop"]),
        ("", []),
        (" \n ", []),
        ("• –", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


def test_a_sentence_that_ends_with_the_word_no_is_cut_off() -> None:
    assert spans("The answer is no. Then they left.") == ["The answer is no.", "Then they left."]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Who pays?", Role.ASK),
        ("Councils are required to share records.", Role.DUTY),
        ("The council has a duty to promote integration.", Role.DUTY),
        ("The pooled budget cost £5m.", Role.FIGURE),
        ("It rose by 5 per cent in a year.", Role.FIGURE),
        ("Half of it, 50%, was lost.", Role.FIGURE),
        ("Agree in writing who decides.", Role.DO),
        ("Partners should meet each month.", Role.DO),
        ("It is important to listen.", Role.DO),
        ("The pilot failed for want of money.", Role.WHY),
        ("It ended because nobody led it.", Role.WHY),
        ("Integration is a process.", Role.POINT),
        ("", Role.POINT),
    ],
)
def test_the_role_of_a_sentence_is_read_from_its_cues(sentence: str, role: Role) -> None:
    assert role_of(sentence) is role


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Are partners required to share £5m?", Role.ASK),
        ("Councils are required to pay £5m.", Role.DUTY),
        ("Partners should pay £5m.", Role.FIGURE),
        ("Partners should stop because it fails.", Role.DO),
    ],
)
def test_the_stronger_cue_decides(sentence: str, role: Role) -> None:
    assert role_of(sentence) is role


@pytest.mark.parametrize("sentence", ["Sharing is hard.", "The plans are kept.", "Musty rooms met us."])
def test_a_cue_is_a_whole_word(sentence: str) -> None:
    assert role_of(sentence) is Role.POINT


def quoted(*elements: Element) -> list[str]:
    headed = compose(elements, "T")
    return [headed.text[found[0] : found[1]] for part in headed.sections for found in quotable(headed, part)]


def test_the_sentences_of_a_paragraph_may_be_quoted() -> None:
    text = "Trust is not enough here. Partners should agree who decides."
    assert quoted(Element(Shape.PARAGRAPH, text)) == ["Trust is not enough here.", "Partners should agree who decides."]


@pytest.mark.parametrize(
    "text",
    ["Too short here.", "A line without any full stop", "By Ann Lee, ann@example.org, of the council.", "Ann Lee"],
)
def test_fragments_and_bylines_may_not(text: str) -> None:
    assert quoted(Element(Shape.PARAGRAPH, text)) == []


def test_a_list_item_needs_neither_five_words_nor_a_full_stop() -> None:
    assert quoted(Element(Shape.ITEM, "agree who decides")) == ["agree who decides"]
    assert quoted(Element(Shape.ITEM, "two words")) == []


def test_the_row_of_a_table_may_not_be_quoted() -> None:
    assert quoted(Element(Shape.ROW, "This row is a sentence of its own.")) == []


def test_a_heading_may_not_be_quoted() -> None:
    assert quoted(Element(Shape.HEADING, "This heading is a sentence of its own."), Element(Shape.ITEM, "a b c")) == [
        "a b c"
    ]


def test_the_line_of_a_digest_is_one_sentence_with_its_role_and_place() -> None:
    line = Element(Shape.ITEM, "Yes. No.", role=Role.SIGN, locator="s. 4", page=3)
    headed = compose([line], "T")
    assert list(quotable(headed, headed.sections[0])) == [(0, 8, Role.SIGN, "s. 4", 3)]


def test_a_sentence_keeps_the_page_and_locator_of_its_paragraph() -> None:
    headed = compose([Element(Shape.PARAGRAPH, "Trust is not enough here.", locator="para. 1", page=7)], "T")
    assert list(quotable(headed, headed.sections[0])) == [(0, 25, Role.POINT, "para. 1", 7)]
