"""`privaudit parity` from end to end: what is named, what the configuration says, and what is refused."""

import html
import json
from pathlib import Path
from typing import Any

import pytest

from privaudit.cli.main import run

NOTICES = Path(__file__).parents[1] / "parity" / "notices"
RIGHT = ", auf deren Berichtigung und auf deren Löschung"
DANISH = (
    "# Privatlivspolitik\n\n"
    "Vi behandler dine personoplysninger, når du bestiller en vare hos os. Vi gemmer dine oplysninger i fem år "
    "efter købet, fordi bogføringsloven kræver det. Du har ret til at klage til Datatilsynet, og du kan altid "
    "skrive til os på privat@kaapstern.example, hvis du har spørgsmål til vores behandling af dine "
    "oplysninger. Vi videregiver ikke oplysningerne til andre end vores fragtfirma, som skal bruge din adresse "
    "for at levere pakken hjem til dig.\n"
)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules_cache: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", rules_cache)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("en", "de"):
        save(f"{name}.md", (NOTICES / f"{name}.md").read_text(encoding="utf-8"))


def save(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def changed(name: str, old: str, new: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    save(name, text.replace(old, new))


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["parity", *arguments])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return code, captured.out, captured.err


def data_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code, out, _ = call(capsys, *arguments, "--format", "json")
    data: dict[str, Any] = json.loads(out)
    assert data["summary"]["exit_code"] == code
    return data


def test_versions_that_agree(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "en.md", "de.md", "--as-of", "2026-11-26")
    assert (code, err) == (0, "")
    assert "art13-2-d-complaint                ●   ●" in out
    assert "No difference; " in out
    assert "Law as of 2026-11-26 for all; rules: gdpr " in out
    assert "no legal advice" in out


def test_a_right_that_one_version_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    changed("de.md", RIGHT, " und auf deren Löschung")
    code, out, _ = call(capsys, "en.md", "de.md")
    assert code == 1
    lines = [line.strip() for line in out.splitlines()]
    at = lines.index("lacks        art13-2-b-rectification  GDPR Art. 13(2)(b)")
    assert lines[at + 1] == "Right to rectification: present in en; missing in de."
    assert lines[at + 2].startswith('en    37 "You have the right of access')
    assert "de     – missing" in lines
    assert "1 difference; " in out


def test_only_differences(capsys: pytest.CaptureFixture[str]) -> None:
    changed("de.md", "dreißig", "sechzig")
    code, out, _ = call(capsys, "en.md", "de.md", "--quiet")
    assert code == 1
    assert out.startswith("differs      Retention period: 30 days in en; 60 days in de.\n")
    assert "●" not in out


def test_everything(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "en.md", "de.md", "--show-passing")
    assert code == 0
    assert "same         E-mail address: privacy@kaapstern.example in en, de;" in out
    assert "same         art13-2-d-complaint" in out


def test_rules_and_facts_are_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    changed("de.md", RIGHT, " und auf deren Löschung")
    changed("de.md", "dreißig", "sechzig")
    assert call(capsys, "en.md", "de.md", "--ignore", "art13-2-b-rectification")[0] == 1
    both = ("--ignore", "art13-2-b-rectification", "--may-differ", "period,phone")
    assert call(capsys, "en.md", "de.md", *both)[0] == 0
    data = data_of(capsys, "en.md", "de.md", "--select", "art13-2-b-rectification", "--may-differ", "period")
    assert [one["rule"] for one in data["groups"][0]["elements"]] == ["art13-2-b-rectification"]


def test_the_law_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert data_of(capsys, "en.md", "de.md", "--as-of", "2019-06-01")["as_of"] == "2019-06-01"


def test_what_is_accepted_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    changed("de.md", RIGHT, " und auf deren Löschung")
    save(
        "privaudit.yaml",
        "suppressions:\n  - {rule: art13-2-b-rectification, paths: [de.md], reason: agreed with counsel}\n",
    )
    data = data_of(capsys, "en.md", "de.md")
    assert data["summary"] == {"complete": True, "elements": 0, "facts": 0, "accepted": 1, "exit_code": 0}
    _, out, _ = call(capsys, "en.md", "de.md")
    assert "art13-2-b-rectification  GDPR Art. 13(2)(b)  accepted" in out


def test_groups_of_the_configuration(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("en", "de"):
        save(f"app/privacy.{name}.md", Path(f"{name}.md").read_text(encoding="utf-8"))
    changed("app/privacy.de.md", "privacy@kaapstern", "app@kaapstern")
    groups = "parity:\n  - name: Shop\n    files: [de.md, /en.md]\n  - name: App\n    files: app/privacy.*.md\n"
    save("privaudit.yaml", groups)
    data = data_of(capsys)
    names = [(one["name"], [version["path"] for version in one["versions"]]) for one in data["groups"]]
    assert names == [("Shop", ["de.md", "en.md"]), ("App", ["app/privacy.de.md", "app/privacy.en.md"])]
    assert data["summary"]["facts"] == 2
    assert data["summary"]["exit_code"] == 1
    save("privaudit.yaml", f"{groups}    may_differ: e-mail\n")
    assert data_of(capsys)["summary"]["exit_code"] == 0
    # What is named is compared alone, and may differ in nothing but what the command line says.
    data = data_of(capsys, "app/privacy.de.md", "app/privacy.en.md")
    assert [one["name"] for one in data["groups"]] == [None]
    assert data["summary"]["exit_code"] == 1
    Path("app").rename("shop")
    monkeypatch.chdir("shop")
    assert data_of(capsys, "--config", "../privaudit.yaml", "privacy.de.md", "../en.md")["summary"]["facts"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to compare; name two or more language versions of one notice, or list them under parity:"),
        (("en.md",), "en.md: is one file only; name two or more language versions of one notice"),
        (("en.md", "gone.md"), "gone.md: no such file"),
        (("en.md", ""), "an empty name: no such file"),
        (("en.md", "./en.md"), "en.md: is named twice; name two or more"),
        (("en.md", "."), ".: is a folder; name the files in it"),
        (("en.md", "-"), "-: standard input is one text only; name files"),
        (("en.md", "other.md"), "en.md, other.md: all in one language, English (en); name two or more"),
        (("en.md+other.md",), "en.md+other.md: is one version only, of 2 files; name two or more"),
        (("en.md+gone.md", "de.md"), "gone.md: no such file"),
        (("en.md+", "de.md"), "an empty name: no such file"),
        (("en.md+other.md", "de.md", "other.md"), "other.md: is named twice; name two or more"),
        (
            ("en.md+de.md", "other.md"),
            "en.md+de.md, other.md: one version in several languages: en.md in English (en), de.md in German (de); ",
        ),
        (("en.md", "de.md", "--may-differ", "mail"), "--may-differ: unknown kind 'mail'; did you mean e-mail?"),
        (("en.md", "de.md", "--may-differ", "x"), "--may-differ: unknown kind 'x'; known: authority, e-mail, "),
        (("en.md", "de.md", "--format", "sarif"), "--format: unknown format 'sarif'"),
        (
            ("en.md", "de.md", "--format", "json=de.md"),
            "de.md: cannot be written: it was read as de.md; give the output",
        ),
        (("en.md", "de.md", "--as-of", "soon"), "--as-of: 'soon' is no date"),
        (("en.md", "de.md", "--select", "art99"), "--select: 'art99' names no rule"),
        (("en.md", "de.md", "--rules", "gone"), "gone: no such rule pack"),
    ],
)
def test_wrong_use(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    save(
        "other.md",
        "# Privacy notice\n\nWe keep your name, your address and your orders for as long as the law asks us to.\n",
    )
    code, out, err = call(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {said}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ("files: [en.md]", "privaudit.yaml:2: the notice 'Shop' has one file only; name two or more"),
        ("files: [en.md, gone.md]", "privaudit.yaml:2: no file of the notice 'Shop' is meant by 'gone.md'"),
        ("files: [en.md, copy.md]", "privaudit.yaml:2: all in one language, English (en)"),
        ("versions: ['en.md, copy.md']", "privaudit.yaml:2: the notice 'Shop' has one version only, of 2 files"),
        ("versions: [[en.md, gone.md], de.md]", "privaudit.yaml:3: no file of the notice 'Shop' is meant by 'gone.md'"),
        ("versions: [[en.md, de.md], copy.md]", "privaudit.yaml:2: one version in several languages: en.md in English"),
        ("versions: ['*.md', de.md]", "de.md: is named twice"),
        ("versions: []", "privaudit.yaml:3:15: versions is an empty list"),
        ("versions: [[]]", "privaudit.yaml:3:16: a version is an empty list"),
        ("versions: {en: en.md}", "privaudit.yaml:3:15: versions must be a list, not a mapping"),
        (
            "{files: en.md, versions: [de.md]}",
            "privaudit.yaml:2:5: a notice has 'files', each a version, or 'versions', each ",
        ),
    ],
)
def test_wrong_groups(capsys: pytest.CaptureFixture[str], files: str, said: str) -> None:
    save("copy.md", Path("en.md").read_text(encoding="utf-8"))
    files = files.strip("{}").replace(", versions", "\n    versions") if files.startswith("{") else files
    save("privaudit.yaml", f"parity:\n  - name: Shop\n    {files}\n")
    code, out, err = call(capsys)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {said}")
    assert err.count("\n") == 1


def split(name: str) -> None:
    """A notice as two files, of which the second begins with how long data is kept."""
    text = Path(f"{name}.md").read_text(encoding="utf-8")
    first = text.index("\n## ", text.index("\n## ", text.index("\n## ") + 1) + 1)
    save(f"privacy.{name}.md", text[:first])
    save(f"rights.{name}.md", text[first:])


def test_versions_of_several_files_are_read_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    split("en")
    split("de")
    joined = ("privacy.en.md+rights.en.md", "privacy.de.md+rights.de.md")
    assert call(capsys, *joined)[0] == 0
    assert call(capsys, joined[0], "de.md")[0] == 0
    changed("rights.de.md", RIGHT, " und auf deren Löschung")
    changed("rights.de.md", "dreißig", "sechzig")
    code, out, _ = call(capsys, *joined)
    assert code == 1
    assert "    en  privacy.en.md + rights.en.md\n" in out
    assert 'rights.en.md: "You have the right of access' in out
    assert "nearest, rights.de.md, line " in out
    assert "2 differences; " in out
    code, out, _ = call(capsys, *joined, "--format", "markdown")
    assert "- **de**: privacy.de.md + rights.de.md, German" in out
    assert "> en, rights.en.md, line " in out


def test_each_passage_has_its_place_in_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    split("en")
    changed("rights.en.md", "30 days", "60 days")
    data = data_of(capsys, "privacy.en.md+rights.en.md", "de.md")
    assert [[one["path"] for one in version.get("files", ())] for version in data["groups"][0]["versions"]] == [
        ["privacy.en.md", "rights.en.md"],
        [],
    ]
    [group] = data["groups"]
    told = [passage for one in group["elements"] if one["verdicts"][0] for passage in one["verdicts"][0]["evidence"]]
    told += [passage for one in group["facts"] for passage in one["passages"][0]]
    assert {one["path"] for one in told} == {"privacy.en.md", "rights.en.md"}
    for one in told:
        text = Path(one["path"]).read_text(encoding="utf-8")
        assert text[one["start"] : one["end"]] == one["quote"]
        assert text.count("\n", 0, one["start"]) + 1 == one["line"]
    assert all("path" not in passage for one in group["facts"] for passage in one["passages"][1])


def test_versions_of_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    split("en")
    split("de")
    versions = "[privacy.en.md, rights.en.md], '*s.de.md, privacy.de.md'"
    save("privaudit.yaml", f"parity:\n  - name: Shop\n    versions: [{versions}]\n")
    files = [
        [one["path"] for one in version["files"]] for version in data_of(capsys, "--quiet")["groups"][0]["versions"]
    ]
    assert files == [["privacy.en.md", "rights.en.md"], ["rights.de.md", "privacy.de.md"]]
    # A file stands for the notice that it is part of, wherever it is named, and the notice is one version.
    notices = "notices:\n" + "".join(
        f"  - {{name: {name}, files: [privacy.{name}.md, rights.{name}.md]}}\n" for name in ("en", "de")
    )
    save("privaudit.yaml", notices + "parity:\n  - {name: Shop, files: [privacy.de.md, rights.en.md]}\n")
    told = [data_of(capsys)["groups"][0], data_of(capsys, "privacy.de.md", "rights.de.md", "rights.en.md")["groups"][0]]
    for group in told:
        files = [[one["path"] for one in version["files"]] for version in group["versions"]]
        assert files == [["privacy.de.md", "rights.de.md"], ["privacy.en.md", "rights.en.md"]]
    code, _, err = call(capsys, "privacy.de.md", "rights.de.md")
    assert (code, err) == (
        2,
        "error: privacy.de.md, rights.de.md: is one version only, of 2 files; "
        "name two or more language versions of one notice\n",
    )


def test_a_file_of_a_version_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    split("en")
    save("rights.en.md", "")
    code, out, err = call(capsys, "rights.en.md+privacy.en.md", "de.md", "--format", "markdown")
    assert (code, err) == (3, "")
    told = [html.unescape(line.strip()) for line in out.splitlines() if "not read in full" in line]
    assert told == [
        "- not read in full (not-read): rights.en.md: the file is empty",
        "- not read in full (notice-incomplete): "
        "privacy.en.md: rights.en.md of the notice rights.en.md + privacy.en.md could not be read in full",
    ]
    # What stood in it may be said all the same.
    assert "**lacks**" not in out
    assert "| art13-2-d-complaint | – | present |" in out


def test_what_is_accepted_in_a_file_of_a_version(capsys: pytest.CaptureFixture[str]) -> None:
    split("de")
    changed("rights.de.md", RIGHT, " und auf deren Löschung")
    save(
        "privaudit.yaml",
        "suppressions:\n  - {rule: art13-2-b-rectification, paths: [privacy.de.md], reason: agreed with counsel}\n",
    )
    data = data_of(capsys, "en.md", "privacy.de.md+rights.de.md")
    assert data["summary"]["accepted"] == 1
    assert data["summary"]["exit_code"] == 0


def test_a_plus_sign_in_the_name_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("en.md").rename("en+more.md")
    assert call(capsys, "en+more.md", "de.md")[0] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DANISH, "language-uncovered: the rules have no words for Danish"),
        ("", "not-read: the file is empty"),
        ("\x00\x01\x02", "language-unknown"),
    ],
)
def test_a_version_that_cannot_be_read(capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    save("third.md", text)
    code, out, err = call(capsys, "en.md", "third.md")
    assert (code, err) == (3, "")
    assert said in " ".join(out.split())
    assert "Not all of every version could be read" in out
    assert "Nothing could be compared" in out
    # What the others say is compared all the same.
    changed("de.md", RIGHT, " und auf deren Löschung")
    code, out, _ = call(capsys, "en.md", "de.md", "third.md")
    assert code == 3
    assert "1 difference; " in out
    assert "missing in de" in out


def test_a_file_that_nobody_may_read_or_that_is_too_large(capsys: pytest.CaptureFixture[str]) -> None:
    save("privaudit.yaml", "max_bytes: 3000\n")
    code, out, _ = call(capsys, "en.md", "de.md")
    assert code == 3
    assert "larger than 3,000 bytes" in out


def test_the_words_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    changed("de.md", "liest officer@", "liest dsb@")
    save("privaudit.yaml", "redact: true\n")
    code, out, _ = call(
        capsys, "en.md", "de.md", "--format", "json=full.json", "--format", "markdown", "--show-passing"
    )
    assert code == 1
    for text in (out, Path("full.json").read_text(encoding="utf-8")):
        assert "E-mail address" in text or '"kind": "e-mail"' in text
        assert "kaapstern" not in text
        assert "Jansen" not in text


def test_rules_and_facts_of_your_own(capsys: pytest.CaptureFixture[str]) -> None:
    save("pack/words/en/facts.yaml", "language: en\nwords: {unit-day: [sunrises]}\n")
    changed("en.md", "30 days", "30 sunrises")
    assert call(capsys, "en.md", "de.md")[0] == 1
    save(
        "pack/rules/own.yaml",
        "id: own\nkind: practice\nseverity: note\nfind: {any: [kayak-word]}\nwords: {en: {kayak-word: [kayaks]}}\n",
    )
    assert call(capsys, "en.md", "de.md", "--rules", "pack", "--ignore", "own")[0] == 0
    save("pack/words/en/facts.yaml", "language: en\nwords: {unit-day: ['sun(rises']}\n")
    code, out, err = call(capsys, "en.md", "de.md", "--rules", "pack")
    assert (code, out) == (2, "")
    assert "pack/words/en/facts.yaml:2:" in err
    assert "is no pattern" in err


def test_the_same_bytes_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("en.md", "de.md", "--format", "json", "--as-of", "2026-11-26")
    assert call(capsys, *arguments) == call(capsys, *arguments)
