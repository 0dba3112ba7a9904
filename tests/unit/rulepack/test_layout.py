from pathlib import Path

import pytest

from privaudit.errors import UsageError
from privaudit.rulepack.layout import builtin_folder, layout_of, pack_folders, shown


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    names = (
        "pack.yaml", "shared.yaml", "README.md", "b/two.yaml", "b/one.yml", "a/three.yaml", "a/pack.yaml", ".x.yaml",
        ".git/no.yaml", "words/en/language.yaml", "words/en/rights.yaml", "words/sv/b.yaml", "words/sv/a.yaml",
        "words/any/names.yaml", "words/loose.yaml",
    )  # fmt: skip
    folder = tmp_path / "house"
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("id: x\n")
    return folder


def names(folder: Path, files: tuple[Path, ...]) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in files]


def test_the_files_of_a_pack_are_told_apart_by_where_they_stand(pack: Path) -> None:
    layout = layout_of(pack)
    assert names(pack, layout.pack) == ["pack.yaml"]
    assert names(pack, layout.shared) == ["shared.yaml"]
    assert names(pack, layout.rules) == ["a/pack.yaml", "a/three.yaml", "b/one.yml", "b/two.yaml"]
    assert [(code, names(pack, (file,))) for code, file in layout.languages] == [("en", ["words/en/language.yaml"])]
    assert layout.named
    assert not layout.empty


def test_words_come_with_their_language_in_a_fixed_order(pack: Path) -> None:
    assert [(code, file.name) for code, file in layout_of(pack).words] == [
        ("", "loose.yaml"), ("any", "names.yaml"), ("en", "rights.yaml"), ("sv", "a.yaml"), ("sv", "b.yaml"),
    ]  # fmt: skip


def test_a_single_file_is_a_rule_whatever_its_name(pack: Path) -> None:
    layout = layout_of(pack / "b" / "two.yaml")
    assert layout.rules == (pack / "b" / "two.yaml",)
    assert not layout.named


def test_a_folder_without_pack_yaml_is_a_folder_of_rule_files(pack: Path) -> None:
    layout = layout_of(pack / "b")
    assert names(pack, layout.rules) == ["b/one.yml", "b/two.yaml"]
    assert not layout.named


def test_links_to_folders_are_not_followed(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "four.yaml").write_text("id: four\n")
    (pack / "c").symlink_to(tmp_path / "other")
    assert not any("four" in name for name in names(pack, layout_of(pack).rules))


def test_a_folder_without_yaml_is_empty(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")
    assert layout_of(tmp_path).empty


def test_the_built_in_pack_is_found_and_comes_first(pack: Path) -> None:
    assert (builtin_folder() / "pack.yaml").is_file()
    assert pack_folders([pack]) == (builtin_folder(), pack)
    assert pack_folders([str(pack)], builtin=False) == (pack,)


def test_a_pack_that_is_named_twice_is_loaded_once(pack: Path) -> None:
    assert pack_folders([pack, pack / "b" / "..", builtin_folder()]) == (builtin_folder(), pack)


def test_what_is_no_pack_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such rule pack"):
        pack_folders(["nowhere"])
    with pytest.raises(UsageError, match="holds no rule files"):
        pack_folders([tmp_path])
    with pytest.raises(UsageError, match="no rules are left"):
        pack_folders([], builtin=False)


def test_a_path_is_shown_as_people_write_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert shown(Path("a/../b/c.yaml")) == "b/c.yaml"
    assert shown(tmp_path / "here" / "b" / "c.yaml") == "b/c.yaml"
    assert shown(tmp_path / "hereafter" / "c.yaml") == (tmp_path / "hereafter" / "c.yaml").as_posix()
    assert shown(Path("../c.yaml")) == (tmp_path / "c.yaml").as_posix()
