"""Which file holds, what it extends, and what is refused."""

import sys
from pathlib import Path

import pytest

from privaudit.config.find import config_of, find_config, load_config
from privaudit.config.settings import Configuration, Plan
from privaudit.errors import ConfigError, UsageError

TABLE = '[tool.privaudit]\nfail_on = "note"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder two below the root of a repository, itself below one that is none."""
    folder = tmp_path / "repository" / "web" / "legal"
    folder.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str = "fail_on: warning\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def faults(given: str | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_config(given, False)
    return [str(fault) for fault in caught.value.faults]


def fail_on(configuration: Configuration) -> list[str]:
    return [item.value for item in configuration.values.get("fail_on", ())]


# -- which file


def test_without_any_there_is_none(here: Path) -> None:
    assert find_config(here) is None
    assert load_config(None, False) == Configuration()


def test_the_order_within_a_folder(here: Path) -> None:
    for name in ("pyproject.toml", "privaudit.yaml", ".privaudit.yaml"):
        write(here / name, TABLE if name == "pyproject.toml" else "fail_on: note\n")
        assert find_config(here) == here / name
        assert config_of(here) == here / name


def test_a_project_that_only_depends_on_privaudit_is_not_read_as_toml(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here / "pyproject.toml", '[project]\ndependencies = ["privaudit"]\n[tool.other]\nprivaudit = 1\n')
    monkeypatch.setitem(sys.modules, "privaudit.config.toml", None)
    assert config_of(here) is None


@pytest.mark.parametrize("above", [0, 1, 2])
def test_the_nearest_up_to_the_root_of_the_repository(here: Path, above: int) -> None:
    folders = (here, *here.parents)
    for folder in folders[above:4]:
        write(folder / "privaudit.yaml")
    assert find_config(here) == folders[above] / "privaudit.yaml"


def test_none_above_the_root_or_without_a_repository(here: Path) -> None:
    write(here.parents[2] / "privaudit.yaml")
    assert find_config(here) is None
    write(here.parent / "privaudit.yaml")
    (here.parents[1] / ".git").rmdir()
    assert find_config(here) is None


def test_the_root_may_be_marked_by_a_file(here: Path) -> None:
    write(here.parents[1] / "privaudit.yaml")
    write(here.parent / ".git", "gitdir: elsewhere\n")
    assert find_config(here) is None


def test_a_project_without_the_table_is_passed_over(here: Path) -> None:
    write(here / "pyproject.toml", '[project]\nname = "privaudit-user"\n')
    write(here.parent / "pyproject.toml", TABLE)
    assert find_config(here) == here.parent / "pyproject.toml"


def test_a_folder_of_that_name_is_no_configuration(here: Path) -> None:
    (here / "privaudit.yaml").mkdir()
    assert find_config(here) is None


@pytest.mark.parametrize("name", [".privaudit.yml", "privaudit.yml"])
def test_a_name_that_would_be_passed_over_is_told(here: Path, name: str) -> None:
    write(here / name)
    assert faults() == [f"{name}: is not read; name it {name[:-4]}.yaml"]
    write(here / "privaudit.yaml")
    assert fail_on(load_config(None, False)) == ["warning"]


# -- the one that is named


def test_a_named_one_wins_and_isolation_reads_none(here: Path) -> None:
    write(here / "privaudit.yaml")
    write(here / "other.yaml", "fail_on: note\n")
    write(here / "other.toml", TABLE)
    assert fail_on(load_config("other.yaml", False)) == ["note"]
    assert fail_on(load_config("other.toml", False)) == ["note"]
    assert load_config(None, True) == Configuration()
    with pytest.raises(UsageError, match="contradict"):
        load_config("other.yaml", True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nowhere.yaml", "--config: 'nowhere.yaml' is no file that there is"),
        (".", "--config: '.' is a folder or no regular file"),
        ("", "--config: '' is"),
        ("a\0b", "is no file that there is"),
        ("x" * 5000, "is no file that there is"),
    ],
)
def test_a_named_one_that_is_no_file(given: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(given, False)
    assert told in str(caught.value)


def test_a_project_file_named_without_the_table(here: Path) -> None:
    for text in ('[project]\nname = "x"\n', "tool = 3\n", "[tool.privaudit-other]\n", ""):
        write(here / "pyproject.toml", text)
        assert faults("pyproject.toml") == ["pyproject.toml: has no table [tool.privaudit]"]


def test_paths_in_one_are_relative_to_its_folder(here: Path) -> None:
    write(
        here.parent / "privaudit.yaml",
        "baseline: base.json\nrules: [own/, /abs/pack]\nformats: [json=out/report.json, concise]\n"
        "exclude: legal/drafts/\noverrides: [{paths: legal/sv/, lang: sv}]\n",
    )
    plan = Plan(load_config(None, False), {})
    above = here.parent.as_posix()
    assert plan.run.baseline == f"{above}/base.json"
    assert [one.value for one in plan.run.rules] == [f"{above}/own", "/abs/pack"]
    assert [item.value for item in plan.run.formats] == [f"json={above}/out/report.json", "concise"]
    assert plan.run.exclude is not None
    assert plan.run.exclude.match("drafts/a.md")
    assert not plan.run.exclude.match("legal/drafts/a.md")
    assert (plan.of("sv/a.md").lang, plan.of("a.md").lang) == ("sv", None)
    assert plan.of((here / "sv" / "a.md").as_posix()).lang == "sv"


def test_a_folder_reached_through_a_link_is_the_same(here: Path) -> None:
    write(here / "privaudit.yaml", "overrides: [{paths: sv/, lang: sv}]\n")
    (here.parent / "link").symlink_to(here)
    link = here.parent / "link"
    plan = Plan(load_config(str(link / "privaudit.yaml"), False), {})
    assert plan.of("sv/a.md").lang == "sv"
    assert plan.of(f"{link.as_posix()}/sv/a.md").lang == "sv"


def test_a_link_to_a_configuration_means_paths_from_where_the_link_is(here: Path) -> None:
    write(here.parent / "shared.yaml", "baseline: base.json\n")
    (here / "privaudit.yaml").symlink_to(here.parent / "shared.yaml")
    assert load_config(None, False).values["baseline"] == "base.json"


# -- extends


def test_the_nearer_file_wins_and_some_lists_are_added_up(here: Path) -> None:
    write(
        here / "base.yaml",
        "fail_on: note\nlang: sv\nrules: a\nseverity: {x: note, y: note}\nselect: [x]\n"
        "suppressions: [{rule: x, reason: agreed}]\noverrides: [{paths: a/, lang: de}]\n",
    )
    write(
        here / "privaudit.yaml",
        "extends: base.yaml\nfail_on: error\nrules: b\nseverity: {y: error}\nselect: [y]\n"
        "suppressions: [{rule: y, reason: agreed}]\noverrides: [{paths: a/b/, lang: fr}]\n",
    )
    plan = Plan(load_config(None, False), {})
    settings = plan.run
    assert fail_on(plan.configuration) == ["error"]
    assert settings.lang == "sv"
    assert [one.told for one in settings.rules] == ["base.yaml:3:8", "privaudit.yaml:3:8"]
    assert [one.value for one in settings.rules] == ["a", "b"]
    assert [(item.value, level.value) for item, level in settings.severity] == [
        ("x", "note"),
        ("y", "note"),
        ("y", "error"),
    ]
    assert [item.value for item in settings.select] == ["y"]
    assert [one.rules[0].value for one in settings.suppressions] == ["x", "y"]
    assert [plan.of(path).lang for path in ("c.md", "a/c.md", "a/b/c.md")] == ["sv", "de", "fr"]
    assert settings.origins["lang"].path == "base.yaml"
    assert plan.configuration.path == "privaudit.yaml"


def test_later_ones_win_over_earlier_ones(here: Path) -> None:
    write(here / "a.yaml", "lang: sv\nfail_on: note\n")
    write(here / "b.yaml", "lang: nl\n")
    write(here / "privaudit.yaml", "extends: [a.yaml, b.yaml]\n")
    found = load_config(None, False)
    assert (found.values["lang"], fail_on(found)) == ("nl", ["note"])


def test_a_file_that_two_extend_is_laid_once_below_both(here: Path) -> None:
    write(here / "base.yaml", "lang: sv\nsuppressions: [{rule: x, reason: agreed}]\n")
    write(here / "a.yaml", "extends: base.yaml\nlang: nl\n")
    write(here / "b.yaml", "extends: ./base.yaml\nfail_on: note\n")
    write(here / "privaudit.yaml", "extends: [a.yaml, b.yaml]\n")
    found = load_config(None, False)
    assert found.values["lang"] == "nl"
    assert len(found.values["suppressions"]) == 1


def test_a_project_file_may_extend_and_be_extended(here: Path) -> None:
    write(here / "base.toml", '[tool.privaudit]\nlang = "sv"\nrules = ["own"]\n')
    write(here / "pyproject.toml", '[tool.privaudit]\nextends = "base.toml"\nfail_on = ["note"]\n')
    found = load_config(None, False)
    assert (found.values["lang"], fail_on(found)) == ("sv", ["note"])
    assert [(one.value, one.place.path) for one in found.values["rules"]] == [("own", "base.toml")]
    assert found.origins["lang"].line == 2


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"privaudit.yaml": "extends: privaudit.yaml\n"},
            "'privaudit.yaml' makes a circle: privaudit.yaml extends priv",
        ),
        (
            {
                "privaudit.yaml": "extends: a.yaml\n",
                "a.yaml": "lang: sv\nextends: [sub/../privaudit.yaml]\n",
                "sub/x": "",
            },
            "a.yaml:2:11: 'sub/../privaudit.yaml' makes a circle: privaudit.yaml extends a.yaml extends privaudit.yaml",
        ),
        ({"privaudit.yaml": "extends: gone.yaml\n"}, "privaudit.yaml:1:10: 'gone.yaml' is no file that there is"),
        ({"privaudit.yaml": "extends: .\n"}, "'.' is no file that there is"),
        ({"privaudit.yaml": "extends: https://x.example/a.yaml\n"}, "is on the network, where privaudit reads nothing"),
        ({"privaudit.yaml": "extends: ../../../out.yaml\n", "../../../out.yaml": ""}, "lies outside of the repository"),
        ({"privaudit.yaml": "extends: []\n"}, "privaudit.yaml:1:10: extends is an empty list"),
        ({"privaudit.yaml": "extends: {a: b}\n"}, "extends must be a list, not a mapping"),
    ],
)
def test_what_cannot_be_extended(here: Path, files: dict[str, str], told: str) -> None:
    for name, text in files.items():
        write(here / name, text)
    found = faults()
    assert len(found) == 1
    assert told in found[0]


def test_a_circle_or_an_escape_through_links_is_found(here: Path) -> None:
    write(here / "privaudit.yaml", "extends: link/privaudit.yaml\n")
    (here / "link").symlink_to(here)
    assert "makes a circle" in faults()[0]
    write(here.parents[2] / "out.yaml")
    (here / "inside.yaml").symlink_to(here.parents[2] / "out.yaml")
    write(here / "privaudit.yaml", "extends: inside.yaml\n")
    assert "lies outside of the repository" in faults()[0]


def test_without_a_repository_there_is_no_outside(here: Path) -> None:
    (here.parents[1] / ".git").rmdir()
    write(here.parents[2] / "out.yaml", "lang: sv\n")
    write(here / "privaudit.yaml", "extends: ../../../out.yaml\n")
    assert load_config(None, False).values["lang"] == "sv"


def test_a_long_chain_is_refused_and_many_diamonds_take_no_time(here: Path) -> None:
    for number in range(50):
        write(here / f"{number}.yaml", f"extends: [{number + 1}.yaml, ./{number + 1}.yaml]\n")
    write(here / "50.yaml", "lang: sv\n")
    assert all("is extended over 10 files; extend it directly" in one for one in faults("0.yaml"))
    assert load_config("41.yaml", False).values["lang"] == "sv"


def test_faults_of_all_files_are_told_at_once(here: Path) -> None:
    write(here / "base.yaml", "frmats: json\n")
    write(here / "privaudit.yaml", "extends: base.yaml\nlang: english!\nselct: x\n")
    assert faults() == [
        "privaudit.yaml:2:7: 'english!' is no language code; write two letters, such as en or sv",
        "privaudit.yaml:3:1: unknown key 'selct' in the configuration; did you mean 'select'?",
        "base.yaml:1:1: unknown key 'frmats' in the configuration; did you mean 'formats'?",
    ]


def test_a_file_that_cannot_be_read(here: Path) -> None:
    (here / "privaudit.yaml").write_bytes(b"lang: \xff\n")
    assert "is not UTF-8" in faults()[0]
    (here / "pyproject.toml").write_bytes(b'[tool.privaudit]\nlang = "\xff"\n')
    (here / "privaudit.yaml").unlink()
    assert "is not UTF-8" in faults()[0]


def test_an_empty_file_sets_nothing(here: Path) -> None:
    for text in ("", "# nothing yet\n", "\ufeff\r\n"):
        (here / "privaudit.yaml").write_text(text, newline="")
        found = load_config(None, False)
        assert (found.path, found.values) == ("privaudit.yaml", {})
