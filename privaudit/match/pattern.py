"""Word entries as `regex` patterns: gaps and `{it}` written out, anchored at word boundaries."""

from __future__ import annotations

import copyreg
import functools
import marshal
import re
from collections.abc import Callable

from privaudit.extension import extension
from privaudit.record import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import Pattern

# Flags of `regex`, which is loaded as a whole only where a pattern is compiled for the first time.
IGNORECASE = 0x2
VERBOSE = 0x40
ASCII = 0x80
# From so many calls on `re`, which must compile a pattern first, costs less than `regex`.
_OFTEN = 1000

GAP_WORDS = 6
# Stands for the mechanism just found while stance cues are looked for; occurs in no text.
IT = "\ue000"

_GAP = r" \u2026(\d{0,2}) "
# A match that begins (ends) with a letter or digit does not begin (end) inside a word.
START = r"(?:\b|(?!\w))"
END = r"(?:\b|(?<!\w))"
_BESIDE = r"\b"


def translate(pattern: str) -> str:
    """The `regex` source of a word entry as written, without its anchors."""
    if "\u2026" in pattern:
        pattern = re.sub(_GAP, lambda found: _gap(int(found[1] or GAP_WORDS)), pattern)
    return pattern.replace("{it}", IT)


def _gap(words: int) -> str:
    return rf"[,:;)\"']{{0,2}} (?:\S{{1,40}} ){{0,{words}}}?[\"'(]?"


def anchored(source: str) -> str:
    """The source so that no match begins or ends inside a word."""
    return f"{START}(?:{source}){END}"


def lighter(source: str) -> str:
    """A source that comes to the same and costs less: a match that begins with a letter needs the end of a word there,
    and nothing needs to be asked of what follows; so at its end.
    """
    if not (source.startswith(f"{START}(?:") and source.endswith(f"){END}")):
        return source
    from privaudit.match.edges import in_words

    inner = source[len(START) : -len(END)]
    begins, ends = in_words(inner)
    return f"{_BESIDE if begins else START}{inner}{_BESIDE if ends else END}"


class Patterns:
    """Patterns compiled at their first use; what was worked out can be kept for the next run.

    Compiling a pattern takes half a millisecond, making it again from what `regex` says of it to `pickle` a few
    microseconds. The kept form is plain values (strings, numbers, bytes), valid for one version of `regex` only.
    """

    def __init__(
        self, kept: dict[tuple[str, int], bytes] | None = None, given: dict[tuple[str, int], bytes] | None = None
    ) -> None:
        """`given` are further ones, which need not be kept."""
        # Each in bytes of its own, since a run needs few of them.
        self._made: dict[tuple[str, int], bytes] = kept or {}
        self._given = given or {}
        self._compiled: dict[tuple[str, int], Pattern[str]] = {}
        self._grown = False
        self._counts: dict[tuple[str, bool], int] = {}
        self._common: dict[tuple[str, bool], Pattern[str]] = {}

    @property
    def grown(self) -> bool:
        """Whether there is more to keep than there was."""
        return self._grown

    def to_keep(self) -> dict[tuple[str, int], bytes]:
        """Everything worked out so far but what was given, as plain values."""
        return self._made

    def compiled(self, source: str, exact: bool) -> Pattern[str]:
        """The compiled pattern of a translated entry; raises `regex.error` when it is none."""
        return self.plain(anchored(source), 0 if exact else IGNORECASE)

    def common(self, source: str, exact: bool, calls: int) -> Pattern[str]:
        """The pattern of a translated entry for so many more calls on common text, by `re` once that pays.

        Only for quick patterns: `re` knows no limit of time. Raises `regex.error` when it is none.
        """
        key = (source, exact)
        found = self._common.get(key)
        if found is not None:
            return found
        self._counts[key] = count = self._counts.get(key, 0) + calls
        if count < _OFTEN:
            return self.compiled(source, exact)
        from privaudit.match.common import common_pattern

        found = common_pattern(anchored(source), exact) or self.compiled(source, exact)
        self._common[key] = found
        return found

    def plain(self, source: str, flags: int = 0) -> Pattern[str]:
        """The compiled pattern of a source as it stands."""
        key = (source, int(flags))
        found = self._compiled.get(key)
        if found is not None:
            return found
        made = self._given.get(key) or self._made.get(key)
        if made is not None:
            found = _rebuild()(source, *marshal.loads(made))  # noqa: S302 - from the same place as this run's own
        else:
            import regex

            found = regex.compile(lighter(source), regex.VERSION0 | flags)
            self._made[key] = marshal.dumps(_arguments(found))
            self._grown = True
        self._compiled[key] = found
        return found


def _arguments(pattern: Pattern[str]) -> tuple[Any, ...]:
    """What `regex` makes a compiled pattern of again (the `copyreg` protocol): the arguments of `_regex.compile`.

    The first one is the source, which everybody knows who asks for the pattern.
    """
    arguments: tuple[Any, ...] = copyreg.dispatch_table[type(pattern)](pattern)[1]  # type: ignore[assignment]
    return arguments[1:]


@functools.cache
def _rebuild() -> Callable[..., Pattern[str]]:
    rebuild: Callable[..., Pattern[str]] = extension("regex", "_regex").compile
    return rebuild
