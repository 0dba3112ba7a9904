"""What a run is told: the configuration under the command line, and for each path its overrides between."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.config.settings import Configuration, Item, Override, Paths, Plan, Settings
from privaudit.model import Severity
from privaudit.rulepack.schema import Place

HERE = Path("/data/place")
FILE = Place("c.yaml", 3, 1)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: HERE)


def override(pattern: str, **values: Any) -> Override:
    return Override(Paths(HERE, (pattern,)), values, dict.fromkeys(values, FILE))


def plan(values: Mapping[str, Any], *overrides: Override, **told: Any) -> Plan:
    return Plan(Configuration("c.yaml", values, dict.fromkeys(values, FILE), overrides), told)


def test_the_command_line_wins_over_overrides_and_these_over_the_file() -> None:
    made = plan({"lang": "sv", "audience": "SE"}, override("nl/", lang="nl"), override("nl/be/", audience="BE"))
    assert (made.run.lang, made.run.audience) == ("sv", "SE")
    assert (made.of("nl/a.md").lang, made.of("nl/a.md").audience) == ("nl", "SE")
    assert (made.of("nl/be/a.md").lang, made.of("nl/be/a.md").audience) == ("nl", "BE")
    told = plan({"lang": "sv"}, override("nl/", lang="nl"), lang="de", audience=None)
    assert [told.of(path).lang for path in ("a.md", "nl/a.md")] == ["de", "de"]
    assert told.of("a.md").audience is None


def test_origins() -> None:
    made = plan({"lang": "sv"}, override("nl/", encoding="cp1252"), fail_on=(Item("note"),))
    origins = made.of("nl/a.md").origins
    assert origins == {"lang": FILE, "encoding": FILE, "fail_on": Place("--fail-on", 0, 0)}
    assert "encoding" not in made.of("a.md").origins


def test_severities_are_added_up() -> None:
    note, error = ((Item("a"), Severity.NOTE),), ((Item("b"), Severity.ERROR),)
    made = plan({"severity": note}, override("x/", severity=error))
    assert made.of("x/a.md").severity == note + error
    assert made.run.severity == note


def test_later_overrides_win() -> None:
    made = plan({}, override("a/", lang="sv"), override("*.md", lang="nl"))
    assert made.of("a/b.md").lang == "nl"
    assert made.of("a/b.txt").lang == "sv"


def test_what_a_run_names_is_all_there_to_be_checked() -> None:
    made = plan({"severity": ((Item("a"), Severity.NOTE),)}, override("x/", severity=((Item("b"), Severity.NOTE),)))
    assert [item.value for item in made.named()] == ["a", "b"]
    each = plan({}, override("x/", select=(Item("a"),)), select=(Item("b"),))
    assert [[item.value for item in one.select] for one in each.every()] == [["b"]]


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("*.md", "a.md", True),
        ("*.md", "a/b.md", True),
        ("/*.md", "a/b.md", False),
        ("legal/", "legal/a.md", True),
        ("legal/", "web/legal/a.md", True),
        ("legal/", "legal", False),
        ("web/legal", "web/legal/a/b.md", True),
        ("web/legal", "x/web/legal/a.md", False),
        ("**/a.md", "x/y/a.md", True),
        ("legal/**/*.md", "legal/a.md", True),
        ("*.md", "/data/place/a.md", True),
        ("*.md", "/elsewhere/a.md", False),
    ],
)
def test_patterns_are_those_of_gitignore_from_the_folder_of_the_file(pattern: str, path: str, meant: bool) -> None:
    assert Paths(HERE, (pattern,)).match(path) is meant


def test_patterns_may_take_back() -> None:
    paths = Paths(HERE, ("*.md", "!keep.md"))
    assert (paths.match("a.md"), paths.match("keep.md")) == (True, False)


def test_no_pattern_means_every_path() -> None:
    assert Paths(HERE).match("/elsewhere/a.md")
    assert list(Paths(HERE).reach()) == [HERE]


@pytest.mark.parametrize(
    ("pattern", "reach"),
    [
        ("*.md", "."), ("legal/", "."), ("a.md", "."), ("/a.md", "a.md"), ("/legal/", "legal"),
        ("web/legal/", "web/legal"), ("web/*/a.md", "web"), ("**/a.md", "."),
        ("web/l[eo]gal/a.md", "web"), ("web/a\\ b/c.md", "web"),
    ],
)  # fmt: skip
def test_how_far_a_pattern_reaches(pattern: str, reach: str) -> None:
    assert list(Paths(HERE, (pattern,)).reach()) == [HERE / reach]


names = st.sampled_from(["a", "b", "ab", "c.md", "b.md"])
parts = names | st.sampled_from(["*", "**", "?", "[ab]", "*.md", "\\a"])
patterns = st.builds(
    lambda first, middle, last: first + "/".join(middle) + last,
    st.sampled_from(["", "/"]),
    st.lists(parts, min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)


@given(patterns, st.lists(names, min_size=1, max_size=4))
def test_nothing_is_meant_that_lies_out_of_reach(pattern: str, path: list[str]) -> None:
    paths = Paths(HERE, (pattern,))
    if paths.match("/".join(path)):
        assert any(HERE.joinpath(*path).is_relative_to(one) for one in paths.reach())


def test_defaults_need_no_file() -> None:
    assert Plan(Configuration(), {}).of("a.md") == Settings()
