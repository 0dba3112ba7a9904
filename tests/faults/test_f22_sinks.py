"""F22 to F34: text of documents, file names and packs on its way to whoever reads a report."""

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from lxml import etree  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from privaudit.document import Problem
from privaudit.errors import UsageError
from privaudit.model import REDACTED, BaselineEntry, NearMiss, Report, Skipped, State, Status
from privaudit.redact import redacted
from privaudit.render import COMPARISON_FORMATS, RENDERERS
from privaudit.render.commands import data, harmless, value
from privaudit.render.csv import cell
from privaudit.render.json import writable
from privaudit.render.markdown import escaped
from privaudit.render.quote import excerpt
from privaudit.render.sanitise import encodable, one_line, visible
from privaudit.render.view import View
from privaudit.saved import report_of
from tests.unit.house import COMPLAINT, PLAIN, House
from tests.unit.render.reports import document, missing, passage, present, relied_on, report

# What a sink could act on, all at once.
HOSTILE = (
    "[red]x[/red] [/foo] [link=https://e.example]y[/link] :warning: \x1b[31m\x1b]8;;https://e.example\x07z\x1b]52;c;YQ==\x07"
    "\x9b31m \u202etxet\u2066 \U000e0041\U000e0042 \u200b\n::error::x\r::stop-commands::t\n##[error]y %0A::add-mask::q "
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> `` ``` | "
    "[a](javascript:alert(3)) ]]> &amp; \ud800 \u2028"
)
TEXTS = st.text(
    alphabet=st.characters() | st.sampled_from("\x1b\x07\x00\x7f\x9b\r\n\t:#[]<>&%`|=+-@\u202e\u2066\udcff\ud800")
)
FOR_PEOPLE = ["rich", "concise", "markdown", "summary", "github", "junit", "csv"]
FOR_PROGRAMS = ["json", "jsonl", "sarif", "gitlab"]


def hostile(text: str = HOSTILE) -> Report:
    """A report in which everything that can come from elsewhere is a text."""
    shown = document(
        missing(message=f"{text}", because=text, remedy=text, near_misses=(NearMiss(passage(text), (text,)),)),
        relied_on(passage(text), reference=text),
        present(passage(text)),
        path=text,
        status=Status.PARTIAL,
        problems=(Problem("not-read", text),),
    )
    return report(shown, document(path=f"b{text}"), errors=(text,), stale=(BaselineEntry(text, "a-rule", "f", text),))


def rendered(name: str, one: Report, **more: Any) -> str:
    return RENDERERS[name](one, View(show_passing=True, statistics=True, **more))


def test_f22_what_a_text_says_is_no_markup_of_the_terminal() -> None:
    """`[red]`, `[/foo]` and `[link=…]` in a passage change colours, end the run or make links under a library that
    reads markup in plain text: here they are shown as they stand.
    """
    out = rendered(
        "rich", hostile("Art. [13] and [a-z] [red]x[/red] [/foo] [link=https://e.example]y[/link]"), width=400
    )
    assert "Art. [13] and [a-z] [red]x[/red] [/foo] [link=https://e.example]y[/link]" in out
    assert "\x1b" not in out


def test_f22_neither_is_what_a_pack_a_path_or_a_change_says(house: House) -> None:
    """The same where other commands make a table: rules with their titles, and what a change won and lost."""
    markup = "[red]x[/red] [/foo] [link=https://e.example]y[/link] :warning:"
    (house.pack / "rules/evil.yaml").write_text(
        f"id: evil\nkind: practice\nseverity: note\nfind: {{any: [bus]}}\ntitle: '{markup}'\nwhy: '{markup}'\n"
    )
    own = ("--rules", str(house.pack), "--no-builtin")
    assert markup in " ".join(house.run("rules", "list", *own, "--format", "rich").out.split())
    assert markup in " ".join(house.run("rules", "explain", "evil", *own).out.split())
    house.write("old [b]x[/b].md", COMPLAINT)
    house.write("new.md", f"{PLAIN}\n\nThe bicycle: {markup}\n")
    told = " ".join(house.run("diff", "old [b]x[/b].md", "new.md", *own, "--format", "rich").out.split())
    assert "old [b]x[/b].md" in told
    assert markup in told


@settings(max_examples=8, deadline=None)
@given(TEXTS)
def test_f22_what_is_printed_without_its_style_is_the_sanitised_text(text: str) -> None:
    """The same for any text: with colours and without, the terminal shows the same words."""
    plain = rendered("rich", hostile(text), width=140)
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", rendered("rich", hostile(text), width=140, color=True))
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("name", [*FOR_PEOPLE, *FOR_PROGRAMS, "html"])
def test_f23_no_control_character_reaches_a_report(name: str) -> None:
    """Escape sequences set titles, write the clipboard (OSC 52) or hide text: no byte below a space but the line feed
    (and the end of a row of CSV), none from 0x7f to 0x9f, in any format.
    """
    out = rendered(name, hostile())
    found = {char for char in out if unicodedata.category(char) == "Cc"}
    assert found <= ({"\n", "\r"} if name == "csv" else {"\n"})


def test_f23_no_control_character_reaches_a_pipe(house: House) -> None:
    """The same from end to end, for a passage and for standard error."""
    house.write("notice.txt", "Your \x1b[31mbicycle\x1b]52;c;YQ==\x07\x9b1m is red.\n" + COMPLAINT)
    for name in ("concise", "rich", "markdown", "json"):
        result = house.call("check", "notice.txt", "gone\x1b[31m.md", "--format", name)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.out + result.err), name


@pytest.mark.parametrize("name", RENDERERS)
def test_f24_what_steers_direction_or_cannot_be_seen_is_shown(name: str) -> None:
    """Overrides, isolates, zero-width and tag characters make a reader see other words than the engine (Trojan
    Source): each is shown by its number. Letters of every script stay.
    """
    letters = "العربية עברית ไทย हिन्दी ελληνικά 日本語"
    out = rendered(name, hostile(f"{letters} a\u202eb\u2066c\u200bd\u200fe\U000e0041f"), width=140)
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", out)
    assert ("202E" in out) or ("202e" in out)
    for word in letters.split():
        assert unicodedata.normalize("NFC", word) in out, word


def test_f25_colons_around_a_word_are_no_picture() -> None:
    """`:warning:` is text."""
    assert ":warning: sign" in rendered("rich", hostile(":warning: sign"))


def test_f26_names_packs_and_messages_of_errors_are_sanitised_as_well(house: House) -> None:
    """File names, the words of somebody's pack and the texts of exceptions reach the terminal through the same
    sanitiser, in every command; no library prints a traceback of its own.
    """
    evil = "\x1b[31mred\x1b[0m\u202e"
    (house.pack / "rules/evil.yaml").write_text(
        "id: evil\nkind: practice\nseverity: note\nfind: {any: [bus]}\n"
        'title: "x\\e[31mred \\u202e"\nreferences: ["\\e]8;;x\\a"]\nwhy: "\\x9b1m"\nremedy: "::error::x"\n'
        'messages: {found: "\\e[2J"}\nexamples: {en: {absent: ["The bus\\e[31m is late."]}}\n'
    )
    house.write("notice.md", COMPLAINT)
    calls = [
        ("rules", "list", "--rules", str(house.pack), "--no-builtin"),
        ("rules", "list", "--rules", str(house.pack), "--no-builtin", "--format", "rich"),
        ("rules", "list", "--rules", str(house.pack), "--no-builtin", "--format", "json"),
        ("rules", "explain", "evil", "--rules", str(house.pack), "--no-builtin"),
        ("rules", "test", str(house.pack), "--no-builtin"),
        ("rules", "lint", str(house.pack), "--no-builtin"),
        ("rules", "explain", evil),
        ("check", "notice.md", f"--{evil}"),
        ("check", "notice.md", "--format", evil),
        ("check", f"{evil}.md"),
        ("check", "notice.md", "--max-bytes", evil),
        ("check", "notice.md", "--config", evil),
        ("check", "notice.md", "--rules", evil),
        ("convert", f"{evil}.json"),
        ("diff", evil, "notice.md"),
        (evil,),
    ]
    for call in calls:
        result = house.run(*call)
        said = result.out + result.err
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said), call
        assert not re.search(r"(?m)^\s*::", said), call


def fields(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to all values of a report that hold no others."""
    if not isinstance(data, dict | list):
        yield at
        return
    for name, held in data.items() if isinstance(data, dict) else enumerate(data):
        yield from fields(held, (*at, name))


def put(data: Any, at: tuple[str | int, ...], value: Any) -> None:
    for name in at[:-1]:
        data = data[name]
    data[at[-1]] = value


def is_read(data: Any) -> bool:
    try:
        report_of(json.dumps(data), "x.json")
    except UsageError:
        return False
    return True


def saved() -> Any:
    """The JSON of a report in which every key has something."""
    about = document(missing(justification="x", state=State.BASELINED), path="privaudit.yaml")
    one = hostile("x")
    whole = one._replace(configuration=(about,), skipped=(Skipped("a.md", "x"),), idle="nothing has changed")
    return json.loads(RENDERERS["json"](whole, View()))


@pytest.mark.parametrize("name", RENDERERS)
def test_f26_a_saved_report_is_as_foreign_as_a_document(name: str) -> None:
    """Who made the JSON that `convert` reads, nobody knows. Each value of it in turn becomes hostile: it is refused as
    no rule id, date, number …, or it is a text; and with every text hostile at once each format is as clean as ever.
    """
    data = saved()
    texts = []
    for at in fields(data):
        changed = saved()
        put(changed, at, HOSTILE)
        if is_read(changed):
            texts.append(at)
    assert len(texts) > 40
    for at in texts:
        put(data, at, HOSTILE)
    out = rendered(name, report_of(json.dumps(data), "x.json"), width=100)
    out.encode()
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", out)
    assert {char for char in out if unicodedata.category(char) == "Cc"} <= ({"\n", "\r"} if name == "csv" else {"\n"})
    assert not COMMAND.search(out)
    assert "##[" not in out


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "1e999", "[]", "{}", "null", '"5"', "9" * 5000])
def test_f26_no_value_of_a_saved_report_is_an_internal_error(value: str) -> None:
    """Numbers that are none and values of another kind are refused in a line, or read as what they are."""
    for at in fields(saved()):
        changed = saved()
        put(changed, at, "PLACE")
        text = json.dumps(changed).replace('"PLACE"', value)
        try:
            read = report_of(text, "x.json")
        except UsageError:
            continue
        json.loads(RENDERERS["json"](read, View()), parse_constant=pytest.fail)


COMMAND = re.compile(r"^\s*::(?!error |warning |notice )", re.MULTILINE)


@pytest.mark.parametrize("name", [*FOR_PEOPLE, *FOR_PROGRAMS, "html"])
@pytest.mark.parametrize("text", [HOSTILE, "::error::x", " ::set-output name=a::b", "word " * 30 + "::error::x " * 30])
@pytest.mark.parametrize("width", [60, 100])
def test_f27_no_foreign_text_is_a_workflow_command(name: str, text: str, width: int) -> None:
    """A runner obeys `::error::`, `::add-mask::` and `::stop-commands::` at the beginning of a line, behind white space
    too, and `##[error]` anywhere in one. A file name or a passage begins no such line in any format, wrapped or not,
    whether or not a runner reads it.
    """
    out = rendered(name, hostile(text), width=width)
    assert not COMMAND.search(out)
    assert "##[" not in out
    if name == "github":
        commands = [line for line in out.splitlines() if line.startswith("::")]
        assert all(line.count("::") == 2 + line.partition("::")[2].partition("::")[2].count("::") for line in commands)


@given(TEXTS)
def test_f27_a_command_holds_its_text_and_lines_hold_no_command(text: str) -> None:
    """The sanitisers of this sink: a message and a property stay within their command, and come back as they were; in
    other lines no command is left, and lines without one are as before.
    """
    for made in (data(text), value(text)):
        assert "\n" not in made
        assert "\r" not in made
        back = (
            made.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        )
        assert back == text
    assert not {":", ","} & set(value(text))
    assert not re.search(r"(?m)^\s*::", harmless(text))
    if not re.search(r"(?m)^\s*::", text):
        assert harmless(text) == text or "\x1b" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such file names")
def test_f27_a_file_that_is_called_like_a_command_makes_none(house: House) -> None:
    """From end to end: line feeds and colons in a file name, and a passage that begins a line."""
    for name in ("a\n::error::x.md", "::error::y.md"):
        Path(house.here, name).write_text("Text.\n\n::error::bicycle\n\n##[error]bicycle\n")
    for name in ("concise", "rich", "csv", "junit", "json"):
        result = house.call("check", "a\n::error::x.md", "::error::y.md", "\n::error::gone.md", "--format", name)
        assert not re.search(r"(?m)^\s*::|##\[", result.out + result.err), name


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(attrs)))


def test_f28_a_page_has_no_element_attribute_or_link_that_a_text_made() -> None:
    """Scripts, pictures with handlers, `javascript:` links and the end of a script in a passage or file name: the page
    has the same elements and attributes as for a harmless text, and a policy that allows nothing from elsewhere.
    """
    page = Elements(rendered("html", hostile()))
    plain = Elements(rendered("html", hostile("harmless")))
    assert [(tag, [name for name, _ in attrs]) for tag, attrs in page.found] == [
        (tag, [name for name, _ in attrs]) for tag, attrs in plain.found
    ]
    values = [(name, value or "") for _, attrs in page.found for name, value in attrs]
    assert not any(name.startswith("on") for name, _ in values)
    assert all(value.startswith(("#", "https://")) for name, value in values if name in {"href", "src"})
    policies = [value for name, value in values if name == "content" and "default-src" in value]
    assert policies
    assert "default-src 'none'" in policies[0]


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_f28_a_page_says_a_text_and_nothing_else(text: str) -> None:
    """The sanitiser of this sink: for any text the elements are those of a harmless one, and the text is there."""
    page, plain = (Elements(rendered("html", hostile(f"x{one}x"))) for one in (text, ""))
    assert [tag for tag, _ in page.found] == [tag for tag, _ in plain.found]
    # A page keeps a space that does not break.
    assert any(one_line(f"x{text}x") in one.replace("\xa0", " ") for one in page.texts)


@pytest.mark.parametrize("name", ["markdown", "summary"])
@pytest.mark.parametrize(
    "text", [HOSTILE, "```\n<b>x", "- a", "1. a", "> a", "# a", "===", "---", "|a|b|", "~~~", "[a]: b"]
)
def test_f29_markdown_shows_a_text_and_renders_none_of_it(name: str, text: str) -> None:
    """Fences, pipes of tables, pictures, lists and links in a passage: rendered, it has the elements of a harmless
    report.
    """

    def tags(text: str) -> list[str]:
        made = MarkdownIt("commonmark", {"html": True}).enable("table").render(rendered(name, hostile(text)))
        return [tag for tag, _ in Elements(made).found]

    assert tags(text) == tags("harmless")


def test_f29_nor_does_a_comparison(house: House) -> None:
    """The same for the Markdown of `diff`, by which a change is commented on."""

    def tags(text: str) -> list[str]:
        house.write("old.md", f"{COMPLAINT}\n\nThe tram {text}, here.\n")
        house.write("new.md", f"{PLAIN}\n\nThe bicycle {text}, here.\n")
        told = house.run("diff", "old.md", "new.md", "--rules", str(house.pack), "--no-builtin", "--format", "markdown")
        assert "bicycle" in told.out
        return [tag for tag, _ in Elements(MarkdownIt("commonmark", {"html": True}).render(told.out)).found]

    assert tags("\\<img src=x onerror=alert(2)> | `a` `` ``` \\[a\\](javascript:alert(3)) \\*\\*x\\*\\*") == tags(
        "harmless"
    )


@settings(deadline=None)
@given(TEXTS)
def test_f29_an_escaped_text_comes_out_as_it_was(text: str) -> None:
    """The sanitiser of this sink: rendered as a paragraph, the text is the sanitised line and nothing else."""
    made = MarkdownIt("commonmark", {"html": True}).render(f"x {escaped(text)} x")
    shown = Elements(made).texts
    assert [tag for tag, _ in Elements(made).found] == ["p"]
    assert " ".join("".join(shown).split()) == " ".join(f"x {one_line(text)} x".split())


FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@given(TEXTS)
def test_f30_no_cell_is_a_formula(text: str) -> None:
    """A cell that begins with `=`, `+`, `-`, `@` or a tab is run by a spreadsheet: an apostrophe stands before it, and
    behind a semicolon, at which spreadsheets of much of Europe part cells. The report is one row a finding whatever its
    texts hold.
    """
    made = cell(text)
    first, *others = made.split(";")
    assert not first.startswith(FORMULA)
    assert not any(other.lstrip(' "').startswith(FORMULA) for other in others)
    assert made.replace("'", "") == one_line(text).replace("'", "")
    assert not re.search("[\t\r\n]", made)
    rows = list(csv.reader(io.StringIO(rendered("csv", hostile(text)), newline="")))
    assert {len(row) for row in rows} == {12}
    assert len(rows) == len(list(csv.reader(io.StringIO(rendered("csv", hostile("x"))))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("-2", "'-2"), ("\t=1", "'=1"), ("@sum", "'@sum"), ("\uff1d1", "'\uff1d1"), ("a=1", "a=1"),
        ("a;=1", "a;'=1"), ('a; "=1', "a; \"'=1"), ("a; b-c", "a; b-c"), ("'=1", "'=1"), ('"=1', '"=1'),
    ],
)  # fmt: skip
def test_f30_what_a_cell_shows(text: str, shown: str) -> None:
    """The same by examples, and as bytes: every cell in quotation marks, those within doubled (RFC 4180)."""
    assert cell(text) == shown
    made = rendered("csv", hostile(text))
    told = shown.replace('"', '""')
    assert f',"{told}",' in made
    row = r'"(?:[^"]|"")*"(?:,"(?:[^"]|"")*"){11}'
    assert all(re.fullmatch(row, line) for line in made.removesuffix("\r\n").split("\r\n"))


@given(TEXTS)
def test_f31_json_is_written_in_utf_8_and_read_by_strict_readers(text: str) -> None:
    """Lone surrogates, which stand for bytes of file names that are no text, break writers and readers: they are
    replaced, and all else comes back as it was.
    """
    made = writable(json.dumps({"text": text}, ensure_ascii=False))
    made.encode()
    assert not re.search(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])", made)
    assert json.loads(made) == {"text": encodable(text)}


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
def test_f31_a_file_name_that_is_no_text_is_told_in_every_format(house: House) -> None:
    r"""`na\xff.md` is a name on most systems, and no UTF-8."""
    name = os.fsdecode(b"na\xff.md")
    try:
        Path(house.here, name).write_text("A bicycle.\n")
    except OSError:
        pytest.skip("this file system takes no such name")
    for one in [*FOR_PEOPLE, *FOR_PROGRAMS, "html"]:
        out = house.call("check", ".", name, "--format", one).out
        out.encode()
    assert house.report(name)["documents"][0]["path"] == "na\\xff.md"
    assert "NaN" not in house.call("check", name, "--format", "json").out


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_f32_xml_is_read_by_two_parsers(text: str) -> None:
    """Control characters and the like are illegal in XML whichever way they are written: none is left."""
    made = rendered("junit", hostile(text)).encode()
    suites = ET.fromstring(made)  # noqa: S314 - our own, by expat
    assert suites.get("name") == "privaudit"
    by_libxml = etree.fromstring(made, etree.XMLParser(resolve_entities=False))
    assert [one.get("name") for one in by_libxml] == [one.get("name") for one in suites]
    plain = JUnitXml.fromstring(rendered("junit", hostile("x")).encode())
    assert len(list(JUnitXml.fromstring(made))) == len(list(plain)) == len(suites)


@given(
    st.text(alphabet="ab \u0301\u200d\U0001f469", max_size=400),
    st.text(alphabet="ab \u0301\u200d\U0001f469", max_size=400),
    st.integers(150, 300),
)
def test_f33_an_excerpt_is_bounded_and_parts_no_letter_from_its_marks(before: str, after: str, longest: int) -> None:
    """A sentence of a megabyte is cut around its matched words with `…`, between whole letters: each piece of it begins
    where a letter begins, and what comes behind it begins another one.
    """
    one = passage(f"{before}word{after}", marked="word")
    pieces = excerpt(one, longest)
    assert ("word", True) in [(piece.strip("\u0301"), marked) for piece, marked in pieces]
    shown = "".join(piece for piece, _ in pieces).removeprefix("… ").removesuffix(" …")
    # What is around a mark, a word's end and the letters that marks make long, on either side.
    assert len(re.sub("[\u0301\u200d]|\u27e8200D\u27e9", "", shown)) <= max(longest, 2 * 70 + len("word")) + 60
    whole = visible(re.sub(r"\s+", " ", one.quote))
    at = whole.index(shown, max(0, whole.index("word") - shown.index("word")))
    if "…" in "".join(piece for piece, _ in pieces):
        for edge in (at, at + len(shown)):
            assert not whole[edge : edge + 1] or unicodedata.category(whole[edge]) not in {"Mn", "Me", "Mc"}


@pytest.mark.parametrize("name", [*FOR_PEOPLE[2:], "rich", "sarif", "gitlab", "html"])
@pytest.mark.parametrize("marked", ["bicycle", "very " * 200_000])
def test_f33_a_report_shows_little_of_an_endless_passage(name: str, marked: str) -> None:
    """The same in every format but JSON, also where the match itself is endless."""
    quote = "Your bicycle is " + "very " * 200_000 + "red."
    out = rendered(name, report(document(relied_on(passage(quote, marked=marked)))))
    assert "…" in out
    assert len(out) < 100_000


NAME = "Zenobia Quill"


def secretive() -> Report:
    """A report with a name in all that quotes a document."""
    quote = f"Write to {NAME}, who answers complaints."
    old = f'Not disclosed; v1 said in line 4: "Ask {NAME}."'
    near = (NearMiss(passage(quote, marked=NAME), ("a word",)),)
    shown = document(
        missing(message=old, near_misses=near),
        relied_on(passage(quote, marked=NAME), because=f'applies because the text says "{NAME}", line 7'),
        present(passage(quote)),
    )
    return report(shown, stale=(BaselineEntry("a.md", "a-rule", "f", quote),))


@pytest.mark.parametrize("name", RENDERERS)
def test_f34_a_redacted_report_has_none_of_the_words_of_a_document(name: str) -> None:
    """Notices name people, and reports are passed on: `--redact` leaves passages out in every format, those of near
    misses, of `--since` and of the baseline among them, and says dots instead; JSON says null.
    """
    assert NAME in rendered(name, secretive())
    out = rendered(name, redacted(secretive()))
    assert "Zenobia" not in out
    assert "Quill" not in out
    if name in {"json", "jsonl"}:
        assert '"quote": null' in out or '"quote":null' in out
    elif name != "concise":
        assert REDACTED in out
    assert "v1 said in line 4" in rendered("concise", redacted(secretive()))


def test_f34_a_redacted_report_is_saved_and_read_like_any_other() -> None:
    """It fits the schema's null, and renders from its JSON as it did at first."""
    once = redacted(secretive())
    again = report_of(RENDERERS["json"](once, View()), "x.json")
    assert again == once
    assert redacted(once) == once


def test_f34_the_option_and_the_key_redact_a_check_and_convert(house: House) -> None:
    """From end to end: the option, the key of the configuration, and convert; verdicts and exit code stay."""
    house.write("notice.md", f"{NAME} lends bicycles.\n\n{COMPLAINT}")
    plain = house.call("check", "notice.md", "--format", "json=plain.json")
    told = house.call("check", "notice.md", "--redact", "--format", "json=redacted.json", "--format", "html=page.html")
    assert told.code == plain.code
    assert NAME in (house.here / "plain.json").read_text()
    for name in ("redacted.json", "page.html"):
        assert "Zenobia" not in (house.here / name).read_text()
    for name in RENDERERS:
        assert "Zenobia" not in house.run("convert", "plain.json", "--redact", "--format", name).out
        assert "Zenobia" not in house.run("convert", "redacted.json", "--format", name).out
    house.write("privaudit.yaml", "redact: true\n")
    assert "Zenobia" not in house.call("check", "notice.md", "--format", "json").out


@pytest.mark.parametrize("name", COMPARISON_FORMATS)
def test_f34_a_comparison_quotes_nothing_either(house: House, name: str) -> None:
    """The passages that are gone, that stand and that are new, and those of the verdicts beside them."""
    house.write("old.md", f"{NAME} lends bicycles to trams.\n\n{COMPLAINT}")
    house.write("new.md", f"{PLAIN}\n\nBicycles are lent by {NAME}. Trams are lent by {NAME}.\n")
    assert NAME in house.call("diff", "old.md", "new.md", "--format", name).out
    told = house.call("diff", "old.md", "new.md", "--redact", "--format", name)
    assert "Zenobia" not in told.out
    assert ('"quote": null' if name == "json" else REDACTED) in told.out
    assert told.code == house.call("diff", "old.md", "new.md", "--format", name).code
    house.write("privaudit.yaml", "redact: true\n")
    assert house.call("diff", "old.md", "new.md", "--format", name).out == told.out


def test_f34_a_baseline_keeps_no_passage_and_accepts_the_same(house: House) -> None:
    """The entries have fingerprints and no quotes."""
    house.write("notice.md", f"{NAME} lends bicycles.\n\n{COMPLAINT}")
    assert house.call("baseline", "notice.md").code == 0
    file = house.here / "privaudit-baseline.json"
    assert NAME in file.read_text()
    for told in (("baseline", "notice.md", "--redact"), ("baseline", "notice.md")):
        assert house.call(*told).code == 0
        assert "quote" not in file.read_text()
        assert "fingerprint" in file.read_text()
        house.write("privaudit.yaml", "redact: true\n")
    gate = ("notice.md", "--fail-on", "note", "--baseline", file.name)
    assert house.report(*gate)["summary"]["baselined"] > 0
    assert house.check(*gate).code == 0


def test_f34_nothing_of_a_document_is_kept_between_runs(house: House, cache: str) -> None:
    """The cache holds what was worked out of rule packs, and no passage, unless a report was asked for."""
    house.write("notice.md", f"{NAME} lends bicycles.\n\n{COMPLAINT}")
    house.check("notice.md")
    kept = [path for path in Path(cache).rglob("*") if path.is_file()]
    assert kept
    assert not any(b"Zenobia" in path.read_bytes() for path in kept)
