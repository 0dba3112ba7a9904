import codecs

import pytest

from privaudit.document import Problem
from privaudit.errors import InputError
from privaudit.read.decode import decode

TEXT = "Vi sparar dina uppgifter i två år – längst.\r\nNästa rad.\n"


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_goes_away(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen(encoding: str) -> None:
    assert decode(TEXT.encode(encoding))[0] == TEXT


def test_utf_8_needs_no_remark() -> None:
    assert decode(TEXT.encode()) == (TEXT, ())


def test_what_is_no_utf_8_is_read_as_windows_1252_and_said_so() -> None:
    text, problems = decode(TEXT.encode("cp1252"))
    assert text == TEXT
    assert codes(problems) == ["encoding-guessed"]


def test_bytes_that_windows_1252_lacks_lose_nothing() -> None:
    text, problems = decode(b"caf\xe9 \x81 here")
    assert text == "café \x81 here"
    assert codes(problems) == ["encoding-guessed"]


def test_a_named_encoding_overrules() -> None:
    assert decode("жалоба".encode("koi8-r"), encoding="koi8-r") == ("жалоба", ())


@pytest.mark.parametrize("encoding", ["utf-8", "no-such-encoding", "hex", "undefined", "idna"])
def test_a_named_encoding_that_does_not_fit_is_refused(encoding: str) -> None:
    with pytest.raises(InputError, match=encoding):
        decode(b"caf\xe9.\xff..", encoding=encoding)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="iso-8859-2">',
        "<META CHARSET=ISO-8859-2 />",
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">',
    ],
)
def test_html_declares_its_encoding(meta: str) -> None:
    page = f"<head>{meta}</head><p>zażółć</p>"
    assert decode(page.encode("iso-8859-2"), html=True) == (page, ())


def test_latin_1_in_html_means_windows_1252() -> None:
    page = '<meta charset="latin1"><p>“data”</p>'
    assert decode(page.encode("cp1252"), html=True)[0] == page


def test_a_byte_order_mark_beats_what_html_declares() -> None:
    page = '<meta charset="iso-8859-2"><p>år</p>'
    assert decode(codecs.BOM_UTF8 + page.encode(), html=True) == (page, ())


@pytest.mark.parametrize("name", ["utf-16", "undefined", "idna", "hex", "rot13", "no-such", "unicode_escape", "utf-7"])
def test_a_declared_encoding_that_cannot_be_true_is_passed_over(name: str) -> None:
    page = f'<meta charset="{name}"><p>år +AGE- \\x41</p>'
    assert decode(page.encode(), html=True) == (page, ())


def test_a_meta_element_counts_in_html_only() -> None:
    text = 'Write <meta charset="iso-8859-2"> – år.'
    assert decode(text.encode())[0] == text


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"text \x00 with \x00 zero \x01 bytes", "binary"),
        (bytes(range(1, 32)) * 4 + b"\xff", "binary"),
    ],
)
def test_binary_files_are_named_for_what_they_are(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_a_few_zero_bytes_in_a_text_are_lost_characters_and_many_are_no_text() -> None:
    text = ("We check whether the rules are \0tting for you. " + "Write to us and we will answer by letter. " * 3) * 4
    decoded, problems = decode(text.encode())
    assert decoded == text
    assert [(problem.code, problem.message) for problem in problems] == [
        ("characters-lost", "4 zero bytes stand where characters were lost")
    ]
    with pytest.raises(InputError, match="binary"):
        decode(b"\0\1\2ab\0" * 40)
