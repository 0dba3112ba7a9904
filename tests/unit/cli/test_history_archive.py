"""`privaudit history` on a repository such as archives hold: hundreds of commits, moves, merges, encodings, mishaps."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from privaudit.cli.main import run
from tests.unit.repositories import Made

HEAD = (
    "# Integritetspolicy\n\nEkfält AB, Hamngatan 1, 411 06 Göteborg, är personuppgiftsansvarig. Skriv till "
    "dataskydd@ekfalt.example.\n\nVi behandlar namn och adress för att leverera varor som du har beställt hos oss.\n\n"
    "Personuppgifter överförs till USA, där vår leverantör Statly lagrar dem. "
)
HARBOR = f"{HEAD}Statly är anslutet till Safe Harbor-principerna mellan EU och USA.\n"
SHIELD = f"{HEAD}Statly är certifierat enligt EU-US Privacy Shield.\n"
CLAUSES = f"{HEAD}Överföringen sker med stöd av EU-kommissionens standardavtalsklausuler (beslut 2021/914).\n"
FRAMEWORK = f"{HEAD}Statly är certifierat enligt EU-US Data Privacy Framework.\n"
LONG = "En mycket lång rubrik " * 20
RULES = ("--select", "outdated-*", "--select", "mojibake")


class Archive:
    """Commits of given days, handed to git all at once."""

    def __init__(self) -> None:
        self.stream: list[bytes] = []
        self.count = 0

    def commit(self, day: str, *changes: bytes, after: tuple[int, ...] = (), subject: str = "A step") -> int:
        """Adds a commit to the branch; `after` are the commits that it follows, without any the last one."""
        self.count += 1
        branch = b"main" if not after or len(after) > 1 else b"beside"
        seconds = int(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC).timestamp())
        told = subject.encode()
        self.stream.append(
            b"commit refs/heads/%s\nmark :%d\ncommitter C <c@example.org> %d +0000\ndata %d\n%s\n"
            % (branch, self.count, seconds, len(told), told)
        )
        for number, one in enumerate(after):
            self.stream.append(b"%s :%d\n" % (b"merge" if number else b"from", one))
        self.stream += [*changes, b"\n"]
        return self.count

    def noise(self, first: str, count: int, *changes: bytes) -> None:
        """Adds commits, one every three days, that change another file, or make these changes in turn."""
        for number, day in enumerate(_days(first, count)):
            self.commit(day, changes[number % len(changes)] if changes else written("src/shop.py", f"x = {number}\n"))


def _days(first: str, count: int) -> Iterator[str]:
    return ((date.fromisoformat(first) + timedelta(days=3 * number)).isoformat() for number in range(count))


def written(path: str, text: str | bytes) -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)


def moved(old: str, new: str) -> bytes:
    return f"R {old} {new}\n".encode()


def damaged(text: str) -> bytes:
    return text.encode().decode("cp1252", "replace").encode()


def imported(made: Made, archive: Archive) -> None:
    subprocess.run(
        ["git", "fast-import", "--quiet"],  # noqa: S607
        cwd=made.folder,
        input=b"".join(archive.stream),
        check=True,
    )
    made.git("reset", "--quiet", "--hard", "main")


def archive() -> Archive:
    """Fourteen years of a shop's policy."""
    made = Archive()
    made.commit("2012-01-10", written("README.md", "Hej\n"))
    made.commit("2012-03-01", written("docs/policy.txt", HARBOR.encode("cp1252")))
    made.noise("2012-03-04", 60)
    made.commit("2013-05-01", written("docs/policy.txt", HARBOR))
    made.commit("2013-06-01", written("docs/policy.txt", damaged(HARBOR)))
    made.commit("2013-06-22", written("docs/policy.txt", HARBOR.replace("\n", "\r\n")))
    made.commit("2014-01-01", written("docs/policy.txt", HARBOR.encode("utf-16")))
    made.commit("2014-01-03", written("docs/policy.txt", HARBOR))
    made.commit("2014-05-01", moved("docs/policy.txt", "legal/policy.md"))
    made.commit("2014-08-01", b"D legal/policy.md\n", subject="By mistake")
    last = made.commit("2014-09-01", written("legal/policy.md", HARBOR), subject="Back again")
    beside = made.commit("2016-07-20", written("legal/policy.md", SHIELD), after=(last,))
    last = made.commit("2016-08-10", written("src/shop.py", "y = 1\n"))
    made.commit("2016-09-01", written("legal/policy.md", SHIELD), after=(last, beside), subject="Merged")
    made.noise("2016-10-01", 150, written("legal/policy.md", f"{SHIELD}\n"), written("legal/policy.md", SHIELD))
    last = made.commit("2018-05-20", written("legal/policy.md", f"{SHIELD}\nVi sparar uppgifter i sju år.\n"))
    beside = made.commit("2019-02-01", moved("legal/policy.md", "sidor/integritet.md"), after=(last,))
    last = made.commit("2019-02-10", written("src/shop.py", "y = 2\n"))
    made.commit("2019-03-01", moved("legal/policy.md", "sidor/integritet.md"), after=(last, beside))
    made.commit("2019-05-01", written("sidor/integritet.md", damaged(SHIELD)))
    made.commit("2019-05-03", written("sidor/integritet.md", SHIELD))
    made.commit("2021-02-01", written("sidor/integritet.md", CLAUSES), subject="Shield bort")
    made.noise("2022-01-01", 40)
    made.commit("2023-05-01", written("sidor/integritet.md", FRAMEWORK), subject=LONG)
    return made


def data_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["history", *arguments, "--as-of", "2026-11-26", "--format", "json"]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_the_years_of_a_policy(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    imported(made, archive())
    data = data_of(capsys, "sidor/integritet.md", *RULES)
    told = [
        (turn["date"], turn["cause"], [(one["change"], one["rule"]) for one in turn["changes"]])
        for turn in data["turns"]
    ]
    assert told == [
        ("2012-03-01", "commit", []),
        ("2014-08-01", "commit", []),
        ("2014-09-01", "commit", []),
        ("2015-10-06", "law", [("graver", "outdated-safe-harbor")]),
        ("2016-09-01", "commit", [("new", "outdated-privacy-shield"), ("gone", "outdated-safe-harbor")]),
        ("2019-05-01", "commit", [("new", "mojibake")]),
        ("2019-05-03", "commit", [("gone", "mojibake")]),
        ("2020-07-16", "law", [("graver", "outdated-privacy-shield")]),
        ("2021-02-01", "commit", [("gone", "outdated-privacy-shield")]),
        ("2023-05-01", "commit", [("new", "outdated-data-privacy-framework")]),
    ]
    late = {one["rule"]: one["days_after_end"] for one in data["rules"] if one["phases"]}
    assert (late["outdated-safe-harbor"], late["outdated-privacy-shield"]) == (331, 200)
    # The text was away for a month, and damaged or in another encoding never away.
    days = [
        (phase["from"], phase["until"])
        for one in data["rules"]
        if one["rule"] == "outdated-safe-harbor"
        for phase in one["phases"]
        if phase["outcome"] == "relied-on"
    ]
    assert days == [("2012-03-01", "2014-08-01"), ("2014-09-01", "2015-10-06"), ("2015-10-06", "2016-09-01")]
    assert {one["status"] for one in data["versions"]} == {"audited", None}


def test_an_archivist_reads_what_the_file_was_called_and_no_endless_subject(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(made, archive())
    names = "Called docs/policy.txt until 2014-05-01, legal/policy.md until 2019-03-01, then sidor/integritet.md"
    for form in ("rich", "markdown", "html"):
        assert run(["history", "sidor/integritet.md", *RULES, "--as-of", "2026-11-26", "--format", form]) == 0
        out = " ".join(capsys.readouterr().out.replace("\\", "").split())
        assert names in out
        assert f"{LONG[:100]}\u2026" in out
        assert LONG[:120] not in out
        assert "166 commits from 2012-03-01 to 2023-05-01, told up to 2026-11-26" in out
        assert out.lower().count("first text") == out.lower().count("text back") == 1


def test_a_file_begins_where_it_was_copied_from_another(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    copied = Archive()
    copied.commit("2013-01-01", written("sv.md", HARBOR))
    copied.commit("2014-01-01", written("sv.md", f"{HARBOR}\nTack.\n"))
    copied.commit("2015-01-01", written("fi.md", f"{HARBOR}\nTack.\n"))
    copied.commit("2016-09-01", written("fi.md", SHIELD))
    imported(made, copied)
    assert [one["date"] for one in data_of(capsys, "fi.md", *RULES)["versions"]] == ["2015-01-01", "2016-09-01"]
    assert [one["date"] for one in data_of(capsys, "sv.md", *RULES)["versions"]] == ["2013-01-01", "2014-01-01"]


def test_a_name_that_is_used_anew_tells_of_both_texts(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    reused = Archive()
    reused.commit("2013-01-01", written("sv.md", HARBOR))
    reused.commit("2014-01-01", moved("sv.md", "old.md"))
    reused.commit("2017-01-01", written("sv.md", SHIELD))
    imported(made, reused)
    days = [(one["date"], one["status"]) for one in data_of(capsys, "sv.md", *RULES)["versions"]]
    assert days == [("2013-01-01", "audited"), ("2014-01-01", None), ("2017-01-01", "audited")]
    assert [one["cause"] for one in data_of(capsys, "sv.md", *RULES)["turns"]][:3] == ["commit", "commit", "commit"]
    paths = [one["path"] for one in data_of(capsys, "old.md", *RULES)["versions"]]
    assert paths == ["sv.md", "old.md"]


def test_what_holds_for_many_texts_is_told_once(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    imported(made, archive())
    assert run(["history", "sidor/integritet.md", *RULES, "--lang", "xx", "--format", "markdown"]) == 3
    told = [line for line in capsys.readouterr().out.splitlines() if "not audited in full" in line]
    assert len(told) == 2
    assert " of 2012-03-01 was not audited in full" in told[0].replace("\\", "")
    assert "164 commits from " in told[1]
    assert " of 2023-05-01 were not audited in full" in told[1].replace("\\", "")
