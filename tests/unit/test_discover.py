import errno
import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from privaudit.discover import Filters, discover


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.md", "a.html", "notes.rst", "sub/c.txt", "sub/.hidden/d.md", "sub/skip/e.md", "node_modules/f.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path


def paths(*arguments: str) -> list[str]:
    return [source.path for source in discover(arguments).sources]


def test_a_folder_is_walked_for_notices_sorted_and_without_hidden_and_foreign_folders() -> None:
    assert paths(".") == ["a.html", "b.md", "sub/c.txt", "sub/skip/e.md"]


def test_gitignore_is_obeyed_where_it_stands_and_from_above(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("skip/\n*.html\n")
    (folder / "sub" / ".gitignore").write_text("c.txt\n")
    assert paths(".") == ["b.md"]
    assert paths("sub") == []


def test_a_deeper_gitignore_may_take_back(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.txt\n")
    (folder / "sub" / ".gitignore").write_text("!c.txt\n")
    assert "sub/c.txt" in paths(".")


def test_a_named_file_is_taken_whatever_its_name() -> None:
    found = discover(["notes.rst"]).sources
    assert [(source.path, source.named, source.data) for source in found] == [("notes.rst", True, b"text")]


def test_each_file_once_and_named_wins() -> None:
    found = discover([".", "./b.md", "b.md"]).sources
    assert [(source.path, source.named) for source in found if source.path == "b.md"] == [("b.md", True)]


def test_globs() -> None:
    assert paths("*.md") == ["b.md"]
    assert paths("**/*.txt") == ["sub/c.txt"]
    assert discover(["*.pdf"]).errors == ("*.pdf: no file matches",)


def test_a_path_outside_is_shown_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    assert paths("../b.md") == [(folder / "b.md").as_posix()]


def test_symbolic_links_are_not_followed(folder: Path) -> None:
    (folder / "link.md").symlink_to(folder / "b.md")
    assert "link.md" not in paths(".")
    assert "link.md" in paths("link.md")


def test_no_regular_file_and_too_large(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert [source.problem for source in discover(["pipe.md"]).sources] == ["not a regular file"]
    large = discover(["b.md"], max_bytes=3).sources[0]
    assert large.data is None
    assert "larger than 3 bytes" in large.problem


def test_notices_in_formats_that_are_not_read_are_told_and_other_such_files_are_not(folder: Path) -> None:
    for name in ("privacy.rtf", "sub/Cookie-Policy.DOC", "letter.rtf", "logo.png", "c.pdf", "d.docx", "e.odt"):
        (folder / name).write_text("text")
    found = discover([".", "letter.rtf"])
    assert [(one.path, one.problem.split(";")[0]) for one in found.unreadable] == [
        ("privacy.rtf", "RTF is not read"),
        ("sub/Cookie-Policy.DOC", "an old Word file (.doc) is not read"),
    ]
    assert [source.path for source in found.sources] == [
        "a.html", "b.md", "c.pdf", "d.docx", "e.odt", "letter.rtf", "sub/c.txt", "sub/skip/e.md",
    ]  # fmt: skip
    assert not discover([".", "privacy.rtf"]).unreadable[0].path.startswith("privacy")


def test_a_file_that_a_pattern_includes_counts_as_named_whatever_its_format(folder: Path) -> None:
    (folder / "privacy.rtf").write_text("text")
    found = discover(["."], filters=Filters(include=lambda path: path.endswith(".rtf")))
    assert [(source.path, source.named) for source in found.sources] == [("privacy.rtf", True)]
    assert found.unreadable == ()


def test_filters_hold_for_folders_and_by_force_for_what_is_named() -> None:
    filters = Filters(exclude=lambda name: name.endswith(".html"))
    assert [one.path for one in discover([".", "a.html"], filters=filters).sources] == [
        "a.html", "b.md", "sub/c.txt", "sub/skip/e.md",
    ]  # fmt: skip
    found = discover([".", "a.html", "b.md", "./a.html"], filters=filters._replace(force=True))
    assert [one.path for one in found.sources] == ["b.md", "sub/c.txt", "sub/skip/e.md"]
    assert found.excluded == ("a.html",)
    assert found.errors == ()


def test_what_is_included_counts_as_named_and_nothing_else_is_taken() -> None:
    found = discover(["."], filters=Filters(include=lambda name: name.startswith("sub/")))
    assert [(one.path, one.named) for one in found.sources] == [("sub/c.txt", True), ("sub/skip/e.md", True)]
    assert [one.path for one in discover(["b.md"], filters=Filters(include=lambda _: False)).sources] == ["b.md"]


def test_standard_input_is_shown_like_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sub/new.md", "./sub/new.md", "sub/../sub/new.md", str(folder / "sub/new.md")):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"text")))
        found = discover(["-"], stdin_name=name).sources
        assert [(one.path, one.named, one.data) for one in found] == [("sub/new.md", True, b"text")]


def test_standard_input_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bytes:
        raise IsADirectoryError(errno.EISDIR, "Is a directory")

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=SimpleNamespace(read=fail)))
    found = discover(["-"]).sources
    assert [(one.data, one.problem) for one in found] == [(None, "cannot be read: Is a directory")]


def test_standard_input_is_left_out_by_force_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for force in (False, True):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"text")))
        filters = Filters(exclude=lambda name: name == "x.md", force=force)
        found = discover(["-"], stdin_name="x.md", filters=filters)
        assert (len(found.sources), found.excluded) == ((0, ("x.md",)) if force else (1, ()))
