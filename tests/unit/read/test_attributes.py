import pytest

from privaudit.read.attributes import attributes_of, hides, stands_alone


def test_attributes_are_read_with_and_without_quotes_and_the_first_of_a_name_holds() -> None:
    raw = b" class=\"a b\" ID='c' hidden style=x:y data-a = d class=e"
    assert attributes_of(raw) == {
        "class": "a b", "id": "c", "hidden": "", "style": "x:y", "data-a": "d",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("style", "hidden"),
    [
        ("display:none", True),
        ("color: red; DISPLAY : None !important;", True),
        ("visibility:hidden", True),
        ("visibility: collapse", True),
        ("content-visibility: hidden", True),
        ("display:&#110;one", True),
        # Of two declarations the later one holds, unless the earlier one is important.
        ("display:none;display:block", False),
        ("display:block;display:none", True),
        ("display:none!important;display:block", True),
        ("display:none!important;display:block!important", False),
        ("/*display:none*/", False),
        ("color:red /* display:none", False),
        ("display: inline-block; visibility: visible", False),
        ("backface-visibility: hidden", False),
        ("--display: none", False),
        (";;:;display", False),
        ("", False),
    ],
)
def test_a_style_hides_by_the_declaration_that_holds(style: str, hidden: bool) -> None:
    assert hides("div", {"style": style}) is hidden


@pytest.mark.parametrize(
    ("name", "attributes", "hidden"),
    [
        ("noscript", {}, True),
        ("p", {"hidden": "until-found"}, True),
        ("p", {"aria-hidden": "TRUE"}, True),
        ("p", {"aria-hidden": "false"}, False),
        ("p", {"class": "hidden"}, False),
        ("p", {"data-style": "display:none"}, False),
    ],
)
def test_an_element_is_hidden_by_name_or_attribute(name: str, attributes: dict[str, str], hidden: bool) -> None:
    assert hides(name, attributes) is hidden


@pytest.mark.parametrize(
    ("style", "alone"),
    [("display:block", True), ("display: flex", True), ("display:inline-block", False), ("display:none", False)],
)
def test_a_style_makes_a_line_of_its_own(style: str, alone: bool) -> None:
    assert stands_alone({"style": style}) is alone
