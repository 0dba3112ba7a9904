"""F80: clocks that stand at 1970 or in the future, time zones, and days such as 29 February."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.faults.commands import SELECT, notices, privaudit
from tests.faults.conftest import Audit


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("0", "1970-01-01"),
        ("-1", "1969-12-31"),
        ("1709207999", "2024-02-29"),
        ("1709251199", "2024-02-29"),
        ("1709251200", "2024-03-01"),
        # An hour that the clocks of Europe skip, and one that they have twice.
        ("1774747800", "2026-03-29"),
        ("1792892700", "2026-10-25"),
        ("4102444800", "2100-01-01"),
    ],
)
def test_f80_the_day_is_that_of_utc(audit: Audit, monkeypatch: pytest.MonkeyPatch, seconds: str, day: str) -> None:
    notices("privacy.md")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    code, report = audit("privacy.md", *SELECT)
    assert report["as_of"] == day
    assert code in (0, 1)


@pytest.mark.parametrize("seconds", ["tomorrow", "1e9", "99999999999999999999", "-99999999999999", " 1", "1_0"])
def test_f80_a_clock_that_is_none_is_wrong_use(audit: Audit, monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    notices("privacy.md")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert audit("privacy.md", *SELECT)[0] == 2


@pytest.mark.parametrize(
    ("hour", "day"), [("2026-11-26T23:30:00", "2026-11-26"), ("2026-11-27T00:30:00", "2026-11-27")]
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_f80_without_a_told_day_it_is_that_of_the_clock_in_utc(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, zone: str, hour: str, day: str
) -> None:
    """On Kiritimati it is tomorrow for fourteen hours of a day, on Pago Pago yesterday for eleven."""
    at = datetime.fromisoformat(hour).replace(tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            local = at.astimezone(tz or ZoneInfo(zone))
            return cls(local.year, local.month, local.day, local.hour, local.minute, tzinfo=tz)

    notices("privacy.md")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("privaudit.cli.options.datetime", Clock)
    assert audit("privacy.md", *SELECT)[1]["as_of"] == day


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "no such zone"])
def test_f80_the_time_zone_changes_nothing(zone: str) -> None:
    notices("privacy.md")
    at_one = {"SOURCE_DATE_EPOCH": "1774747800"}
    here = privaudit("check", "privacy.md", *SELECT, "--format", "json", changed={**at_one, "TZ": "UTC"})
    there = privaudit("check", "privacy.md", *SELECT, "--format", "json", changed={**at_one, "TZ": zone})
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)


@pytest.mark.parametrize(
    ("until", "day", "code"),
    [
        ("2028-02-29", "2028-02-28", 0),
        ("2028-02-29", "2028-02-29", 1),
        ("2028-03-01", "2028-02-29", 0),
        ("2028-03-01", "2028-03-01", 1),
        ("2028-03-01", "2099-01-01", 1),
        ("2028-03-01", "1970-01-01", 0),
    ],
)
def test_f80_a_suppression_ends_on_its_day(audit: Audit, until: str, day: str, code: int) -> None:
    Path("privacy.md").write_text(
        f'<!-- privaudit: ignore outdated-safe-harbor reason="history" until={until} -->\n'
        "We rely on the EU-U.S. Safe Harbor Framework.\n"
    )
    found, _ = audit("privacy.md", "--select", "outdated-safe-harbor", "--as-of", day)
    # In 1970 there was no Safe Harbor whose end could be overlooked.
    assert found == code
    assert audit("privacy.md", "--as-of", "2027-02-29")[0] == 2
