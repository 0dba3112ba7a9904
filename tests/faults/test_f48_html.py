"""F48 to F54: pages as they are found, whole and broken."""

import json
import re
import sys
from collections.abc import Iterable

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privaudit.errors import InputError
from privaudit.read import read_document
from privaudit.read.limits import DEEPEST
from tests.unit.house import COMPLAINT, PLAIN, House

TEXT = "We keep the names of our guests for two years."


def words(page: str) -> list[str]:
    return re.findall(r"\w+", read_document("a.html", page.encode()).shadow)


def codes(page: str) -> list[str]:
    return [problem.code for problem in read_document("a.html", page.encode()).problems]


HIDING = ['<div hidden>{}</div>', '<p style="display: none">{}</p>', '<div aria-hidden="true"><p>{}</p></div>',
          '<noscript>{}</noscript>', '<p style="visibility:hidden">{}</p>']  # fmt: skip
UNSEEN = ["<template>{}</template>", "<!-- {} -->", '<img alt="{}">', '<p title="{}">x</p>', "<script>{}</script>"]


@pytest.mark.parametrize("page", [*HIDING, *UNSEEN])
def test_f48_hidden_text_fulfils_no_duty(house: House, page: str) -> None:
    """What a reader cannot see tells nobody anything: a disclosure in hidden text is missing."""
    house.write("a.html", f"<p>{TEXT}</p>{page.format(COMPLAINT)}")
    outcome = house.report("a.html")["documents"][0]["verdicts"][0]["outcome"]
    assert outcome == "missing"


@pytest.mark.parametrize("page", HIDING)
def test_f48_a_disclosure_that_stands_only_in_hidden_text_is_told_of(house: House, page: str) -> None:
    """A bare "missing" would be no help where the page shows the text at a click: the message says where it stands."""
    house.write("a.html", f"<p>{TEXT}</p>\n{page.format(COMPLAINT)}")
    verdict = house.report("a.html")["documents"][0]["verdicts"][0]
    assert (verdict["outcome"], verdict["severity"], verdict["line"]) == ("missing", "error", 2)
    assert verdict["message"].endswith(" It stands only in text that the page hides.")
    (nearest,) = verdict["near_misses"]
    assert (nearest["evidence"]["quote"], nearest["lacks"]) == (COMPLAINT.strip(), ["to be shown"])
    assert ":2:" in house.check("a.html", "--format", "concise").out


@pytest.mark.parametrize(
    ("shown", "hidden", "told"),
    [
        ("Complain here.", COMPLAINT, "In full it stands only in text that the page hides."),
        ("", "Complain here.", "In part it stands only in text that the page hides."),
        (COMPLAINT, COMPLAINT, ""),
        ("Complain here.", "Complain here.", ""),
        ("", "The authority is far.", ""),
    ],
)
def test_f48_what_of_a_disclosure_is_hidden_is_told(house: House, shown: str, hidden: str, told: str) -> None:
    """Less than the whole of it may be hidden, and what is shown as well needs no word."""
    house.write("a.html", f"<p>{TEXT}</p><p>{shown}</p><p hidden>{hidden}</p>")
    message = house.report("a.html")["documents"][0]["verdicts"][0]["message"]
    assert message.endswith(told)
    assert bool(told) == ("hides" in message)


def test_f48_words_of_a_hidden_menu_make_no_disclosure_with_words_that_are_shown(house: House) -> None:
    """Where words may meet anywhere on the page, one of them in a menu that is collapsed proves nothing."""
    path = house.pack / "rules/complaint.yaml"
    path.write_text(path.read_text().replace("authority]}", "authority], within: document}"))
    house.write("a.html", f"<nav hidden>Authority</nav><p>{TEXT}</p><p>Complain here.</p>")
    verdict = house.report("a.html")["documents"][0]["verdicts"][0]
    assert (verdict["outcome"], "hides" in verdict["message"]) == ("partial", False)


INLINE = ["<span hidden>{}</span>", '<b class="x" style="display:none">{}</b>', "<i aria-hidden='true'>{}</i>",
          "<noscript>{}</noscript>", "<u hidden>the <u>{}</u>", "<i hidden>{}"]  # fmt: skip


@pytest.mark.parametrize("markup", INLINE)
@pytest.mark.parametrize("line", ["{}", "{} In a list.", "* {}", "Here: {}", "# {}\n\nText.", "> {}"])
def test_f48_text_that_is_hidden_within_markdown_is_hidden(house: House, markup: str, line: str) -> None:
    """The same within a paragraph, heading or list item of Markdown, whose text goes on behind it."""
    house.write("a.md", f"{TEXT}\n\n{line.format(markup.format(COMPLAINT.strip()))}\n\nNext.\n")
    verdict = house.report("a.md")["documents"][0]["verdicts"][0]
    assert verdict["outcome"] == "missing"
    assert "#" in line or verdict["message"].endswith("stands only in text that the page hides.")


def test_f48_what_only_looks_like_hiding_hides_nothing_in_markdown(house: House) -> None:
    """Code, escaped signs and the gaps of a template are text."""
    for text in (f"`<i hidden>` {COMPLAINT}", f"\\<i hidden> {COMPLAINT}", f"<your hidden name> {COMPLAINT}"):
        house.write("a.md", f"{TEXT}\n\n{text}")
        assert house.report("a.md")["documents"][0]["verdicts"][0]["outcome"] == "present", text


def test_f49_a_script_within_markdown_is_no_text() -> None:
    document = read_document("a.md", f"{TEXT} <script>bicycle()</script><template>tram</template>No more.\n".encode())
    assert document.shadow == f"{TEXT} No more."


@pytest.mark.parametrize(
    "markup",
    ["<svg><b>{}</b></svg>", "<b><svg><g></b>{}", "<u><i hidden>x</u>{}", "<script>x()</script>{}</script>", "<svg>{}"],
)
def test_f49_text_in_elements_that_end_too_late_in_markdown_is_read(house: House, markup: str) -> None:
    """Where an element that shows no text is broken out of, or closed with one around it, the text behind is shown."""
    house.write("a.md", f"{TEXT} And {markup.format(COMPLAINT)}")
    assert house.report("a.md")["documents"][0]["verdicts"][0]["outcome"] == "present"


@pytest.mark.parametrize("page", HIDING)
def test_f48_an_outdated_mechanism_is_found_in_hidden_text_too(house: House, page: str) -> None:
    """Hidden text is still published: a mechanism that is gone is reported where it stands in it."""
    rule = "id: shield\nkind: outdated\nseverity: error\nfind: {any: [bicycle]}\nstance: [{is: relied-on}]\n"
    (house.pack / "rules/shield.yaml").write_text(rule)
    house.write("a.html", f"<p>{TEXT}</p>{page.format('We rely on bicycles.')}")
    verdicts = house.report("a.html")["documents"][0]["verdicts"]
    assert next(one["outcome"] for one in verdicts if one["rule"] == "shield") == "relied-on"


@pytest.mark.parametrize("page", [*HIDING, "<h1>Privacy</h1><div hidden>{}</div>"])
def test_f48_a_page_that_is_hidden_as_a_whole_is_not_audited(house: House, page: str) -> None:
    """Nothing is missing on a page of which nothing is shown: not audited (3)."""
    house.write("a.html", page.format(f"{TEXT} {COMPLAINT}"))
    report = house.report("a.html")
    assert (report["documents"][0]["status"], report["summary"]["exit_code"]) == ("not-audited", 3)


@pytest.mark.parametrize(
    "page", ["<script>{}</script>", "<style>{}</style>", '<script type="application/ld+json">{{"a": "{}"}}</script>']
)
def test_f49_scripts_and_style_sheets_are_no_text(page: str) -> None:
    """A mechanism named in JSON-LD or a class of a style sheet is no evidence."""
    assert words(f"<p>{TEXT}</p>{page.format('bicycle')}") == words(f"<p>{TEXT}</p>")


@pytest.mark.parametrize("name", ["script", "style", "title", "template", "iframe", "object"])
def test_f49_an_element_that_hides_the_rest_of_a_page_is_told_of(name: str) -> None:
    """Where such an element is never closed, browsers show nothing of what follows; the page is incomplete, not
    silently without it.
    """
    assert codes(f"<p>{TEXT}</p><{name}>{COMPLAINT}<p>{COMPLAINT}") == ["html-broken"]
    assert codes(f"<p>{TEXT}</p><{name}>{COMPLAINT}</{name}><p>{COMPLAINT}") == []


@pytest.mark.parametrize(
    "opening", ["<svg><path d=1>", "<svg><svg><g>", "<math><mi>", "<svg><math><svg>", "<head><title>Privacy</title>"]
)
def test_f49_a_picture_that_is_not_closed_ends_where_text_begins(opening: str) -> None:
    """A paragraph in an open picture, formula or head ends it, by the standard: its text is read."""
    assert words(f"<p>Hello.</p>{opening}<p>{TEXT}</p>")[-10:] == re.findall(r"\w+", TEXT)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("Pri&shy;vacy", "Privacy"), ("&#80;rivacy", "Privacy"), ("&#x50;rivacy", "Privacy"),
        ("a&nbsp;policy", "a policy"), ("a&nbsppolicy", "a policy"), ("&amp;nbsp;", "&nbsp;"), ("&#150;", "-"),
        ("&notanentity;", "¬anentity;"), ("&#xD800;", "\ufffd"), ("&#99999999999;", "\ufffd"), ("&;", "&;"),
    ],
)  # fmt: skip
def test_f50_entities_are_read_once_and_lead_back_to_their_source(source: str, read: str) -> None:
    """Words are found whichever way their letters are written, and the quote is what is written, in its columns."""
    document = read_document("a.html", f"<p>x {source} y</p>".encode())
    assert document.shadow == f"x {read} y"
    assert document.quote(document.blocks[0].span)[0] == f"x {source} y"


SOUP = [
    "<p>one<p>two<div>three</p>four</div>", "<b><i>one</b>two</i> three", "<table><td>one<td>two<tr><td>three</table>",
    "<ul><li>one<li>two<ol><li>three</ul>four", "<a href=x>one <a href=y>two</a> three</a>", "one</div></p></b>two",
    "<p>one<!-- two -->three<!-- four", "<h1>one<h2>two</h1>three", "<div><span>one</div>two</span>three",
    "<p>a < b and c > d", "<p>x<y and z", "<button>one<button>two", "<select><option>one<option>two</select>three",
    "<p title='a>b'>one", "<P CLASS=x>one</P>", "<br/>one<br>two</br>three", "<dl><dt>one<dd>two<dt>three</dl>",
    "<p>one<hr>two<p/>three", "<pre>one\n two</pre>", "<textarea>one</textarea>two", "<form><form>one</form>two",
    "<p>one</br>two</p>", "<div>one</p>two</div>", "one<p></br>two</br></p>three",
    "<b>o</b>ne<i>, t</i>wo", "<p>o<script>s</script>ne<style>s</style> two", "<p>o<template>s</template>ne",
    "<a>one</a><div>two</div>", "<li>one</li>two", "<center>one</center>two",
    "<p><button>one</button>two", "<p>one<button>two</button>three", "<p>one<select><option>two</select>three",
    "<p>one<svg><path d='M1'/></svg>two", "<p>one<meter>two</meter>three", "<p>one<input>two", "<p>one<img>two",
    "<button><b>o</b>ne</button>two", "<p>one<button>two<p>three</button>four",
]  # fmt: skip
# Where html5lib has a tag or a comment without an end, in which text is read all the same.
SAID_BESIDES = {"<p>one<!-- two -->three<!-- four": ["four"], "<p>x<y and z": ["y", "and", "z"]}
# Elements that stand within a line (HTML, "phrasing content"); all others begin and end one.
PHRASING = {"a", "b", "i", "span", "math", "link", "meta", "script", "style", "template", "html"}


def reference(page: str) -> list[str]:
    """The words that html5lib, which does as browsers do, has on a page; an element that begins a line parts words."""
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    silent = {"script", "style", "template", "head", "title", "svg", "math", "iframe", "object", "noembed"}
    found: list[str] = []

    def walk(element: object) -> None:
        tag = getattr(element, "tag", "")
        if not isinstance(tag, str):
            return
        name = tag.rpartition("}")[2]
        around = "" if name in PHRASING else "\n"
        found.append(around)
        if name not in silent:
            found.append(getattr(element, "text", None) or "")
            for child in element:  # type: ignore[attr-defined]
                walk(child)
                found.append(child.tail or "")
        found.append(around)

    walk(tree)
    return re.findall(r"\w+", "".join(found))


def holds(found: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether what is wanted stands in what was found in its order."""
    rest = iter(found)
    return all(one in rest for one in wanted)


@pytest.mark.parametrize("page", SOUP)
def test_f51_the_text_of_tag_soup_is_that_of_a_browser(page: str) -> None:
    """End tags left out, crossed or without a beginning, stray signs: the words that html5lib shows are read, and no
    others.
    """
    assert words(page) == reference(page) + SAID_BESIDES.get(page, [])


def test_f51_a_line_break_that_is_written_as_an_end_parts_words_in_markdown_too() -> None:
    document = read_document("a.md", b"one</br>two and three<br/>four\n\n<div>five</br>six</div>\n")
    assert document.shadow.split() == ["one", "two", "and", "three", "four", "five", "six"]


@pytest.mark.parametrize(
    "text",
    [
        "one<button>two</button>three", "one<select><option>two</option></select>three", "one<img src=x>two<hr>three",
        "one<textarea>two</textarea>three", "one<input disabled>two three", "one<svg><text>x</text></svg>two three",
    ],
)  # fmt: skip
def test_f51_boxes_and_pictures_part_words_within_markdown_too(text: str) -> None:
    assert read_document("a.md", f"{text}\n".encode()).shadow.split() == ["one", "two", "three"]


@pytest.mark.parametrize(
    "icon",
    [
        "<svg><title>x</title><g><path d='M1'/></g></svg>", "<svg><path d='M1'></svg>",
        "<template><div>x</div></template>", "<picture><source srcset=a><img src=b></picture>", "<iframe>x</iframe>",
        "<noscript><img src=a></noscript>", "<video><source src=a></video>", "<link rel=x><meta name=y>",
        "<svg><text>x</text><desc><g>y</g></desc></svg>", "<math><mrow><mi>x</mi></mrow></math>",
    ],
)  # fmt: skip
def test_f51_a_sentence_goes_on_behind_a_picture(icon: str) -> None:
    """An icon is made of many elements, none of which begins a line: the words around them stand in one sentence."""
    (block,) = read_document("a.html", f"<p>We keep <a href='x'>names{icon}</a> for two years.</p>".encode()).blocks
    assert len(block.links) == 1
    assert words(f"<p>We keep names {icon} for two years.</p>") == ["We", "keep", "names", "for", "two", "years"]


@pytest.mark.parametrize("text", ["<b>on</b>e", "o<label>n</label>e", "on<span data-x>e</span>", "<kbd>o</kbd>ne"])
def test_f51_no_word_is_parted_by_what_stands_within_it(text: str) -> None:
    assert words(f"<p>{text}</p>") == ["one"]
    assert read_document("a.md", f"{text}\n".encode()).shadow == "one"


def test_f51_a_line_of_its_own_by_style_parts_words() -> None:
    assert words("<p><span style='display: block'>one</span>two<b style='color: red'>s</b>") == ["one", "twos"]


PIECES = ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>",
          "</table>",
          "<a href='x'>", "</a>", "<h2>", "</h2>", "<br>", "<!-- c -->", " word ", "other", "&amp;", "<span hidden>",
          "</span>", "<svg>", "</svg>", "<script>s</script>", "</br>", "</li>", "</td>"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_f51_no_word_of_any_soup_is_lost_in_silence(pieces: list[str]) -> None:
    """The same for any order of tags: a word that html5lib shows is read, or the page is told to be broken."""
    page = "".join(pieces)
    wanted = reference(page)
    try:
        document = read_document("a.html", page.encode())
    except InputError:
        return
    got = re.findall(r"\w+", document.shadow)
    if "<t" in page or "hidden" in page:
        # By the standard text between cells moves before the table, and cells outside of one go: words become one.
        # And so they do where what is hidden stands in a word.
        got, wanted = list("".join(got)), list("".join(wanted))
    assert holds(got, wanted) or document.problems, (wanted, got)


@pytest.mark.parametrize("times", [300, DEEPEST + 1, 100_000])
@pytest.mark.parametrize("closed", [True, False])
def test_f52_text_below_many_tags_is_read(times: int, closed: bool) -> None:
    """Parsers drop the text below 256 levels, or take minutes: here it is read, and where the depth is beyond what is
    parsed the page is told to be incomplete.
    """
    page = "<div>" * times + f"<p>{TEXT}</p>" + "</div>" * times * closed
    assert words(page) == re.findall(r"\w+", TEXT)
    assert codes(page) == (["html-depth"] if times > DEEPEST else [])


REPEATED = ["<a ", "<a b='", "<a \"'\" ", "<div>", "<p>x", "<ul><li>x", "<table><tr><td>", "<b><i>", "<!--", "<",
            "</", "<?", "&", "&#1", "</p></x>", "<svg>", "<a href=x>y ", "<![CDATA[", "<h1>x</h1>y",
]  # fmt: skip
MARKED = [
    "*a ",
    "[a ",
    "[a](b ",
    "> ",
    "`a ",
    "![a](<b ",
    "<a href='",
    "a**b_c",
    "|x",
    "- a\n  ",
    "[a]: b\n",
    "<div>\n\n",
    "<i hidden>a ",
    "<a b='c' hidden ",
    "`a` <i hidden>b</i> ",
    "<b><i></u><s></s>a ",
]


def work(name: str, text: str) -> int:
    """The calls that reading a text takes in the interpreter, which is the same on every machine."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:  # noqa: ARG001
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        read_document(name, text.encode())
    except InputError:
        pass
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    ("name", "piece"), [*(("a.html", one) for one in REPEATED), *(("a.md", one) for one in MARKED)]
)
def test_f52_twice_the_markup_is_at_most_about_twice_the_work(name: str, piece: str) -> None:
    """A piece of markup over and over: the steps in reading it grow with it, in proportion."""
    once, twice = (work(name, piece * times + f"\n\n{TEXT}") for times in (1500, 3000))
    assert twice < 3 * once + 2000


def test_f52_what_is_kept_of_a_list_does_not_grow_with_the_square_of_its_depth() -> None:
    """Each item of nested lists knows what introduces it: so many of them at most."""
    document = read_document("a.html", ("<ul><li>x" * 300 + f"<p>{TEXT}").encode())
    assert max(len(block.lead_ins) for block in document.blocks) <= 20


def test_f53_the_encoding_is_told_in_the_order_of_the_standard(house: House) -> None:
    """A byte order mark beats a declaration, which beats a guess; a declaration that the bytes belie is told of, and so
    is one that comes too late. `x-user-defined` and `latin1` mean Windows-1252.
    """
    page = "<meta charset={}><p>Größe und Übergröße, fünf Stück.</p>"
    shadow = "Größe und Übergröße, fünf Stück."
    cases = [
        (b"\xef\xbb\xbf" + page.format("windows-1250").encode(), []),
        (page.format("iso-8859-1").encode("cp1252"), []),
        (page.format("x-user-defined").encode("cp1252"), []),
        (page.format("utf-8").encode("cp1252"), ["encoding-guessed"]),
        (b"<!--" + b" " * 5000 + b"-->" + page.format("windows-1252").encode("cp1252"), ["encoding-guessed"]),
        (page.format("utf-16").encode(), []),
        (page.format("no-such-thing").encode(), []),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + f"<p>{shadow}</p>".encode("cp1252"), []),
    ]
    for data, expected in cases:
        document = read_document("a.html", data)
        assert document.shadow == shadow, data[:60]
        assert [problem.code for problem in document.problems] == expected, data[:60]
    house.write("a.html", page.format("utf-8").encode("cp1252"))
    assert "declared to be in utf-8, which it is not" in json.dumps(house.report("a.html"))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<title>Privacy</title><div id="root"></div><script src="app.js"></script>', "save it from a browser"),
        ("<noscript>Please enable scripts.</noscript><div id=app></div><script src=a.js></script>", "save it from a"),
        (
            '<meta http-equiv="refresh" content="0; url=/new"><p>Go on to <a href="/new">here</a>.</p>',
            "leads to another",
        ),
        ("<body></body>", "no readable text"),
    ],
)
def test_f54_a_page_without_its_text_is_not_audited_and_says_what_to_do(house: House, page: str, said: str) -> None:
    """An application that a script fills, and a page that only leads on, hold no notice: not audited (3), with a hint,
    and never twenty missing disclosures.
    """
    house.write("privacy.html", page)
    result = house.check("privacy.html")
    assert result.code == 3
    assert said in result.out
    assert "missing" not in result.out


def test_f54_a_wall_of_consent_is_found_to_be_no_notice(house: House) -> None:
    """A banner that asks for consent is text, if little: the built-in rule for stubs says so."""
    wall = "<p>We value your privacy. We use cookies. <button>Accept all</button> <button>Settings</button></p>"
    house.write("privacy.html", wall)
    report = json.loads(house.run("check", "privacy.html", "--lang", "en", "--format", "json").out)
    verdict = next(one for one in report["documents"][0]["verdicts"] if one["rule"] == "empty-or-stub")
    assert verdict["outcome"] == "found"


def test_f52_the_bound_of_nesting_is_an_option_and_a_key(house: House) -> None:
    """A page that is nested deeper than usual can be read as a whole, or the bound be narrower."""
    house.write("notice.html", f"<div><div><div><p>{PLAIN}</p><p>{COMPLAINT}</p></div></div></div>")
    assert house.report("notice.html")["summary"]["incomplete"] == 0
    found = house.report("notice.html", "--max-depth", "2")
    assert [problem["code"] for problem in found["documents"][0]["problems"]] == ["html-depth"]
    assert found["summary"]["exit_code"] == 3
    house.write("privaudit.yaml", "overrides:\n  - paths: [notice.html]\n    max_depth: 2\n")
    assert house.report("notice.html")["documents"] == found["documents"]
