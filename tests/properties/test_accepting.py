"""A baseline of a run makes it green, and so does a suppression of everything; neither hides what comes later."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.house import House, built

BLOCKS = [
    "# Privacy notice", "## What we lend", "We lend bicycles.", "Trams run here. Bicycles do, too.",
    "You may complain.", "You may complain to the authority.", "- a tram\n- a bicycle\n- a bus", "> Trams stop here.",
    "| tram | bicycle |\n|---|---|\n| one tram | two bicycles |", "Nothing of the kind.", "`<!-- a tram -->`",
    "The tram, the <!-- a note --> bus and\nthe bicycle of the authority.", "<div>A tram.</div>",
]  # fmt: skip
documents = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=8)
many = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
PLAIN = "We keep the names of our readers in a list, and nobody else has it."


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> House:
    return built(tmp_path, monkeypatch, capsys, str(tmp_path / "cache"))


def written(house: House, blocks: list[str]) -> None:
    house.write("privacy.md", "\n\n".join([PLAIN, *blocks]) + "\n")


def test_a_baseline(house: House) -> None:
    @many
    @given(documents, documents, st.randoms(use_true_random=False))
    def check(blocks: list[str], more: list[str], random: object) -> None:
        written(house, blocks)
        assert house.call("baseline").code == 0
        first = Path("privaudit-baseline.json").read_bytes()
        gate = ("privacy.md", "--fail-on", "note", "--baseline", "privaudit-baseline.json")
        assert house.check(*gate) == (0, "", "")
        report = house.report(*gate)
        assert report.get("stale", []) == []
        # Entries in another order say the same.
        data = json.loads(first)
        random.shuffle(data["entries"])  # type: ignore[attr-defined]
        house.write("privaudit-baseline.json", json.dumps(data))
        assert house.report(*gate) == report
        # What was there stays accepted whatever comes before and behind it.
        house.write("privaudit-baseline.json", first)
        known = {one["fingerprint"] for one in data["entries"]}
        written(house, [*more, *blocks, *more])
        for verdict in house.report(*gate)["documents"][0]["verdicts"]:
            for piece in verdict["evidence"] if verdict["severity"] else ():
                assert (piece["state"] == "baselined") == (piece["fingerprint"] in known)

    check()


def test_suppressions(house: House) -> None:
    @many
    @given(documents, st.sampled_from(["complaint", "tram", "bicycle", "vehicle", "complaint, vehicle"]))
    def check(blocks: list[str], rules: str) -> None:
        written(house, blocks)
        before = house.report("privacy.md", "--fail-on", "note")
        mark = f'<!-- privaudit: ignore-file {rules} reason="agreed" -->'
        written(house, [*blocks, mark])
        after = house.report("privacy.md", "--fail-on", "note")
        verdicts = after["documents"][0]["verdicts"]
        about = [one for one in verdicts if one["group"] == "suppression"]
        told = {"state", "justification", "evidence"}
        assert [{key: one[key] for key in one.keys() - told} for one in verdicts if one not in about] == [
            {key: one[key] for key in one.keys() - told} for one in before["documents"][0]["verdicts"]
        ]
        names = rules.split(", ")
        for one in verdicts:
            meant = one["severity"] and (one["rule"] in names or one["group"] in names)
            assert (one["state"] == "suppressed") == bool(meant)
        needed = {name for one in verdicts if one["severity"] for name in (one["rule"], one["group"])}
        idle = [name for name in names if name not in needed]
        told_of = [f"No finding needs the suppression of {', '.join(idle)}."] if idle else []
        assert [one["message"] for one in about] == told_of
        if not about:
            assert after["summary"]["exit_code"] <= before["summary"]["exit_code"]

    check()
