"""Against repositories made with the real command; what fails must say so, and never look like "nothing changed"."""

import os
import re
from pathlib import Path

import pytest

from privaudit.errors import UsageError
from privaudit.git import ChangedFile, ChangeKind, find_repository, split_revision
from tests.unit.repositories import Made, isolate

ADDED, MODIFIED, RENAMED = ChangeKind.ADDED, ChangeKind.MODIFIED, ChangeKind.RENAMED
DELETED, UNTRACKED, REPOSITORY = ChangeKind.DELETED, ChangeKind.UNTRACKED, ChangeKind.REPOSITORY
TEXT = "".join(f"Line {number} of a notice that stays long enough to be known again.\n" for number in range(20))
NAMES = [
    "plain.md", "with space.md", "quo\"te's.md", "tab\tand\nnewline.md", "påskägg-…-通知.md", "-dash.md", ":colon.md",
    ":(top)magic.md", "*.md", "back\\slash.md", "deep/er/a b.md", os.fsdecode(b"latin-\xe9.md"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "notices")


def refused(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(UsageError) as caught:
        call(*arguments)
    said = str(caught.value)
    assert "\n" not in said.replace("\\n", "")
    return said


@pytest.mark.parametrize(
    ("argument", "parts"),
    [
        ("HEAD:a.md", ("HEAD", "a.md")),
        ("origin/main:a:b.md", ("origin/main", "a:b.md")),
        ("HEAD@{2026-01-01 12:00}:a.md", ("HEAD@{2026-01-01 12:00}", "a.md")),
        ("HEAD^{/fix: it}:a.md", ("HEAD^{/fix: it}", "a.md")),
        (":a.md", ("", "a.md")),
        ("HEAD:", ("HEAD", "")),
        ("a.md", None),
        ("HEAD@{1:2", None),
    ],
)
def test_a_colon_parts_revision_and_path(argument: str, parts: tuple[str, str] | None) -> None:
    assert split_revision(argument) == parts


def test_a_repository_is_found_from_a_folder_within(made: Made) -> None:
    made.write("deep/er/a.md", "x")
    assert find_repository(made.folder / "deep" / "er").root == made.folder.resolve()


def test_a_work_tree_and_a_submodule_have_a_file_in_place_of_the_folder(made: Made, tmp_path: Path) -> None:
    commit = made.commit(**{"a.md": "first"})
    made.git("worktree", "add", "--quiet", str(tmp_path / "beside"))
    inner = Made(tmp_path / "inner")
    within = inner.commit(**{"b.md": "second"})
    made.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder), "sub")
    assert (tmp_path / "beside" / ".git").is_file()
    assert (made.folder / "sub" / ".git").is_file()
    assert find_repository(tmp_path / "beside").commit("HEAD") == commit
    assert find_repository(made.folder / "sub").commit("HEAD") == within
    assert find_repository(made.folder / "sub").root == made.folder.resolve() / "sub"


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert refused(find_repository, tmp_path).startswith(f"{tmp_path}: no git repository here or above; ")
    assert refused(find_repository, tmp_path / "gone") == f"{tmp_path / 'gone'}: no such folder"
    (tmp_path / ".git").write_text("gitdir: /nowhere/at/all\n")
    assert "not a git repository: /nowhere/at/all" in refused(find_repository, tmp_path)


def test_a_bare_repository_has_no_files(made: Made, tmp_path: Path) -> None:
    made.commit()
    made.git("clone", "--quiet", "--bare", str(made.folder), str(tmp_path / "bare"))
    assert "without a working tree" in refused(find_repository, tmp_path / "bare")


def test_git_is_not_installed(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(made.folder))
    assert refused(find_repository, made.folder).startswith("git is not installed, or not where PATH looks; ")


def test_somebody_elses_repository(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = refused(find_repository, made.folder)
    assert "belongs to somebody else" in said
    assert "git config --global --add safe.directory" in said


def test_revisions(made: Made) -> None:
    first = made.commit(**{"a.md": "1"})
    made.git("tag", "--annotate", "v1", "--message", "The first")
    second = made.commit(**{"a.md": "2"})
    repository = find_repository(made.folder)
    for revision, commit in (("HEAD", second), ("main", second), ("v1", first), ("HEAD~1", first), (first[:9], first)):
        assert repository.commit(revision) == commit


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("-HEAD", "'-HEAD' is no revision; write a branch, a tag or a commit"),
        ("--all", "'--all' is no revision"),
        ("", "'' is no revision"),
        ("a\0b", "is no revision"),
        ("mian", "no revision 'mian' in this repository; did you mean main?"),
        ("^main", "no revision '^main'"),
        ("main..v1", "a range names two, write one of them"),
        ("HEAD~7", "no revision 'HEAD~7' in this repository; write a branch"),
        ("0" * 40, "no revision '0000"),
        ("HEAD:a.md", "no revision 'HEAD:a.md'"),
        ("release", "did you mean origin/release?"),
        ("a\nb; rm -rf $HOME", "no revision 'a\\nb; rm -rf $HOME'"),
    ],
)
def test_unknown_revisions(made: Made, revision: str, said: str) -> None:
    made.commit(**{"a.md": "1"})
    made.git("tag", "v1")
    made.git("update-ref", "refs/remotes/origin/release", "HEAD")
    assert said in refused(find_repository(made.folder).commit, revision)


def test_a_repository_without_commits(made: Made) -> None:
    assert "which has no commit yet" in refused(find_repository(made.folder).commit, "HEAD")


def test_a_shallow_clone_says_how_to_get_the_rest(made: Made, tmp_path: Path) -> None:
    first = made.commit(**{"a.md": "1"})
    second = made.commit(**{"a.md": "2"})
    made.git("clone", "--quiet", "--depth=1", f"file://{made.folder}", str(tmp_path / "clone"))
    repository = find_repository(tmp_path / "clone")
    assert repository.commit("HEAD") == second
    for revision in ("HEAD~1", first, "v1"):
        said = refused(repository.commit, revision)
        assert "this clone is shallow; fetch its history, e.g. fetch-depth: 0 or git fetch --unshallow" in said


@pytest.mark.parametrize("name", NAMES)
def test_files_of_any_name(made: Made, name: str) -> None:
    text = b"old \xe9 text\r\n\0"
    made.commit(**{name: text})
    made.write(name, "new text, which is longer")
    made.write(f"{name} besides", "x")
    repository = find_repository(made.folder)
    entry = repository.entry("HEAD", name, made.folder)
    assert entry.size == len(text)
    assert repository.read(entry) == text
    difference = repository.difference(repository.commit("HEAD"))
    assert difference.changes == tuple(
        sorted([ChangedFile(MODIFIED, name, name), ChangedFile(UNTRACKED, f"{name} besides")], key=lambda one: one.path)
    )
    assert difference.files == {name}


def test_paths_count_from_the_root_or_with_a_dot_from_the_folder(made: Made) -> None:
    made.commit(**{"a.md": "root", "web/a.md": "web", "web/b.md": "b"})
    repository, web = find_repository(made.folder), made.folder / "web"
    for path, text in (("a.md", b"root"), ("./a.md", b"web"), ("../a.md", b"root"), ("web/b.md", b"b")):
        assert repository.read(repository.entry("HEAD", path, web)) == text
    said = refused(repository.entry, "HEAD", "b.md", web)
    assert said == "HEAD:b.md: paths count from the root of the repository; from this folder write HEAD:./b.md"
    assert "leads out of the repository" in refused(repository.entry, "HEAD", "../../a.md", web)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("web/privcay.md", "no such file in that revision; did you mean HEAD:web/privacy.md?"),
        ("privacy.md", "no such file in that revision; did you mean HEAD:web/privacy.md?"),
        ("/web/privacy.md", "no such file in that revision; did you mean HEAD:web/privacy.md?"),
        ("xyz", "no such file in that revision"),
        ("a\0b", "no such file in that revision"),
        ("", "no such file in that revision"),
        ("web", "is a folder there; name a file in it"),
        ("web/", "is a folder there; name a file in it"),
        ("./", "is a folder there; name a file in it"),
        ("link.md", "is a symbolic link to 'web/privacy.md' there; name that file"),
        ("sub", "is a submodule there; run privaudit in its own folder"),
        ("sub/b.md", "no such file in that revision"),
    ],
)
def test_what_is_no_file(made: Made, path: str, said: str) -> None:
    commit = made.commit()
    made.write("web/privacy.md", "x")
    (made.folder / "link.md").symlink_to("web/privacy.md")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{commit},sub")
    made.git("add", "web", "link.md")
    made.git("commit", "--quiet", "--message", "A link and a submodule")
    repository = find_repository(made.folder)
    assert refused(repository.entry, "HEAD", path, made.folder) == f"HEAD:{path}: {said}"


def test_a_pointer_to_large_file_storage_is_no_text(made: Made) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    made.commit(**{"a.md": pointer})
    repository = find_repository(made.folder)
    entry = repository.entry("HEAD", "a.md", made.folder)
    assert "HEAD:a.md: there is only a pointer to Git LFS" in refused(repository.read, entry)


def test_an_object_that_is_lost_is_an_error(made: Made) -> None:
    made.commit(**{"a.md": "text"})
    repository = find_repository(made.folder)
    entry = repository.entry("HEAD", "a.md", made.folder)
    lost = made.folder / ".git" / "objects" / entry.object[:2] / entry.object[2:]
    lost.unlink()
    assert re.match("git cat-file failed with 128: fatal: ", refused(repository.read, entry))


def test_what_the_working_tree_has_changed(made: Made) -> None:
    made.write(".gitignore", "ignored/\n")
    first = made.commit(
        **{"same.md": "same", "edited.md": "old", "staged.md": "old", "gone.md": "gone", "dropped.md": "here"},
        **{"old name.md": TEXT, "kept.md": "kept"},
    )
    made.git("mv", "old name.md", "new name.md")
    made.write("new name.md", TEXT + "One more line.\n")
    made.commit(**{"later.md": "committed since"})
    made.write("edited.md", "new")
    made.write("staged.md", "new")
    made.git("add", "staged.md")
    made.write("staged.md", "old")
    (made.folder / "gone.md").unlink()
    made.git("rm", "--quiet", "--cached", "dropped.md")
    made.write("ünew/b c.md", "new")
    made.write("ignored/x.md", "ignored")
    difference = find_repository(made.folder).difference(first)
    assert difference.changes == (
        ChangedFile(MODIFIED, "dropped.md", "dropped.md"),
        ChangedFile(MODIFIED, "edited.md", "edited.md"),
        ChangedFile(DELETED, "gone.md", "gone.md"),
        ChangedFile(ADDED, "later.md"),
        ChangedFile(RENAMED, "new name.md", "old name.md"),
        ChangedFile(UNTRACKED, "ünew/b c.md"),
    )
    assert difference.of("same.md") is None
    assert difference.of("staged.md") is None
    assert difference.of("new name.md") == ChangedFile(RENAMED, "new name.md", "old name.md")
    assert difference.of("ignored/x.md") == ChangedFile(UNTRACKED, "ignored/x.md")


def test_nothing_has_changed(made: Made) -> None:
    difference = find_repository(made.folder).difference(made.commit(**{"a.md": "x"}))
    assert difference.changes == ()
    assert difference.of("a.md") is None


def test_a_file_that_became_a_link_is_modified(made: Made) -> None:
    first = made.commit(**{"a.md": "x", "b.md": "y"})
    (made.folder / "a.md").unlink()
    (made.folder / "a.md").symlink_to("b.md")
    assert find_repository(made.folder).difference(first).changes == (ChangedFile(MODIFIED, "a.md", "a.md"),)


def test_a_conflict_is_a_change(made: Made) -> None:
    first = made.commit(**{"a.md": "one\n"})
    made.git("switch", "--quiet", "--create", "other")
    made.commit(**{"a.md": "two\n"})
    made.git("switch", "--quiet", "main")
    made.commit(**{"a.md": "three\n"})
    with pytest.raises(Exception, match="returned non-zero"):
        made.git("merge", "other")
    found = find_repository(made.folder).difference(first).of("a.md")
    assert found == ChangedFile(MODIFIED, "a.md", "a.md")


def test_files_of_other_repositories_are_told_apart(made: Made, tmp_path: Path) -> None:
    inner = Made(tmp_path / "inner")
    inner.commit(**{"b.md": "1"})
    made.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder), "sub")
    first = made.commit()
    Made(made.folder / "nested").commit(**{"c.md": "1"})
    sub = Made(made.folder / "sub")
    sub.commit(**{"b.md": "2"})
    difference = find_repository(made.folder).difference(first)
    assert difference.changes == (ChangedFile(REPOSITORY, "nested"), ChangedFile(REPOSITORY, "sub"))
    assert difference.of("sub/b.md") == ChangedFile(REPOSITORY, "sub/b.md")


def test_settings_and_variables_do_not_change_the_answer(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made.commit(**{"web/a.md": TEXT, "b.md": "x"})
    made.git("mv", "web/a.md", "web/c.md")
    trap = made.write(".git/trap", '#!/bin/sh\ntouch "$0.sprung"\n')
    trap.chmod(0o755)
    made.write(".gitattributes", "*.md diff=trap\n")
    for name, value in (
        ("diff.relative", "true"), ("diff.renames", "false"), ("diff.noprefix", "true"), ("core.quotePath", "true"),
        ("color.ui", "always"), ("core.fsmonitor", str(trap)), ("core.pager", str(trap)), ("diff.external", str(trap)),
        ("diff.trap.command", str(trap)), ("diff.trap.textconv", str(trap)), ("core.hooksPath", str(trap.parent)),
    ):  # fmt: skip
        made.git("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(made.folder / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(made.folder / "elsewhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    difference = find_repository(made.folder / "web").difference(first)
    assert difference.changes == (
        ChangedFile(UNTRACKED, ".gitattributes"),
        ChangedFile(RENAMED, "web/c.md", "web/a.md"),
    )
    assert not Path(f"{trap}.sprung").exists()


def test_names_of_files_within(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write("web/a.md", "x")
    (tmp_path / "way in").symlink_to(made.folder / "web")
    (made.folder / "link.md").symlink_to(tmp_path / "elsewhere.md")
    repository = find_repository(made.folder)
    monkeypatch.chdir(made.folder / "web")
    assert repository.inside(Path("a.md")) == "web/a.md"
    assert repository.inside(tmp_path / "way in" / "a.md") == "web/a.md"
    assert repository.inside(made.folder / "link.md") == "link.md"
    assert repository.inside(tmp_path / "a.md") is None
