import json
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from tests.unit.rulepack.conftest import write as write  # the fixture


def schema(name: str) -> dict[str, Any]:
    text = files("privaudit").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    Draft202012Validator.check_schema(data)
    return data


def faults(validator: Draft202012Validator, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]
