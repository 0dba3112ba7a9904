"""A suppression in plain text changes nothing about how the text around it is read."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from privaudit.directive import directives, without_directives
from privaudit.document import Document
from privaudit.errors import InputError
from privaudit.read import TEXT, read_document

MARK = '# privaudit: ignore a-rule, privacy-shield reason="an opt-out of long standing" until=2027-01-31'
LINES = [
    "", "", "HOW LONG WE KEEP IT", "1. What we keep", "Our readers", "===========", "- the names of our readers",
    "- their addresses,", "We pass on the following:", "a) names", "their names", "their addresses and their",
    "We keep the names of our readers in a list for as long as they borrow",
    "books from us, and for a year after that, since some of them come",
    "back. We use the privacy-", "shield of our host, and an opt-", "out that everybody can use whenever they want to",
    "  indented text that goes on", "# a line that is no suppression", "# Privaudit", "\u00a0", "12 High Street",
    "Oakfield",
]  # fmt: skip
many = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Document | None:
    try:
        return read_document("x.txt", text.encode(), TEXT)
    except InputError:
        return None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_with_and_without(end: str) -> None:
    @many
    @given(
        st.lists(st.sampled_from(LINES), max_size=14),
        st.lists(st.tuples(st.integers(0, 14), st.sampled_from(["", " ", "\t"]))),
    )
    @example([LINES[12], LINES[13]], [(1, "")])
    @example(["Our readers", LINES[12]], [(1, "")])
    @example([LINES[14], "shield of our host, and so on"], [(2, "")])
    def check(lines: list[str], places: list[tuple[int, str]]) -> None:
        marked = list(lines)
        for place, indent in sorted(places, reverse=True):
            marked.insert(min(place, len(lines)), indent + MARK)
        plain, other = read(end.join(lines)), read(end.join(marked))
        if plain is None or other is None:
            assert plain is other
            return
        assert len(directives(other)) == len(places)
        assert other.shadow == plain.shadow
        assert [one._replace(links=()) for one in other.blocks] == [one._replace(links=()) for one in plain.blocks]
        for block, same in zip(other.blocks, plain.blocks, strict=True):
            quote, span = other.quote(block.span)
            assert other.source[span.start : span.end] == quote
            assert " ".join(without_directives(quote).split()) == " ".join(plain.quote(same.span)[0].split())
            assert not quote.startswith("# privaudit:")
            assert not quote.endswith(MARK)

    check()
