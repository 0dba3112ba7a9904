"""The page on a corpus: nothing is loaded, nothing is refused, and everybody can read it."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from privaudit.corpus.rows import Result
from privaudit.corpus.show import rendered
from privaudit.corpus.summary import summary_of
from privaudit.corpus.tally import Tally
from privaudit.model import Kind, PackInfo, Status
from privaudit.render.view import View
from privaudit.rulepack.schema import Place, Rule

TITLES = {"complaint": Kind.DISCLOSURE, "retention": Kind.DISCLOSURE, "shield": Kind.OUTDATED, "fee": Kind.PRACTICE}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tally = Tally()
    for status, language, outcome in (
        (Status.AUDITED, "en", "missing"),
        (Status.AUDITED, "sv", "partial"),
        (Status.AUDITED, "en", "present"),
        (Status.PARTIAL, "en", "missing"),
        (Status.NOT_AUDITED, None, "inconclusive"),
    ):
        shield = ("outdated", "shield", "relied-on")
        tally.add(Result((), status, language, (("disclosure", "complaint", outcome), shield)))
    tally.damage = ["crawl/a.jsonl.gz: is cut short"]
    rules = [Rule(name, f"about {name}", kind, Place("p", 1, 1), (), "", "", ()) for name, kind in TITLES.items()]
    packs = (PackInfo("gdpr", "1", "2026-01-01"),)
    summary = summary_of(tally, rules, version="1", packs=packs, as_of="2026-01-02", output="findings")
    path = tmp_path_factory.mktemp("corpus") / "corpus.html"
    path.write_text(rendered("html", summary, View()), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 380])
def test_axe_finds_no_fault_and_the_policy_refuses_nothing(
    browser: Browser, page_file: Path, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()
    assert [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"][:3]] == []
    assert (said, asked, fits) == ([], [page_file.as_uri()], True)


def test_bars_are_as_long_as_their_shares(browser: Browser, page_file: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(page_file.as_uri())
    widths = page.evaluate(
        "[...document.querySelector('#disclosure tbody svg').querySelectorAll('rect')]"
        ".map((one) => one.getBoundingClientRect().width)"
    )
    fill = page.evaluate("getComputedStyle(document.querySelector('.bar-missing')).fill")
    page.close()
    ground, *pieces = widths
    assert [round(piece / ground, 2) for piece in pieces] == [0.33, 0.33, 0.33]
    assert fill == "rgb(156, 22, 34)"
