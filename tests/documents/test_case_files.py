"""D13: what stands for one person is told before a document is kept, and nothing is kept unless it is meant."""

import random
from pathlib import Path

import pytest
from people import KINDS, address, english, health_number, name, postcode

from assistant.errors import PersonalDetailsError
from assistant.library.case_details import case_details, listed
from assistant.library.holdings import add, open_library
from assistant.settings import Settings
from assistant.templates import shipped

PLAN = "Discharge plan\n\nThe council and the trust agree one plan for each discharge.\n\n"


def _case_file(chance: random.Random) -> str:
    number = health_number(chance, english)
    number = chance.choice((number, f"{number[:3]} {number[3:6]} {number[6:]}"))
    born = KINDS["date of birth"][0](chance)
    one = name(chance)
    lines = (
        f"NHS number: {number}",
        f"Patient: {one}, NHS no. {number}",
        f"{one} | DOB {born} | {address(chance)}",
        f"Date of birth: {born}",
        f"He was born on {born} and lives with his wife.",
        f"Her National Insurance number is JG {chance.randrange(10, 99)} 34 56 A.",
        f"Hospital number: RX{chance.randrange(10**5, 10**6)}",
        f"The patient (NHS {number}) waits.",
        f"CHI number {KINDS['CHI number'][0](chance)}",
        "\n".join(f"Mrs {name(chance)}, {address(chance)}, LS{n} 4AP" for n in range(1, 6)),
    )
    return PLAN + chance.choice(lines) + "\n\nThe social worker writes the plan.\n"


def test_D13_99_of_100_case_files_are_flagged() -> None:
    chance = random.Random(3)
    missed = [text for text in (_case_file(chance) for _ in range(1_000)) if not case_details(text).of_people]
    print(f"{len(missed)} of 1,000 missed", *missed[:5], sep="\n")
    assert len(missed) <= 10


def test_D13_no_source_that_ships_is_taken_for_a_case_file() -> None:
    found = {path.name: case_details(path.read_text(encoding="utf-8")) for path in shipped("knowledge").rglob("*.md")}
    assert len(found) > 90
    assert {file: one.of_people for file, one in found.items() if one.of_people} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Contact: partnerships@leeds.example.org.uk, 0113 496 0000, Civic Hall, Leeds LS1 1UR.",
        "Mr John Smith, Department of Health, 39 Victoria Street, London SW1H 0EU.",
        "The NHS number is the identifier of a person. Record the date of birth and the address.",
        "The grant of 9434765919 pounds ended on 01/04/2013.",
        "ISBN 978-1-78468-123-4. SI 2000/617. Charity number 1126980.",
        "The Act received Royal Assent on 15 March 2012 and was born of compromise.",
    ],
)
def test_what_published_guidance_holds_is_no_case_file(text: str) -> None:
    assert case_details(text).of_people == {}


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "case.txt"
    path.write_text(f"{PLAN}NHS number: 999 000 0018. DOB 3 February 1950. Ring 07700 900123.\n", encoding="utf-8")
    return path


def test_D13_a_case_file_is_refused_and_nothing_of_it_is_kept(knowledge: Path, home: Settings, case_file: Path) -> None:
    with pytest.raises(
        PersonalDetailsError, match=r"case\.txt looks like .* 1 date of birth and 1 health service number"
    ):
        add(home, case_file)
    assert "case" not in open_library(home).holdings
    assert not [path for path in home.home.rglob("*") if path.is_file()]


def test_D13_a_case_file_that_is_meant_is_added_and_said_to_be_one(
    knowledge: Path, home: Settings, case_file: Path
) -> None:
    remarks = add(home, case_file, with_personal_details=True).remarks
    assert any("1 date of birth and 1 health service number" in one and "can read them" in one for one in remarks)


def test_the_contacts_of_an_office_are_told_and_kept(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    path = tmp_path / "guide.txt"
    path.write_text(f"{PLAN}Write to plans@leeds.example.org.uk or {postcode(random.Random(1))}.\n", encoding="utf-8")
    (remark,) = add(home, path).remarks
    assert "1 email address" in remark
    assert "guide" in open_library(home).holdings


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["a.b" * 300_000, "0 " * 400_000, "Mrs Jones LS1 " * 60_000, "patient " * 100_000])
def test_a_text_made_to_be_looked_through_for_ever_is_done_with(text: str) -> None:
    assert case_details(text).of_people == {}


def test_a_count_is_said_in_words() -> None:
    assert (
        listed({"date of birth": 2, "email address": 2, "comment": 1})
        == "2 dates of birth, 2 email addresses and 1 comment"
    )
