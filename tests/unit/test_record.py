"""Named tuples are those of `typing` in everything that the program asks of them."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from privaudit.record import NamedTuple

MAKER: Any = type(NamedTuple)


class Place(NamedTuple):
    """A place."""

    line: int
    column: int = 1
    names: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The place as people write it."""
        return f"{self.line}:{self.column}"


class Standard(typing.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    names: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The place as people write it."""
        return f"{self.line}:{self.column}"


def outcome(ask: Callable[[Any], Any], kind: type[Any]) -> str:
    """What comes of it, in words in which the classes have one name."""
    try:
        told = repr(ask(kind))
    except (TypeError, ValueError, AttributeError) as error:
        told = f"{type(error).__name__}: {error}"
    return told.replace("Standard", "Place")


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "by position": lambda kind: kind(3, 4, ("a",)),
    "by name": lambda kind: kind(names=("a",), line=3),
    "too few": lambda kind: kind(),
    "too many": lambda kind: kind(1, 2, (), 4),
    "an unknown name": lambda kind: kind(1, row=2),
    "replaced": lambda kind: kind(3)._replace(column=9),
    "replaced by an unknown name": lambda kind: kind(3)._replace(row=9),
    "made": lambda kind: kind._make([3, 4, ()]),
    "made of too few": lambda kind: kind._make([3]),
    "as a dictionary": lambda kind: kind(3)._asdict(),
    "fields": lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__),
    "equal to a tuple": lambda kind: (kind(3) == (3, 1, ()), hash(kind(3)) == hash((3, 1, ())), kind(3) < kind(4)),
    "unpacked": lambda kind: [*kind(3)],
    "a property": lambda kind: kind(3).shown,
    "set": lambda kind: setattr(kind(3), "line", 4),
    "a new attribute": lambda kind: setattr(kind(3), "row", 4),
    "pickled": lambda kind: pickle.loads(pickle.dumps(kind(3))),  # noqa: S301 - its own
    "copied": lambda kind: (copy.copy(kind(3)), copy.deepcopy(kind(3, 1, ("a",)))),
    "described": lambda kind: (kind.__doc__, kind.line.__doc__, kind.__new__.__doc__),
    "annotated": lambda kind: typing.get_type_hints(kind),
    "of its type": lambda kind: (issubclass(kind, tuple), type(kind(3)._replace(line=1)) is kind),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_answers_as_the_one_of_the_standard_library(question: str) -> None:
    asked = QUESTIONS[question]
    assert outcome(asked, Place) == outcome(asked, Standard)


def test_there_may_be_any_number_of_fields() -> None:
    for count in range(1, 40):
        fields = [f"field_{number}" for number in range(count)]
        made: Any = MAKER("Wide", (NamedTuple,), {"__annotations__": dict.fromkeys(fields, "int")})
        assert list(made(**dict(zip(fields, range(count), strict=True)))) == list(range(count))


def test_fields_without_a_default_come_first() -> None:
    with pytest.raises(TypeError, match="come last"):
        MAKER("Mixed", (NamedTuple,), {"__annotations__": {"one": "int", "two": "int"}, "one": 1})


def test_a_class_without_fields_is_refused() -> None:
    with pytest.raises(TypeError, match="no fields"):
        MAKER("Empty", (NamedTuple,), {})
