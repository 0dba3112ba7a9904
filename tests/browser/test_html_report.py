"""The HTML report in a browser: filters, links, keyboard, colours, paper."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

VISIBLE = "[...document.querySelectorAll('[data-s]')].filter((one) => !one.closest('.out')).map((one) => one.dataset.s)"
SHEETS = "[...document.querySelectorAll('.document')].filter((one) => one.checkVisibility()).map((one) => one.id)"
IN_VIEW = """(one) => {
  const { top, bottom } = one.getBoundingClientRect();
  const above = document.getElementById('filters').getBoundingClientRect().bottom;
  return top >= above - 1 && bottom <= innerHeight + 1;
}"""
FOCUSED = "[document.activeElement.tagName, document.activeElement.name || document.activeElement.hash || '']"


def opened(page: Page, report: Path, at: str = "") -> Page:
    page.goto(f"{report.as_uri()}{at}")
    return page


def counted(page: Page) -> str:
    return page.locator("output").inner_text()


def only(page: Page, *levels: str) -> None:
    for box in page.locator("[name=level]").all():
        box.set_checked(box.get_attribute("value") in levels)


# -- By itself


def test_nothing_is_loaded_and_nothing_goes_wrong(page: Page, many: Path) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    opened(page, many)
    only(page, "error")
    page.locator(".quotes a:visible").first.click()
    page.locator("button[type=reset]").click()
    assert (said, asked) == ([], [many.as_uri()])


def test_without_scripts_everything_is_shown(browser: Browser, many: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context.new_page(), many)
    assert not page.locator("#filters").is_visible()
    assert page.locator("details:not([open])").count() == 0
    assert all(one.is_visible() for one in page.locator("#d1 [data-s]").all())
    context.close()


# -- Filters


def test_levels_are_filtered_and_counted(page: Page, many: Path) -> None:
    opened(page, many)
    every = page.evaluate(VISIBLE)
    assert counted(page) == f"{len(every)} verdicts in 9 documents"
    only(page, "error")
    left = page.evaluate(VISIBLE)
    assert set(left) == {"error"}
    assert len(left) == every.count("error")
    shown = page.evaluate(SHEETS)
    assert counted(page) == f"{len(left)} of {len(every)} verdicts in {len(shown)} of 9 documents"
    assert page.locator("output").get_attribute("aria-live") == "polite"
    own = page.locator("#d2 .part:visible [data-s=error]").count()
    assert page.locator("#d2 h3:visible").first.text_content() == f"Findings {own} of 19"
    # The one that was not read stays, whatever is filtered; a clean one goes, in the tables, too.
    assert "d9" in shown
    assert "d1" not in shown
    assert not page.locator("#documents [data-d=d1]").is_visible()
    assert not page.locator("#matrix [data-d=d1]").is_visible()


def test_rules_are_filtered_alone_and_by_kind(page: Page, many: Path) -> None:
    opened(page, many)
    chosen = page.locator("[name=rule]")
    chosen.select_option(label="Storage period")
    assert counted(page).startswith("8 of ")
    number = chosen.input_value()
    ids = f"{VISIBLE.replace('one.dataset.s)', 'one.dataset.r)')}"
    assert set(page.evaluate(ids)) == {number}
    assert page.locator("#matrix thead [data-r]:visible").count() == 1
    chosen.select_option("practice")
    of_kind = page.locator("optgroup[data-kind=practice] option").evaluate_all("(some) => some.map((one) => one.value)")
    assert set(page.evaluate(ids)) == set(of_kind)


def test_languages_are_filtered(page: Page, many: Path) -> None:
    opened(page, many)
    page.locator("[name=language]").select_option("sv")
    assert counted(page).endswith("in 1 of 9 documents")
    assert page.locator(f"#{page.evaluate(SHEETS)[0]} h2").text_content() == "samples/webbutik.sv.md"


def test_what_is_filtered_out_is_not_highlighted(page: Page, single: Path) -> None:
    opened(page, single)
    only(page, "error")
    lit = page.locator("mark[data-e]:not(.off)").evaluate_all("(some) => some.map((one) => one.dataset.e).join(' ')")
    assert "d1v1e1" in lit
    assert page.locator(".ref:visible").evaluate_all("(some) => some.map((one) => one.hash)") == ["#d1v1e1"]


def test_everything_comes_back(page: Page, many: Path) -> None:
    opened(page, many)
    before = counted(page)
    only(page)
    page.locator("[name=language]").select_option("nl")
    assert counted(page).startswith("0 of ")
    page.locator("button[type=reset]").press("Enter")
    page.wait_for_function(f"document.querySelector('output').value === '{before}'")
    assert page.locator("[name=level]:checked").count() == 5
    assert page.locator(".out").count() == 0


# -- Links


def test_a_passage_is_found_in_the_text_and_its_verdict_from_there(page: Page, single: Path) -> None:
    opened(page, single)
    page.locator("#d1v1e1 a").click()
    there = page.locator("#d1v1e1t")
    assert there.evaluate(IN_VIEW)
    assert "Privacy Shield" in "".join(page.locator("mark.lit").all_text_contents())
    there.click()
    assert page.evaluate("location.hash") == "#d1v1e1"
    assert page.locator("#d1v1e1").evaluate(IN_VIEW)


def test_a_cell_leads_to_its_verdict_even_where_that_is_filtered_out_or_folded(page: Page, many: Path) -> None:
    opened(page, many)
    folded = page.locator("#d1 details li").last
    name = folded.get_attribute("id")
    assert not folded.is_visible()
    only(page, "error")
    page.evaluate(f"location.hash = '{name}'")
    folded.wait_for(state="visible")
    assert folded.evaluate(IN_VIEW)
    assert page.locator(".out").count() == 0


def test_an_address_with_a_place_opens_there(page: Page, many: Path) -> None:
    opened(page, many, "#d7v1")
    # A browser goes there when it has laid out the page, which takes a moment.
    assert page.wait_for_function(f"({IN_VIEW})(document.getElementById('d7v1'))")


# -- Keyboard


def test_controls_are_reached_in_the_order_in_which_they_stand(page: Page, many: Path) -> None:
    opened(page, many)
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(tuple(page.evaluate(FOCUSED)))
        if reached[-1][0] == "BUTTON":
            break
    assert reached[0] == ("A", "#content")
    controls = [one for one in reached if one[0] != "A"]
    assert controls == [*[("INPUT", "level")] * 5, ("SELECT", "rule"), ("SELECT", "language"), ("BUTTON", "")]


def test_the_first_link_skips_to_the_report(page: Page, many: Path) -> None:
    opened(page, many)
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("(one) => one.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_filters_work_from_the_keyboard(page: Page, many: Path) -> None:
    opened(page, many)
    before = counted(page)
    page.locator("[value=none]").focus()
    page.keyboard.press("Space")
    assert counted(page) != before
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert "0 of" not in counted(page)
    assert page.locator("[name=rule]").input_value() == "disclosure"


def test_what_has_the_focus_is_outlined(page: Page, single: Path) -> None:
    opened(page, single)
    page.locator("[value=none]").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, page.evaluate(FOCUSED)


# -- Colours and sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("many", 1280), ("single", 380)])
def test_axe_finds_no_fault(
    browser: Browser, request: pytest.FixtureRequest, name: str, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = opened(context.new_page(), request.getfixturevalue(name))
    # Three documents are as good as all, and take a third of the time.
    page.evaluate("document.querySelectorAll('.document:not(#d1, #d7, #d9)').forEach((one) => one.remove())")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(
        "document.querySelectorAll('.document').forEach((one) => { one.style.contentVisibility = 'visible'; })"
    )
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    context.close()
    faults = [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"][:3]]
    assert faults == []
    assert any(one["id"] == "color-contrast" for one in found["passes"])


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_colours_are_those_that_the_reader_likes(browser: Browser, single: Path, scheme: Any, is_dark: bool) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = opened(context.new_page(), single)
    color = page.evaluate("getComputedStyle(document.querySelector('main > section')).backgroundColor")
    context.close()
    assert (sum(map(int, color.strip("rgb()").split(","))) < 3 * 64) is is_dark


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_the_page_is_never_wider_than_the_window(browser: Browser, many: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = opened(context.new_page(), many)
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert beyond == 0


# -- Paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_shows_everything_in_light_colours_and_no_controls(browser: Browser, many: Path, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = opened(context.new_page(), many)
    only(page, "error")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not any(one.is_visible() for one in page.locator("#filters, nav, .skip, .left, summary").all())
    hidden = "[...document.querySelectorAll('[data-s], .ref, mark, #rules tr')].filter((one) => !one.checkVisibility())"
    assert page.evaluate(f"{hidden}.length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).color") == "rgb(29, 35, 41)"
    cut = "[...document.querySelectorAll('.paper')].filter((one) => one.scrollHeight > one.clientHeight + 2).length"
    assert page.evaluate(cut) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#rules details").evaluate("(one) => one.open") is False
    context.close()


def test_paper_unfolds_without_scripts_that_hear_of_it(page: Page, single: Path) -> None:
    opened(page, single)
    page.emulate_media(media="print")
    assert page.locator("#rules details").evaluate("(one) => one.open") is False
    assert page.locator("#rules td").first.evaluate("(one) => one.checkVisibility() && one.clientHeight > 0")
