"""The documentation: pages made from data are current, links lead somewhere, and what can be run does what is said."""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from docs.make_rules import FOLDER, pages
from privaudit.rulepack.load import load_rules, pack_folders
from privaudit.rulepack.schema import RuleSet

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "rules/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def ruleset() -> RuleSet:
    return load_rules(pack_folders([]), examples=True)


# -- the pages of the rules


def test_the_pages_of_the_rules_are_current() -> None:
    made = pages(ruleset())
    assert {path.name for path in FOLDER.glob("*.md")} == made.keys(), "run: python docs/make_rules.py"
    stale = [name for name, text in made.items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run: python docs/make_rules.py"


def test_what_the_pages_tell_of_has_a_name_for_readers() -> None:
    told: set[str] = set()
    for rule in ruleset().rules:
        conditions = [rule.present, rule.applies_when, *(line.when for line in rule.stance)]
        conditions += [line.when for line in rule.severity]
        told.update(*(one.concepts() for one in conditions if one))
        if rule.detect:
            told.update(rule.topic)
    assert sorted(told - ruleset().names.keys()) == []


def test_text_of_rules_is_shown_as_it_stands() -> None:
    rule = ruleset().rules[0]._replace(id="x", title="a | b *c* [d](e) <f> _g_ `h` #i", why="1 < 2 & `x`")
    page = pages(ruleset()._replace(rules=(rule,)))["x.md"]
    shown = MarkdownIt("commonmark").render(page)
    assert "<h1>A | b *c* [d](e) &lt;f&gt; _g_ `h` #i</h1>" in shown
    assert "<p>1 &lt; 2 &amp; `x`</p>" in shown


# -- links


def links(path: Path) -> Iterator[str]:
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8")):
        for child in token.children or ():
            target = child.attrGet("href") if child.type == "link_open" else child.attrGet("src")
            if target is not None:
                yield str(target)


@functools.cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors that GitHub gives to the headings of a page."""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    headings = [tokens[index + 1] for index, token in enumerate(tokens) if token.type == "heading_open"]
    found: set[str] = set()
    seen: Counter[str] = Counter()
    for heading in headings:
        text = "".join(child.content for child in heading.children or ())
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return frozenset(found)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    lost = []
    for link in links(path):
        target, _, anchor = unquote(link).partition("#")
        if re.match("[a-z]+:", link):
            continue
        file = path.parent / target if target else path
        if not file.exists() or (anchor and anchor not in anchors(file.resolve())):
            lost.append(link)
    assert lost == []
