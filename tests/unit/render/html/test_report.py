"""The HTML report, read by a parser that is not ours."""

import base64
import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privaudit.document import BlockKind, LanguageGuess, Problem
from privaudit.model import BaselineEntry, NearMiss, Outcome, Report, Severity, Skipped, State, Status, Verdict
from privaudit.pane import PaneBlock, Run
from privaudit.render import RENDERERS
from privaudit.render.view import View
from privaudit.report import configuration_report
from tests.unit.render.reports import document, missing, passage, present, relied_on, report

HOSTILE = [
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "</q></article><h1>Owned</h1><!--",
    "&lt;b&gt; \x1b[31m \u202e \x00 \u2028 ]]>",
]


def a_report(text: str = "We rely on it.", path: str = "docs/privacy.md", language: str = "sv") -> Report:
    """One of everything that a report can say, with a text of the document wherever one can stand."""
    one = document(
        missing(message=text, because=text, near_misses=(NearMiss(passage(text, 8), (text,)),)),
        relied_on(passage(text, 3), passage("Twice.", 20, state=State.BASELINED, justification=text)),
        relied_on(passage("Accepted.", 4), rule="old-rule", state=State.SUPPRESSED, justification=text),
        missing("note-rule", Severity.NOTE, message="A note."),
        Verdict("odd-rule", missing().kind, Outcome.INCONCLUSIVE, "Could not be judged.", "", because=text),
        Verdict("far-rule", missing().kind, Outcome.NOT_APPLICABLE, "Does not apply.", "", because=text),
        Verdict("gone-rule", missing().kind, Outcome.ABSENT, text, "", because=text),
        present(passage("We keep it.", 9)),
        path=path,
        language=LanguageGuess(language, 0.9, "detected"),
        problems=(Problem("language-uncovered", text),),
        status=Status.PARTIAL,
    )
    unread = document(path=f"{path}.bin", status=Status.NOT_AUDITED, problems=(Problem("not-read", text),))
    own = configuration_report("privaudit.yaml", (missing("suppression-unused", Severity.WARNING, message=text),))
    return report(
        one,
        unread,
        errors=(f"gone.md: {text}",),
        skipped=(Skipped(f"{path}.old", text),),
        stale=(BaselineEntry(path, "a-rule", "f", text),),
        configuration=(own,),
    )


def text_view(text: str = "We rely on it.", path: str = "docs/privacy.md") -> View:
    """A text of the document with everything that a block can be, at the offsets of `passage`."""
    blocks = [
        PaneBlock(kind, (Run(text, 100, 100 + len(text)),), hidden=kind is BlockKind.PARAGRAPH, group=number)
        for number, kind in enumerate(BlockKind)
    ]
    return View(panes={path: (*blocks, PaneBlock(BlockKind.PARAGRAPH, (Run("Fin.", 900, 904),), language="fi"))})


def rendered(one: Report | None = None, view: View | None = None) -> str:
    return RENDERERS["html"](one or a_report(), view or text_view())


def parsed(page: str) -> Element:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert isinstance(tree, Element)
    return tree


def elements(tree: Element, tag: str | None = None) -> Iterator[Element]:
    return (one for one in tree.iter(tag) if isinstance(one.tag, str))


def by_id(tree: Element, name: str) -> Element:
    (found,) = (one for one in elements(tree) if one.get("id") == name)
    return found


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def structure(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes, and what links and classes say."""
    return [
        (
            str(one.tag),
            tuple(f"{name}={value}" if name in {"href", "class", "id"} else name for name, value in one.items()),
        )
        for one in elements(parsed(page))
    ]


# -- Nothing from elsewhere, nothing of a document as markup


def test_the_policy_of_the_page_allows_its_own_style_and_script_alone() -> None:
    tree = parsed(rendered())
    (policy,) = (one.get("content", "") for one in elements(tree, "meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (element,) = elements(tree, tag)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}';" in policy
        assert not element.keys()


def test_no_element_loads_anything_and_all_links_stay_on_the_page() -> None:
    tree = parsed(rendered())
    assert not {"link", "img", "iframe", "object", "base", "embed"} & {str(one.tag) for one in elements(tree)}
    assert not {"src", "srcset", "style", "action"} & {name for one in elements(tree) for name, _ in one.items()}
    names = [name for one in elements(tree) if (name := one.get("id"))]
    assert len(names) == len(set(names))
    links = [one.get("href", "") for one in elements(tree, "a")]
    assert links
    assert all(link[0] == "#" and link[1:] in names for link in links)
    assert not re.search(r"url\(|@import", rendered())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    page = rendered(a_report(text, path=text), text_view(text, path=text))
    assert structure(page) == structure(rendered())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]", page)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30))
def test_text_never_changes_the_page(text: str) -> None:
    # As long as the shortest text that the other passages of the report lie in.
    padded = f"a{text}".ljust(20, "x")
    assert structure(rendered(a_report(padded), text_view(padded))) == structure(rendered())


@pytest.mark.parametrize("code", ['en" onclick="x', "en><b>", "x" * 9])
def test_a_language_that_is_none_is_no_attribute(code: str) -> None:
    quotes = list(elements(parsed(rendered(a_report(language=code))), "q"))
    assert {one.get("lang") for one in quotes} == {""}


# -- What it says


def test_the_head_counts_and_names_date_packs_and_tool() -> None:
    summary = report().summary._replace(documents=2, errors=1, suppressed=3, incomplete=1)
    head = said(next(elements(parsed(rendered(report(document(missing()), summary=summary))), "header")))
    for words in ("1 error", "0 warnings", "3 suppressed", "2 documents", "1 not audited in full", "2026-11-22"):
        assert words in head
    assert "house 1.10, legal review of 2026-01-31" in head
    assert "privaudit 1.2.3" in head
    assert "no legal advice" in head


def test_a_verdict_says_everything_that_is_known_of_it() -> None:
    miss = NearMiss(passage("We may keep it.", 8), ("a period", "a criterion"))
    one = missing(because='applies because the text says "x"', near_misses=(miss,))
    article = said(by_id(parsed(rendered(report(document(one)))), "d1v1"))
    for words in (
        "A title",
        "Error",
        "missing",
        "GDPR Art. 13",
        "a-rule",
        "Not disclosed.",
        'Applies because the text says "x"',
    ):
        assert words in article
    assert "Line 8 We may keep it. lacks a period, a criterion" in article
    assert "What to write Say it." in article


def test_accepted_passages_and_findings_say_why() -> None:
    tree = parsed(rendered())
    assert "Line 20 Twice. Accepted, in the baseline: We rely on it." in said(by_id(tree, "d1v2"))
    article = by_id(tree, "d1v4")
    assert article.get("data-s") == "accepted"
    assert "Accepted, suppressed: We rely on it." in said(article)


def test_parts_come_in_the_order_of_their_weight() -> None:
    parts = [said(one) for one in elements(by_id(parsed(rendered()), "d1"), "h3")]
    assert parts == [
        "Findings 3",
        "Accepted findings 1",
        "Inconclusive: could not be judged 1",
        "Present 1",
        "Does not apply 1",
        "Looked for and not found 1",
        "Text of the document",
    ]
    levels = [one.get("data-s") for one in elements(by_id(parsed(rendered()), "d1")) if one.get("data-s")]
    assert levels == ["error", "warning", "note", "accepted", "none", "none", "none", "none"]


def test_what_was_not_read_stands_first_and_at_its_document() -> None:
    tree = parsed(rendered(a_report("It holds no text.")))
    first = next(elements(next(elements(tree, "main")), "section"))
    assert first.get("id") == "unread"
    assert "gone.md: It holds no text." in said(first)
    assert "docs/privacy.md.bin – not audited It holds no text." in said(first)
    assert "This document was not audited. It holds no text." in said(by_id(tree, "d2"))


def test_a_harmless_problem_is_a_remark() -> None:
    guessed = document(missing(), problems=(Problem("encoding-guessed", "read as cp1252"),))
    tree = parsed(rendered(report(guessed)))
    assert not any(one.get("id") == "unread" for one in elements(tree))
    assert "Read as cp1252" in said(by_id(tree, "d1"))


def test_skipped_files_stale_entries_and_the_configuration_are_listed() -> None:
    tree = parsed(rendered(a_report("No notice.")))
    assert "docs/privacy.md.old: No notice." in said(by_id(tree, "skipped"))
    assert "docs/privacy.md: a-rule “No notice.”" in said(by_id(tree, "stale"))
    assert "suppression-unused" in said(by_id(tree, "c1"))


def test_every_rule_is_explained_once() -> None:
    rules = by_id(parsed(rendered(report(document(missing(), present(passage("We keep it.")))))), "rules")
    cells = [[said(cell) for cell in row] for row in elements(rules, "tr")]
    assert cells[1:] == [[f"A title {rule}", "GDPR Art. 13", "why", "fix"] for rule in ("a-rule", "c-rule")]


# -- At a glance


@pytest.mark.parametrize("count", [1, 2, 9])
def test_each_cell_says_its_outcome_and_leads_to_the_verdict(count: int) -> None:
    some = [document(missing(), present(passage("We keep it.")), path=f"{number}.md") for number in range(count)]
    tree = parsed(rendered(report(*some)))
    cells = [(one.get("href"), said(one)) for td in elements(by_id(tree, "matrix"), "td") for one in elements(td, "a")]
    expected = [(f"#d{n}v1", "missing, error") for n in range(1, count + 1)]
    expected += [(f"#d{n}v2", "present") for n in range(1, count + 1)]
    assert sorted(cells) == sorted(expected)
    assert "Not disclosed." in said(by_id(tree, f"d{count}v1"))


def test_rules_that_say_nothing_of_any_document_have_no_column() -> None:
    quiet = Verdict("quiet-rule", relied_on().kind, Outcome.ABSENT, "Not found.", "")
    heads = [said(one) for one in elements(by_id(parsed(rendered(report(document(missing(), quiet)))), "matrix"), "th")]
    assert heads == ["Rule", "Outcome", "A title"]


# -- For everybody


def test_headings_leave_out_no_level_and_tables_name_their_heads() -> None:
    tree = parsed(rendered())
    levels = [int(str(one.tag)[1]) for one in elements(tree) if re.fullmatch(r"h\d", str(one.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(one.get("scope") in {"row", "col"} for one in elements(tree, "th"))


def test_quotes_and_text_carry_the_language_of_the_document() -> None:
    tree = parsed(rendered())
    assert {one.get("lang") for one in elements(tree, "q")} == {"sv"}
    (paper,) = (one for one in elements(tree) if one.get("class") == "paper")
    assert paper.get("lang") == "sv"
    assert [one.get("lang") for one in elements(paper, "p")] == [None, "fi"]
    assert tree.get("lang") == "en-GB"


def test_controls_have_labels() -> None:
    (form,) = elements(parsed(rendered()), "form")
    labelled = {id(control) for label in elements(form, "label") for control in elements(label)}
    controls = [one for tag in ("input", "select") for one in elements(form, tag)]
    assert len(controls) == 7
    assert all(id(one) in labelled for one in controls)


# -- The text


def test_a_passage_leads_to_its_place_in_the_text_and_back() -> None:
    text = "We rely on it."
    one = report(document(relied_on(passage(text)), missing(near_misses=(NearMiss(passage(text), ()),))))
    pane = (PaneBlock(BlockKind.PARAGRAPH, (Run(f"So: {text} Bye.", 96, 115),)),)
    tree = parsed(rendered(one, View(panes={"privacy.md": pane})))
    item = by_id(tree, "d1v2e1")
    (there,) = elements(item, "a")
    back = by_id(tree, (there.get("href") or "")[1:])
    assert (there.get("href"), back.get("href")) == ("#d1v2e1t", "#d1v2e1")
    assert back.get("aria-label") == "2, A title: relied on"
    (paper,) = (one for one in elements(tree) if one.get("class") == "paper")
    (mark,) = elements(paper, "mark")
    assert (said(mark), mark.get("class"), mark.get("data-e")) == (text, "warning", "d1v1n1 d1v2e1")


def test_without_its_text_a_document_says_so_and_no_passage_is_a_link() -> None:
    tree = parsed(rendered(view=View()))
    assert "The text is not shown" in said(by_id(tree, "d1"))
    assert not list(elements(by_id(tree, "d1v2e1"), "a"))
