import pytest

from privaudit.read.limits import DEEPEST
from privaudit.read.tags import scan


def events(source: str) -> list[str]:
    """Each event as a piece of the page: text in quotes, tags by their name, with a bar for one without content."""
    data = source.encode()
    shown = []
    for event in scan(data).events:
        text = data[event.start : event.end].decode()
        if event.kind == "text":
            shown.append(f'"{text}"')
        elif event.kind == "open":
            shown.append(f"<{event.name}|>" if event.alone else f"<{event.name}>")
        else:
            shown.append(f"</{event.name}>")
    return shown


def test_tags_and_text_come_in_their_order() -> None:
    assert events("<P class=x>one <b>two</B></p>three") == [
        "<p>", '"one "', "<b>", '"two"', "</b>", "</p>", '"three"',
    ]  # fmt: skip


def test_comments_and_the_doctype_are_neither() -> None:
    assert events("<!DOCTYPE html><!-- <p>no</p> -->text<!--x-->") == ['"text"']


def test_a_tag_that_closes_itself_is_alone_and_has_no_end() -> None:
    assert events("<div><br/>a<div class=x />b</div>") == [
        "<div>", "<br|>", '"a"', "<div|>", '"b"', "</div>",
    ]  # fmt: skip


def test_end_tags_that_were_left_out_are_put_in() -> None:
    assert events("<ul><li>a<li>b</ul>c") == [
        "<ul>", "<li>", '"a"', "</li>", "<li>", '"b"', "</li>", "</ul>", '"c"',
    ]  # fmt: skip


def test_what_is_open_at_the_end_stays_open() -> None:
    assert events("<div><p>a") == ["<div>", "<p>", '"a"']


def test_an_end_tag_that_fits_nothing_is_told() -> None:
    assert events("a</div>b") == ['"a"', "</div>", '"b"']


@pytest.mark.parametrize("sign", ["<", "< ", "<3", "<=", "<<", "<-"])
def test_a_sign_that_begins_no_tag_is_text(sign: str) -> None:
    assert events(f"<p>a {sign} b</p>") == ["<p>", f'"a {sign} b"', "</p>"]


@pytest.mark.parametrize("name", ["script", "style"])
def test_scripts_and_styles_hold_no_tags(name: str) -> None:
    assert events(f"<{name}>a < b; '<p>'</{name}>c") == [f"<{name}>", f"</{name}>", '"c"']


@pytest.mark.parametrize(
    ("source", "deep"),
    [
        ("<div>" * DEEPEST, False),
        ("<div>" * (DEEPEST + 1), True),
        ("<div></div>" * 2000, False),
        ("<br>" * 2000 + "<img/>" * 2000, False),
        ("<p>a" * 2000, False),
    ],
)
def test_only_open_elements_count_as_depth(source: str, deep: bool) -> None:
    assert scan(source.encode()).deep is deep


def test_a_page_too_deep_to_parse_is_cut_at_its_tags_alone() -> None:
    opened = "<div>" * (DEEPEST + 1)
    found = events(f"{opened}a <b title='>'>b</b><!-- <p> --><script>'<p>'</script>c < d")
    assert found[DEEPEST + 1 :] == [
        '"a "', "<b>", '"b"', "</b>", "<script>", "</script>", '"c < d"',
    ]  # fmt: skip


@pytest.mark.parametrize(("source", "broken"), [("<p>one<b>two</b></p>", False), ("<p>one<b two</p>", True)])
def test_a_page_that_did_not_parse_is_called_broken(source: str, broken: bool) -> None:
    assert scan(source.encode()).broken is broken
