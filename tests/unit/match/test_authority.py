"""An authority of another country than the author's, told from its name and the author's address."""

import pytest

from privaudit.match.authority import foreign_authority
from privaudit.match.conditions import Evaluator
from privaudit.match.regions import find_regions
from privaudit.model import Kind
from privaudit.rulepack.schema import Detector, Region, Rule, Takes
from tests.unit.match.worlds import PLACE, opened, searched

WORDS = {
    "complain": ["complain", "klagen"],
    "choice": ["where you live"],
    "author": ["controller"],
    "vendor": ["our host"],
    "authority-of-gb": ["ICO"],
    "authority-of-nl": ["AP"],
    "authority-of-nl-or-se": ["The Two"],
    "authority-of-se-perhaps": ["Office"],
    "authority-of-no": ["Northern Office"],
    "seat-in-gb": ["Leeds"],
    "seat-in-nl": ["Breda"],
    "seat-in-se": ["Lund"],
}
TOPIC = ("complain", "choice", *(name for name in WORDS if name not in ("complain", "choice", "vendor")))
REGION = Region("host", Takes.SENTENCE, opened_by=("vendor",))


def quoted(text: str, lang: str = "en") -> list[str]:
    document = opened(text, lang=lang)
    found = searched(document, WORDS, (REGION,))
    evaluator = Evaluator(document, found.units, found.hits, find_regions((REGION,), document, found.units, found.hits))
    rule = Rule(
        "a-rule",
        "T",
        Kind.PRACTICE,
        PLACE,
        (),
        "",
        "",
        (),
        detect=Detector.FOREIGN_AUTHORITY,
        topic=TOPIC,
        outside=("host",),
    )
    holds, evidence = foreign_authority(rule, evaluator)
    assert holds is bool(evidence)
    return [one.quote for one in evidence]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The controller sits in Breda.\n\nYou may complain to the ICO.",
            ["The controller sits in Breda.", "You may complain to the ICO."],
        ),
        (
            "# Complain\n\nWrite to the ICO.\n\nThe road 1\n\nLeeds\n\n# Controller\n\nA shop in Breda.",
            ["Write to the ICO.", "A shop in Breda."],
        ),
        # Where a provider sits says nothing.
        (
            "The controller sits in Breda.\n\nYou may complain to the ICO.\n\n"
            + "Nuts.\n\n" * 5
            + "In Leeds is our host.",
            ["The controller sits in Breda.", "You may complain to the ICO."],
        ),
    ],
)
def test_both_passages_are_quoted(text: str, quotes: list[str]) -> None:
    assert quoted(text) == quotes


@pytest.mark.parametrize(
    "text",
    [
        "The controller sits in Leeds.\n\nYou may complain to the ICO.",
        "The controller sits in Breda.\n\nYou may complain to the ICO or the AP.",
        "The controller sits in Breda.\n\nYou may complain to the authority where you live, such as the ICO.",
        "The controller sits in Breda.\n\nThe ICO wrote a guide.",
        "We have a shop in Breda.\n\nYou may complain to the ICO.",
        "The controller sits in Breda.\n\nWe have a branch in Leeds.\n\nYou may complain to the ICO.",
        "The controller sits in Breda and Lund.\n\nYou may complain to the ICO.",
        "The controller sits in Breda.\n\nYou may complain.",
    ],
)
def test_one_country_or_several_or_none_are_right(text: str) -> None:
    assert quoted(text) == []


def test_a_name_that_two_countries_share_is_wrong_in_a_third() -> None:
    complaint = "You may complain to The Two."
    assert quoted(f"The controller sits in Leeds.\n\n{complaint}") == ["The controller sits in Leeds.", complaint]
    assert quoted(f"The controller sits in Lund.\n\n{complaint}") == []
    assert quoted(f"The controller sits in Breda.\n\n{complaint}") == []


def test_another_name_tells_which_of_the_two_is_meant() -> None:
    both = "You may complain to The Two, the AP."
    assert quoted(f"The controller sits in Breda.\n\n{both}") == []
    assert quoted(f"The controller sits in Lund.\n\n{both}") == ["The controller sits in Lund.", both]
    assert quoted("The controller sits in Lund.\n\nYou may complain to The Two or the ICO.") == []


def test_words_that_may_be_a_name_accuse_nobody() -> None:
    assert quoted("The controller sits in Breda.\n\nYou may complain to the Office.") == []
    assert quoted("The controller sits in Lund.\n\nYou may complain to the Office, like the ICO.") == []
    assert quoted("The controller sits in Breda.\n\nYou may complain to the Office, like the ICO.") != []


def test_a_name_inside_a_longer_one_is_none() -> None:
    complaint = "You may complain to the Northern Office."
    assert quoted(f"The controller sits in Lund.\n\n{complaint}") == ["The controller sits in Lund.", complaint]


def test_a_text_in_the_language_of_the_authority_may_be_meant_for_its_country() -> None:
    text = "The controller sits in Lund.\n\nU kunt klagen bij de AP."
    assert quoted(text, "nl") == []
    assert quoted(text, "en") == ["The controller sits in Lund.", "U kunt klagen bij de AP."]
