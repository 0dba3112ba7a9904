"""The documentation: pages made from data are current, links lead somewhere, and what can be run does what is said."""

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from typer.core import TyperGroup
from typer.main import get_command

from docs.make_rules import FOLDER, pages
from privaudit.cli.main import build
from privaudit.model import Outcome
from privaudit.rulepack.load import load_rules, pack_folders
from privaudit.rulepack.schema import Example, RuleSet

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
    signs = "a | b *c* <d> _e_ `f` #g &amp; $h$"
    rule = ruleset().rules[0]._replace(id="x", title=signs, why="1. Why?", remedy="Say:\n- *this*", references=(signs,))
    texts = (signs, "`f` at [x](https://shop.example) `g`", "# Not a heading\n\n- one\n```\ntwo")
    examples = tuple(
        Example(rule.place, "x", "en", outcome, text) for text, outcome in zip(texts, Outcome, strict=False)
    )
    page = pages(ruleset()._replace(rules=(rule,), examples=examples))["x.md"]
    shown = unescape(MarkdownIt("commonmark").enable("table").render(page))
    assert f"<h1>{signs.capitalize()}</h1>" in shown
    assert f"<td>{signs}</td>" in shown
    assert "<p>1. Why?</p>" in shown
    assert "<p>Say:</p>\n<ul>\n<li>*this*</li>\n</ul>" in shown
    assert f"“{signs}”" in shown
    assert f"<code>{texts[1]}</code>" in shown
    assert f"{texts[2]}\n</code></pre>" in shown


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


def test_the_table_of_contents_has_every_page() -> None:
    folder = ROOT / "docs"
    listed = {(folder / link).resolve() for link in links(folder / "README.md")}
    pages_of_docs = {path.resolve() for path in folder.glob("*.md")} - {(folder / "README.md").resolve()}
    assert sorted(pages_of_docs - listed) == []


# -- the report


def tables(path: Path) -> dict[str, list[list[str]]]:
    """The rows of all tables of a page by the heading above them, each the raw text of its cells."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[index + 1].content
        elif token.type == "tr_open":
            found.setdefault(heading, []).append([])
        elif token.type in ("td_open", "th_open"):
            found[heading][-1].append(tokens[index + 1].content)
    return found


def properties(name: str) -> set[str]:
    """The keys of an object of the report by its schema."""
    schema = json.loads(files("privaudit").joinpath("schemas", "report.json").read_text(encoding="utf-8"))
    definitions = {"rules": "rule", "documents": "document", "problems": "problem", "verdicts": "verdict"}
    node = schema if name == "The report" else schema["$defs"].get(definitions.get(name, name))
    if node is None:
        holders = (schema, *schema["$defs"].values())
        node = next(one["properties"][name] for one in holders if name in one.get("properties", {}))
    return set(node.get("items", node)["properties"])


def test_every_key_of_a_report_is_described_where_it_stands() -> None:
    sections = tables(ROOT / "docs" / "report.md")
    names = [
        *("The report", "`tool`", "`packs`", "`rules`", "`summary`", "`skipped`", "`configuration`", "`stale`"),
        *("`documents`", "`language`", "`problems`", "`verdicts`", "`evidence`", "`grade`", "`near_misses`"),
    ]
    assert list(sections) == names
    for name in names:
        rows = sections[name]
        end = next((index for index, row in enumerate(rows[1:], 1) if not row[0].startswith("`")), len(rows))
        told = {key for row in rows[1:end] for key in re.findall("`([^`]+)`", row[0])}
        assert told == properties(name.strip("`")), name


def test_every_outcome_and_problem_is_described() -> None:
    sections = tables(ROOT / "docs" / "report.md")
    told = {key for row in sections["`verdicts`"] for key in re.findall("`([^`]+)`", row[0])}
    assert told >= set(Outcome)
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "privaudit").rglob("*.py"))
    codes = set(re.findall(r'\bProblem\(\s*"([a-z-]+)"', source))
    described = {key for row in sections["`problems`"] for key in re.findall("`([^`]+)`", row[0])}
    assert described == codes | {"code", "message"}
    assert "not-read" in codes


# -- exit codes


def test_every_command_has_its_exit_codes() -> None:
    rows = tables(ROOT / "docs" / "exit-codes.md")["The other commands"][1:]
    told: set[str] = set()
    for row in rows:
        names = re.findall("`([^`]+)`", row[0])
        # "`rules list`, `explain`" names the group once.
        group = names[0].rpartition(" ")[0]
        told.update(f"{group} {name}".strip() if " " not in name else name for name in names)
    app = get_command(build())
    assert isinstance(app, TyperGroup)
    known: set[str] = set()
    for name, command in app.commands.items():
        known.update(f"{name} {one}" for one in command.commands) if isinstance(command, TyperGroup) else known.add(
            name
        )
    assert told == known
