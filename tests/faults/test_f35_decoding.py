"""F35 to F47: bytes that become the right text, and text whose words are found where they stand."""

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.document import BlockKind, LineTable
from privaudit.errors import InputError
from privaudit.language import annotate
from privaudit.match.fold import fold
from privaudit.read import read_document
from privaudit.read.decode import decode
from privaudit.rulepack.layout import builtin_folder
from privaudit.rulepack.load import load_languages
from tests.unit.house import COMPLAINT, PLAIN, House

# The same few sentences about a shop that keeps addresses, in its own words each; and some about rights.
PARAGRAPHS, RIGHTS = (
    dict(line.split(": ", 1) for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines())
    for name in ("paragraphs.txt", "rights.txt")
)
LEGACY = {
    "cp1252": "de fr nl sv da fi it es pt ga",
    "iso8859-1": "nl da fi it es pt ga",
    "iso8859-15": "de fr sv da fi it es pt ga",
    "mac-roman": "de fr sv da fi it es pt ga",
    "cp850": "de fr da fi it es pt",
    "cp1250": "pl cs hu ro hr sk sl",
    "iso8859-2": "pl cs hu ro hr sk sl",
    "cp852": "sk sl",
    "iso8859-3": "mt",
    "cp1257": "lt et lv",
    "iso8859-13": "lv",
    "cp1254": "tr",
    "cp1253": "el",
    "iso8859-7": "el",
    "cp1251": "bg ru uk",
    "koi8-r": "ru",
    "koi8-u": "uk",
    "iso8859-5": "bg ru",
    "cp866": "ru",
    "shift_jis": "ja",
    "euc_jp": "ja",
}
CASES = [(language, codec) for codec, languages in LEGACY.items() for language in languages.split()]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def shadow_of(text: str, name: str = "a.txt") -> str:
    return read_document(name, text.encode()).shadow


@pytest.mark.parametrize("name", ["notice.txt", "notice.md", "notice.html"])
@pytest.mark.parametrize("codec", MARKS)
def test_f35_a_byte_order_mark_tells_the_encoding_and_shifts_no_column(house: House, codec: str, name: str) -> None:
    """A mark at the top is no character of the text: what stands first is in column 1 at offset 0."""
    house.write(name, MARKS[codec] + f"Bicycles are kept in the café.\n{COMPLAINT}".encode(codec))
    verdicts = house.report(name)["documents"][0]["verdicts"]
    found = next(one for one in verdicts if one["rule"] == "bicycle")["evidence"][0]
    assert (found["line"], found["column"], found["start"]) == (1, 1, 0)
    assert found["quote"].startswith("Bicycles")


@pytest.mark.parametrize(("language", "codec"), CASES)
def test_f36_a_legacy_encoding_is_guessed_and_said_so(language: str, codec: str) -> None:
    """Bytes that are no UTF-8 and declare nothing: the right letters come out of each encoding that a language was
    written in, for the languages of the Union and a few others, and the report says that it was a guess.
    """
    text = PARAGRAPHS[language]
    found, problems = decode(text.encode(codec))
    assert found == text
    assert [problem.code for problem in problems] == ["encoding-guessed"]


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_f36_utf_8_and_utf_16_without_a_mark_are_read(language: str) -> None:
    """UTF-8 is tried before any guess, and UTF-16 shows itself by its zero bytes where the letters are Latin."""
    text = PARAGRAPHS[language]
    assert decode(text.encode()) == (text, ())
    if text.isascii() or max(text) < "\u0250":
        for codec in ("utf-16-le", "utf-16-be"):
            assert decode(text.encode(codec))[0] == text


def test_f36_a_named_encoding_is_used_and_a_guess_can_be_made_to_count(house: House) -> None:
    """`--encoding` settles it; with `--strict-encoding` a guess makes the document incomplete (3)."""
    house.write("notice.txt", f"{COMPLAINT}Zoë runs the café à côté.\n".encode("cp1252"))
    assert house.check("notice.txt").code == 0
    strict = house.check("notice.txt", "--strict-encoding")
    assert strict.code == 3
    assert "incomplete encoding-unsure not valid UTF-8 (byte 37); read as Windows-1252" in strict.out
    assert house.check("notice.txt", "--strict-encoding", "--encoding", "cp1252").code == 0
    house.write("privaudit.yaml", "strict_encoding: true\n")
    assert house.check("notice.txt").code == 3


def test_f37_mojibake_is_read_right_and_told_of() -> None:
    """UTF-8 that was once read as Windows-1252 (`Ã¤`): words are looked for in the mended text, quotes show what is
    there, and a rule of the built-in pack finds it.
    """
    source = "Wir schÃ¼tzen Ihre Daten. Das PersÃ¶nlichkeitsrecht bleibt."
    document = read_document("a.txt", source.encode())
    assert "schützen" in document.shadow
    assert document.source == source
    assert (document.quote(document.blocks[0].span)[0]).startswith("Wir schÃ¼tzen")


def test_f37_a_disclosure_in_mojibake_is_present_and_the_damage_a_finding(house: House) -> None:
    """The same from end to end with the built-in pack, in which a rule is about damaged characters."""
    house.write(
        "notice.txt", "Sie haben das Recht, sich bei einer AufsichtsbehÃ¶rde zu beschweren. Wir schÃ¼tzen Daten."
    )
    # A busy machine may take its time over the first words of a language.
    told = ("--lang", "de", "--select", "mojibake,art13-2-d-complaint", "--format", "json", "--timeout", "600")
    (document,) = json.loads(house.run("check", "notice.txt", *told).out)["documents"]
    assert {one["rule"]: one["outcome"] for one in document["verdicts"]} == {
        "mojibake": "found",
        "art13-2-d-complaint": "present",
    }
    assert "AufsichtsbehÃ¶rde" in document["verdicts"][0]["evidence"][0]["quote"]


IMAGE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


@pytest.mark.parametrize(
    "data", [IMAGE, b"\x1f\x8b\x08\x00" + IMAGE, b"\x7fELF" + IMAGE, b"text\x00\x01\x02" * 50, bytes(range(256)) * 9]
)
@pytest.mark.parametrize("name", ["notice.txt", "notice.md", "notice.html"])
def test_f38_what_is_no_text_is_not_audited_whatever_it_is_called(house: House, name: str, data: bytes) -> None:
    """A picture called `.txt` has no disclosures, but none is missing either: not audited, 3."""
    house.write(name, data)
    report = house.report(name)
    assert (report["documents"][0]["status"], report["documents"][0]["verdicts"]) == ("not-audited", [])
    assert report["summary"]["exit_code"] == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", ""), ("a.txt", " \n\t\r\n"), ("a.md", "# Privacy notice\n"), ("a.html", "<h1>Privacy</h1>"),
     ("a.txt", "\ufeff"), ("a.md", "\u200b\u00ad\n"), ("a.html", "<title>Privacy</title><script>1</script>")],
)  # fmt: skip
def test_f39_a_file_without_text_is_not_audited_and_lacks_nothing(house: House, name: str, text: str) -> None:
    """Nothing, white space, or a heading alone is no notice: one problem and not twenty missing disclosures."""
    house.write(name, text)
    report = house.report(name)
    assert (report["documents"][0]["status"], report["documents"][0]["verdicts"]) == ("not-audited", [])
    assert report["summary"]["exit_code"] == 3


def test_f40_a_file_over_the_limit_is_not_read_and_one_under_it_takes_linear_room(house: House) -> None:
    """Size is bounded before anything is read. Under the limit, what is kept of a document grows with it: twice the
    text, twice the blocks and runs.
    """
    house.write("notice.txt", COMPLAINT * 100)
    result = house.check("notice.txt", "--max-bytes", "1000")
    assert result.code == 3
    assert "larger than 1,000 bytes" in result.out
    sizes = []
    for times in (500, 1000):
        document = read_document("a.txt", ("We keep it.\n\n" * times).encode())
        sizes.append((len(document.blocks), len(document.map.runs()), len(document.shadow) + 1))
    assert all(two == 2 * one for one, two in zip(*sizes, strict=True))


def test_f40_a_long_line_is_shown_by_an_excerpt(house: House) -> None:
    """A sentence of a million characters is one piece of evidence, of which a report for people shows a few hundred."""
    house.write("notice.txt", COMPLAINT + "We like " + "very " * 200_000 + "much your bicycle.\n")
    out = house.call("check", "notice.txt", "--format", "rich").out
    assert "bicycle" in out
    assert len(out) < 5000


ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("other", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_f41_lines_are_those_of_an_editor(end: str, other: str) -> None:
    r"""Only \n, \r\n and \r end a line; the nine further characters at which Python splits lines do not."""
    text = f"One{other}more.{end}{end}Two{other}.{end}Three bicycles."
    document = read_document("a.txt", text.encode())
    assert document.lines.place(text.index("Three")) == (4, 1)


@given(st.text(alphabet=st.sampled_from("ab\n\r\x0b\u2028")))
def test_f41_the_place_of_each_character_is_that_of_a_plain_count(text: str) -> None:
    """The same for any text, against a count without a table."""
    lines = LineTable(text)
    for at in range(len(text)):
        before = text[:at]
        if before.endswith("\r") and text[at] == "\n":
            continue
        told = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert lines.place(at) == (len(told), len(told[-1]) + 1)


@pytest.mark.parametrize("inside", ["\u00ad", "\u200b", "\u200c", "\u2060", "\ufeff"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_f42_what_cannot_be_seen_parts_no_word(name: str, inside: str) -> None:
    """Soft hyphens and zero-width signs within a word, and a no-break space between two: the words are found, and the
    quote is what stands in the file.
    """
    document = read_document(name, f"Your pri{inside}vacy\u00a0notice is here.".encode())
    assert document.shadow == "Your privacy notice is here."
    assert document.quote(document.blocks[0].span)[0] == f"Your pri{inside}vacy\u00a0notice is here."


def test_f43_a_word_broken_at_the_end_of_a_line_is_one_word() -> None:
    """`Daten-` and `schutz` on two lines are one word; `Datenschutz-` and `Grundverordnung` keep their hyphen, and so
    does what is written with one elsewhere in the text.
    """
    lines = (
        "Unsere Hinweise beschreiben hier ausführlich, wie der Daten-",
        "schutz in unserem Haus verstanden wird und warum wir",
        "ihn für wichtig halten, und was uns die neue Datenschutz-",
        "Grundverordnung von 2016 vorschreibt, und zwar jedem von",
        "uns und allen anderen Betrieben, die Anschriften sammeln.",
    )
    shadow = shadow_of("\n".join(lines))
    assert "der Datenschutz in" in shadow
    assert "neue Datenschutz-Grundverordnung von" in shadow


def test_f44_ligatures_and_other_ways_to_write_a_letter_are_that_letter() -> None:
    """ﬁ, full width and letters with their marks apart are read as the plain letters; quotes show what is written."""
    source = "We o\ufb00er con\ufb01dential e\ufb03ciency, cafe\u0301 and \uff30\uff52\uff49\uff56acy."
    document = read_document("a.txt", source.encode())
    assert document.shadow == "We offer confidential efficiency, café and Privacy."
    assert document.quote(document.blocks[0].span)[0] == source


def test_f45_letters_of_another_script_are_never_taken_for_their_twins(house: House) -> None:
    """A Cyrillic Р looks like a P. It is left as it is: no match, rather than one that is not there."""
    house.write("notice.txt", f"{COMPLAINT}\nWe keep your bicyсle.\n")
    assert "bicycle" not in house.check("notice.txt").out


@pytest.mark.parametrize("text", ["İstanbul", "DIŞ", "Straße", "STRAẞE", "ὈΔΥΣΣΕΎΣ ς", "ﬃ", "Ǆ", "ŉ"])
def test_f46_folding_case_keeps_every_offset(text: str) -> None:
    """`İ` in lower case is two characters long, and every place behind it would be wrong by one."""
    assert len(fold(text)) == len(text)


def test_f46_a_match_behind_such_letters_is_quoted_exactly(house: House) -> None:
    """The same from end to end: the marks are the words themselves."""
    source = f"İİİ ß ẞ ς in the İstanbul shop: bicycles.\n{COMPLAINT}"
    house.write("notice.txt", source)
    verdicts = house.report("notice.txt")["documents"][0]["verdicts"]
    evidence = next(one for one in verdicts if one["rule"] == "bicycle")["evidence"][0]
    assert [source[first:last] for first, last in evidence["marks"]] == ["bicycles"]
    assert source[evidence["start"] : evidence["end"]] == evidence["quote"]


ENGLISH = (
    "We keep the names and the addresses of our guests in a book, which nobody but the owner of the house may read. "
    "They are struck out when the year ends. You have the right to see what is written about you at any time, and we "
    "will send you a copy of it within a month of your letter, without any charge and in a language that you know. "
)
POLISH = (
    "Przechowujemy imiona i adresy naszych gości w księdze, której nie może czytać nikt poza właścicielem domu. Są one "
    "wykreślane z końcem roku. Mają Państwo prawo zobaczyć w każdej chwili, co o Państwu napisano, a my prześlemy "
    "odpis w ciągu miesiąca od otrzymania listu, bez żadnych opłat i w języku, który Państwo znają. "
)


def test_f47_each_part_is_read_in_its_own_language_and_the_unread_part_is_told_of(house: House) -> None:
    """A file in two languages: the part that the rules have no words for makes it incomplete. A declared language and
    a seeded detector give the same result each time.
    """
    house.write("notice.md", f"{ENGLISH}\n\n{POLISH}\n\n{COMPLAINT}")
    arguments = ("notice.md", "--rules", str(house.pack), "--no-builtin", "--format", "json")
    first, second = (house.run("check", *arguments) for _ in range(2))
    assert first == second
    report = json.loads(first.out)["documents"][0]
    assert (report["status"], report["language"]["code"]) == ("partial", "en")
    assert "Polish" in report["problems"][0]["message"]


def test_f47_a_text_whose_language_nobody_can_tell_is_incomplete_and_says_what_to_do(house: House) -> None:
    """Numbers and names are no language: not audited as English in silence."""
    house.write("notice.txt", "12 34 56. 78 90: 4711; 0815.\n")
    result = house.run("check", "notice.txt", "--rules", str(house.pack), "--no-builtin")
    assert result.code == 3
    assert "name it with --lang" in result.out


def test_f47_the_declaration_of_a_page_holds_where_the_text_does_not_speak() -> None:
    """`lang` of a page, front matter and the file name come before any guess."""
    page = read_document("a.html", f'<html lang="sv"><p>{PLAIN}</p></html>'.encode())
    assert (page.declared.code, page.declared.source) == ("sv", "html")
    assert read_document("a.nl.txt", PLAIN.encode()).declared.code == "nl"
    assert read_document("a.md", f"---\nlang: fr\n---\n\n{PLAIN}".encode()).declared.code == "fr"


@pytest.mark.parametrize("write", [str, str.upper], ids=["plain", "capitals"])
@pytest.mark.parametrize("language", RIGHTS)
def test_f47_a_language_is_told_from_its_neighbours_in_capitals_too(language: str, write: Callable[[str], str]) -> None:
    """Detectors take Norwegian for Danish, and what is in capitals for German: every disclosure would be missing."""
    document = annotate(read_document("a.txt", write(RIGHTS[language]).encode()), load_languages([builtin_folder()]))
    assert document.language.code == language


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_a_reason(data: bytes) -> None:
    """No bytes make decoding fail in another way than by `InputError`."""
    for html in (False, True):
        try:
            text, _ = decode(data, html=html)
        except InputError:
            continue
        assert isinstance(text, str)
        text.encode("utf-8", "surrogatepass")


def test_headings_alone_are_what_the_readers_call_headings() -> None:
    """The blocks that make a file one of only headings are headings to the reader itself."""
    blocks = read_document("a.md", b"# One\n\nText.\n").blocks
    assert [block.kind for block in blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
