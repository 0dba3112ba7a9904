from pathlib import Path

from privaudit.repository import root_of


def test_the_nearest_folder_that_holds_git(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "inner" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "outer" / ".git").mkdir()
    assert root_of(str(inner)) == str(tmp_path / "outer")
    (tmp_path / "outer" / "inner" / ".git").write_text("gitdir: ../modules/inner\n")
    assert root_of(str(inner)) == str(tmp_path / "outer" / "inner")
    assert root_of(str(tmp_path / "outer")) == str(tmp_path / "outer")
