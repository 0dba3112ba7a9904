"""`NamedTuple` as `typing` has it, made in a fiftieth of the time.

Each class of `typing.NamedTuple` compiles its constructor, and with `from __future__ import annotations` each of its
annotations as well, which together took a fifth of a run on a short document. Here the constructor is a copy of one
that came compiled, with the names of the fields; annotations stay the strings that they are. To a type checker both
are the same. `TYPE_CHECKING` and `Any` are here so that `typing` itself need not be loaded.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]
from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple

__all__ = ["TYPE_CHECKING", "Any", "NamedTuple"]

_new = tuple.__new__
# The constructors of one field, of two, and so on. More than these are compiled, as `collections.namedtuple` does.
_CONSTRUCTORS = (
    lambda _, a: _new(_, (a,)),
    lambda _, a, b: _new(_, (a, b)),
    lambda _, a, b, c: _new(_, (a, b, c)),
    lambda _, a, b, c, d: _new(_, (a, b, c, d)),
    lambda _, a, b, c, d, e: _new(_, (a, b, c, d, e)),
    lambda _, a, b, c, d, e, f: _new(_, (a, b, c, d, e, f)),
    lambda _, a, b, c, d, e, f, g: _new(_, (a, b, c, d, e, f, g)),
    lambda _, a, b, c, d, e, f, g, h: _new(_, (a, b, c, d, e, f, g, h)),
    lambda _, a, b, c, d, e, f, g, h, i: _new(_, (a, b, c, d, e, f, g, h, i)),
    lambda _, a, b, c, d, e, f, g, h, i, j: _new(_, (a, b, c, d, e, f, g, h, i, j)),
    lambda _, a, b, c, d, e, f, g, h, i, j, k: _new(_, (a, b, c, d, e, f, g, h, i, j, k)),
    lambda _, a, b, c, d, e, f, g, h, i, j, k, m: _new(_, (a, b, c, d, e, f, g, h, i, j, k, m)),
    lambda _, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(_, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
    lambda _, a, b, c, d, e, f, g, h, i, j, k, m, n, o: _new(_, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)),
    lambda _, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p: _new(_, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p)),
    lambda _, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q: _new(_, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q)),
)


def _constructor(name: str, fields: tuple[str, ...]) -> FunctionType:
    if 0 < len(fields) <= len(_CONSTRUCTORS):
        like: Any = _CONSTRUCTORS[len(fields) - 1]
    else:
        listed = ", ".join(fields)
        like = eval(f"lambda _, {listed}: _new(_, ({listed},))", {"_new": _new})  # noqa: S307 - names of fields
    code = like.__code__.replace(
        co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__", co_filename=f"<{name}>"
    )
    return FunctionType(code, {"_new": _new, "__builtins__": {}, "__name__": f"record_{name}"}, "__new__")


if not TYPE_CHECKING:
    Any = object

    class _Maker(type):
        """Makes a class with annotations one of named tuples."""

        def __new__(cls, name, bases, body):  # noqa: ANN001, ANN204
            if bases[0] is tuple:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            if not fields:
                raise TypeError(f"{name} has no fields; its module must import annotations from __future__")
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: fields with a default come last")
            made = _constructor(name, fields)
            made.__defaults__ = tuple(defaults.values())
            made.__doc__ = f"Create new instance of {name}({', '.join(fields)})"
            own = {field: _tuplegetter(at, f"Alias for field number {at}") for at, field in enumerate(fields)}
            told = {"__slots__": (), "__new__": made, "__match_args__": fields}
            told |= {"_fields": fields, "_field_defaults": defaults}
            return super().__new__(cls, name, bases, {**body, **told, **own})

    class NamedTuple(tuple, metaclass=_Maker):
        """What all named tuples can do (`collections.namedtuple`)."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):  # noqa: ANN001, ANN206
            made = _new(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changed):  # noqa: ANN003, ANN202
            made = self._make(map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"Got unexpected field names: {list(changed)!r}")
            return made

        __replace__ = _replace

        def _asdict(self):  # noqa: ANN202
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            told = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({told})"

        def __getnewargs__(self):  # noqa: ANN204
            return tuple(self)
