import json
import re
from importlib.resources import files
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tests.unit.rulepack.conftest import write as write  # the fixture


def schema(name: str) -> dict[str, Any]:
    text = files("privaudit").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    Draft202012Validator.check_schema(data)
    return data


def faults(validator: Draft202012Validator, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2 with its core schema, in which 77 is a number, while `no` and 2018-05-25 are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as the class above has it


for tag, pattern in {
    "null": r"(?:~|null|Null|NULL|)$",
    "bool": r"(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"[-+]?[0-9]+$",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$",
}.items():
    AsEditorsRead.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), None)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Loader=AsEditorsRead)  # noqa: S506 - a safe loader with fewer types
