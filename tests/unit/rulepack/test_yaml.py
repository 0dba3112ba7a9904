from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.nodes import ScalarNode

from privaudit.rulepack.yaml import FaultList, YamlFile, open_yaml


def opened(folder: Path, data: str | bytes, without: str = "") -> tuple[YamlFile, list[tuple[int, int, str]]]:
    path = folder / "rule.yaml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    faults = FaultList()
    file = open_yaml(path, "rule.yaml", faults, without)
    return file, [(one.line, one.column, one.message) for one in faults.sorted()]


def values(file: YamlFile) -> dict[str, str]:
    assert file.root is not None
    entries = file.mapping(file.root, "the file")
    return {key: entry.value.value for key, entry in entries.items() if isinstance(entry.value, ScalarNode)}


def test_every_value_is_text_as_written(tmp_path: Path) -> None:
    file, faults = opened(tmp_path, "a: no\nb: 1.10\nc: 2018-05-25\nd: null\ne: ~\nf: 0x1F\n")
    assert not faults
    assert values(file) == {"a": "no", "b": "1.10", "c": "2018-05-25", "d": "null", "e": "~", "f": "0x1F"}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "'a' stands twice"),
        ("a: &x 1\n", 1, 4, "anchors"),
        ("a: 1\nb: *x\n", 2, 4, "aliases"),
        ("a: !!int 1\n", 1, 4, "tags"),
        ("a: [1, !own 2]\n", 1, 8, "tags"),
        ("<<: {a: 1}\n", 1, 1, "merge keys"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("a:\n\tb: 1\n", 2, 1, "tab"),
        ('a: "\\w"\n', 1, 5, "single quotes"),
        ("a: b: c\n", 1, 5, "single quotes"),
        ("a: [1\nb: 2\n", 2, 2, "the bracket of line 1"),
        ("- a\n", 1, 1, "must be a mapping"),
        ("{[a]: b}\n", 1, 2, "must be text, not a list"),
        ("a: \x07\n", 1, 4, "control character"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_at_its_place(
    tmp_path: Path, text: str, line: int, column: int, said: str
) -> None:
    file, faults = opened(tmp_path, text)
    if file.root is not None:
        values(file)
        faults = [(one.line, one.column, one.message) for one in file.faults.sorted()]
    assert [(one[0], one[1]) for one in faults] == [(line, column)]
    assert said in faults[0][2]


@pytest.mark.parametrize("data", ["", "# nothing\n", b"a: \xff\xfe\n"])
def test_a_file_without_readable_text_is_one_fault_of_the_whole_file(tmp_path: Path, data: str | bytes) -> None:
    file, faults = opened(tmp_path, data)
    assert file.root is None
    assert [(one[0], one[1]) for one in faults] == [(0, 0)]


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    faults = FaultList()
    assert open_yaml(tmp_path / "none.yaml", "none.yaml", faults).root is None
    assert "none.yaml: cannot be read" in str(faults.sorted()[0])


@pytest.mark.parametrize(
    "text", ["a: '& b'\n", "a: x & y\n", "a: \\w*ly\n", "a: what! no\n", "a: '*x'\n", "a: (?!x)\n"]
)
def test_the_signs_of_anchors_and_tags_inside_of_text_are_text(tmp_path: Path, text: str) -> None:
    file, faults = opened(tmp_path, text)
    assert not faults
    assert list(values(file)) == ["a"]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"a: 1\rb: 2\r"])
def test_byte_order_marks_and_line_ends_of_other_systems_are_read(tmp_path: Path, data: bytes) -> None:
    file, faults = opened(tmp_path, data)
    assert not faults
    assert values(file) == {"a": "1", "b": "2"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[ "])
def test_endless_nesting_is_a_fault(tmp_path: Path, opening: str) -> None:
    _, faults = opened(tmp_path, "a:\n  " + opening * 100_000)
    assert len(faults) == 1
    assert faults[0][0] == 2


def test_a_key_that_is_passed_over_leaves_all_other_places_as_they_are(tmp_path: Path) -> None:
    text = "a: 1\nexamples:\n  x: {{\n\n# c\n  - |\n    b: 3\nb: 2\nb: 3\nexamples: [\n"
    file, faults = opened(tmp_path, text, without="examples")
    assert not faults
    assert values(file) == {"a": "1", "b": "2"}
    assert [(one.line, one.column) for one in file.faults.sorted()] == [(9, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "examples: {x: y}\na: 1\nb: 2\n",
        "a: 1\nexamples: {\n  x: [y,\n]\n}\nb: 2\n",
        "a: 1\nb: 2\nexamples:\n  x: y",
        "a: 1\nexamples:\nb: 2\n",
    ],
)
def test_a_key_is_passed_over_wherever_it_stands(tmp_path: Path, text: str) -> None:
    file, faults = opened(tmp_path, text, without="examples")
    assert not faults
    assert values(file) == {"a": "1", "b": "2"}


@given(st.text(alphabet=st.sampled_from("ab:- \n\t'\"[]{}&*!|>#%?,\\\x00é"), max_size=40) | st.binary(max_size=20))
@example("%YAML 9.9\n---\na: 1")
@example("a: !<x> b")
def test_no_text_makes_reading_fail(tmp_path_factory: pytest.TempPathFactory, data: str | bytes) -> None:
    file, faults = opened(tmp_path_factory.getbasetemp(), data)
    assert (file.root is None) == bool(faults)
