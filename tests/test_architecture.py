"""The import law: values at the bottom, then reading, rules, matching, report, rendering, command line."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "privaudit"
FILES = sorted(PACKAGE.rglob("*.py"))

# Each layer may import itself and those before it. The longest prefix decides where a module belongs.
LAYERS = {
    "privaudit.document": 0,
    "privaudit.model": 0,
    "privaudit.errors": 0,
    "privaudit.fingerprint": 0,
    "privaudit.rulepack.schema": 1,
    "privaudit.cache": 0,
    "privaudit.record": 0,
    "privaudit.digest": 0,
    "privaudit.ship": 5,
    "privaudit.extension": 0,
    "privaudit.repository": 0,
    "privaudit.regular": 0,
    "privaudit.processes": 0,
    "privaudit.walk": 2,
    "privaudit.directive": 1,
    "privaudit.discover": 2,
    "privaudit.git": 2,
    "privaudit.git_history": 2,
    "privaudit.read": 2,
    "privaudit.rulepack": 3,
    "privaudit.match": 3,
    "privaudit.segment": 2,
    "privaudit.language": 2,
    "privaudit.engine": 4,
    "privaudit.facts": 4,
    "privaudit.facts.values": 0,
    "privaudit.selftest": 5,
    "privaudit.report": 5,
    "privaudit.suppress": 5,
    "privaudit.baseline": 5,
    "privaudit.weigh": 5,
    "privaudit.notice": 5,
    "privaudit.since": 5,
    "privaudit.redact": 6,
    "privaudit.config": 4,
    "privaudit.gate": 5,
    "privaudit.pane": 5,
    "privaudit.compare": 5,
    "privaudit.history": 5,
    "privaudit.parity": 5,
    "privaudit.saved": 6,
    "privaudit.evaluate": 7,
    "privaudit.render": 6,
    "privaudit.corpus": 7,
    "privaudit.cli": 8,
    "privaudit.__main__": 9,
}
# Parsing rules needs no matching, and matching no YAML, file or terminal; only `rules lint` looks at patterns.
FORBIDDEN = {
    "privaudit.match": {"yaml", "rich", "typer", "pathlib", "os", "privaudit.read", "privaudit.render"},
    "privaudit.engine": {"yaml", "rich", "typer", "pathlib", "os"},
    "privaudit.facts": {"yaml", "rich", "typer", "pathlib", "os", "privaudit.read", "privaudit.render"},
    "privaudit.render": {"yaml", "privaudit.rulepack", "privaudit.match", "privaudit.engine", "privaudit.read"},
    "privaudit.read": {"yaml", "rich", "typer", "privaudit.rulepack", "privaudit.match"},
}
VALUES = (
    "privaudit.record",
    "privaudit.digest",
    "privaudit.document",
    "privaudit.model",
    "privaudit.errors",
    "privaudit.fingerprint",
    "privaudit.rulepack.schema",
)


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(name: str) -> int | None:
    found = [prefix for prefix in LAYERS if name == prefix or name.startswith(prefix + ".")]
    return LAYERS[max(found, key=len)] if found else None


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_go_one_way(path: Path) -> None:
    name = module_name(path)
    own = layer(name)
    if name == "privaudit":
        return
    assert own is not None, f"{name} has no place in the picture"
    for imported in imports(path):
        other = layer(imported)
        assert other is None or other <= own, f"{name} imports {imported}"


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_a_stage_knows_only_what_it_works_on(path: Path) -> None:
    name = module_name(path)
    for prefix, forbidden in FORBIDDEN.items():
        if name == prefix or name.startswith(prefix + "."):
            for imported in imports(path):
                if imported.startswith("privaudit.rulepack.schema"):
                    continue
                assert not any(imported == one or imported.startswith(one + ".") for one in forbidden), imported


@pytest.mark.parametrize("name", VALUES)
def test_values_need_the_standard_library_only(name: str) -> None:
    path = PACKAGE.joinpath(*name.split(".")[1:]).with_suffix(".py")
    for imported in imports(path):
        top = imported.split(".")[0]
        # _sha2 is of Python 3.12.
        assert top in {*sys.stdlib_module_names, "_sha2"} or imported.startswith(VALUES)


def test_no_import_cycles() -> None:
    names = {module_name(path) for path in FILES}
    graph = {module_name(path): {one for one in imports(path) if one in names} - {module_name(path)} for path in FILES}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
