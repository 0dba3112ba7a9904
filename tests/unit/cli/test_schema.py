import json

import pytest

from privaudit.cli.main import run


@pytest.mark.parametrize("name", ["rules", "config", "report", "parity", "corpus", "corpus-summary"])
def test_a_schema_is_printed_as_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert out.endswith("}\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [("rule", "no schema 'rule'; did you mean rules?"), ("xyz", "no schema 'xyz'; known: ")],
)
def test_an_unknown_schema_is_wrong_use(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {said}")
    assert len(captured.err.splitlines()) == 1
