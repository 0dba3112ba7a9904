"""Plain text: paragraphs, hard-wrapped or one a line; lists by their bullets; headings by how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from itertools import pairwise

from privaudit.document import BlockKind
from privaudit.read.structure import Assembler
from privaudit.record import NamedTuple

_LETTER = r"[^\W\d_]"
_BULLET = re.compile(
    rf"""(?P<mark>[-*\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u2013\u2014\u2043\u25a0\uf0b7]|o(?=\s{{1,8}}{_LETTER})
        | \(?(?:[0-9]{{1,2}}|[a-z]|[ivx]{{1,5}})\) )\s+(?=\S)""",
    re.VERBOSE,
)
_ALWAYS_BULLETS = "\u2022\u25cf\u25aa\u25e6\u2023\u2043\u25a0\uf0b7"
_NUMBER = re.compile(
    r"(?:(?:section|article|chapter|part|§)\s*)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})[.):]?\s+(?=\S)", re.IGNORECASE
)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\.\s+(?=\S)")
_LETTERED = re.compile(r"(?P<number>[A-Z])[.)]\s+(?=\S)")
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})$")
_HYPHENATED = re.compile(rf"({_LETTER}+)[-\u2010\u00ad]$")
_COMPOUND = re.compile(rf"{_LETTER}+-{_LETTER}+")
_WORD = re.compile(r"[^\W_]+")
# Longest heading, in characters and words; a text line is about twice a heading at least.
_HEADING_LENGTH = 90
_HEADING_WORDS = 13
_TEXT_LENGTH = 60
# Without bullets, a list is at least so many lines, none longer, behind a colon that ends at least so many words.
_LEAST_ITEMS = 3
_ITEM_LENGTH = 160
_LEAD_WORDS = 4
# Capitals that are a short name and no way to write a heading.
_ACRONYM = 6
# Lines no longer than this may be hard-wrapped.
_WIDEST = 130
_NARROWEST = 40
# Written with a hyphen that is their own, not one of the line break.
_PREFIXES = frozenset({
    "third", "first", "opt", "non", "self", "e", "co", "pre", "re", "long", "short", "up", "sub", "cross", "in", "on",
    "off", "real", "well", "anti", "multi", "inter", "intra", "pseudo", "one", "two",
})  # fmt: skip
# A hyphen before one of them stands for the rest of a word: "Auskunfts- und Löschrechte".
_AND = frozenset({"und", "oder", "bzw", "sowie", "and", "or", "och", "eller", "samt", "ou"})
_ADDRESS = re.compile(r"[\w-]+(?:[/@]|\.\w)")
# Where a sentence may break off for an item to follow.
_BREAKS = (":", ";", ",", ".", "!", "?")


class _Role(Enum):
    HEADING = auto()
    ITEM = auto()
    TEXT = auto()


class _Line:
    """A line without the space around it: source offsets, text, indent, and whether blank lines are next to it.

    `body` is where the text begins after a bullet or number.
    """

    __slots__ = (
        "after_blank", "before_blank", "body", "end", "indent", "joins", "level", "links", "role", "start", "text"
    )  # fmt: skip

    def __init__(self, start: int, text: str, indent: int, after_blank: bool) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.indent = indent
        self.after_blank = after_blank
        self.before_blank = True
        self.role = _Role.TEXT
        self.level = 0
        self.body = 0
        self.joins = False
        self.links: tuple[tuple[int, int, str], ...] = ()


class Laid(NamedTuple):
    """What the layout of a page tells of a line: whether it goes on with the one before, and its level as a heading.

    0 is no heading; None leaves it to how the line looks. `links` are start and end in the source, and target.
    """

    joins: bool
    level: int | None = 0
    links: tuple[tuple[int, int, str], ...] = ()


def read_text(assembler: Assembler) -> None:
    """Reads plain text into blocks."""
    lines = list(_lines(assembler.source))
    width = _width(lines)
    _mark_items(lines)
    _mark_joins(lines, width)
    _mark_loose_items(lines)
    _mark_headings(lines)
    _emit(lines, assembler)


def read_laid_out(assembler: Assembler, layout: Mapping[int, Laid]) -> None:
    """Reads text that was laid out on pages into blocks; `layout` has what each line is by its source offset."""
    lines = list(_lines(assembler.source))
    _mark_items(lines)
    opened = before = None
    for line in lines:
        laid = layout.get(line.start)
        joins = laid is not None and laid.joins
        if joins and opened is not None and before is not None and line.role is _Role.ITEM:
            # A dash or a number in brackets at which a line of running text happens to break is no bullet.
            listed = opened.role is _Role.ITEM or before.text.endswith(_BREAKS) or line.text[0] in _ALWAYS_BULLETS
            line.role = _Role.ITEM if listed else _Role.TEXT
        line.links = laid.links if laid is not None else ()
        line.joins = joins and line.role is not _Role.ITEM
        opened, before = opened if line.joins else line, line
    _mark_loose_items(lines)
    if any(laid.level is None for laid in layout.values()):
        _mark_headings(lines)
    for line in lines:
        laid = layout.get(line.start)
        if laid is not None and laid.level and line.role is not _Role.ITEM:
            line.role, line.level = _Role.HEADING, laid.level
    _emit(lines, assembler)


def _lines(source: str) -> Iterator[_Line]:
    blank = True
    previous: _Line | None = None
    at = 0
    for whole in source.splitlines(keepends=True):
        text = whole.strip()
        bare = text.strip("\u00a0\ufeff\u200b")
        if "privaudit:" in whole and _is_suppression(whole):
            # A suppression is no text, and no blank line either: it may stand inside a paragraph.
            pass
        elif bare:
            start = at + whole.index(text[0])
            line = _Line(start, text, start - at, blank)
            if previous:
                previous.before_blank = blank
            yield line
            previous, blank = line, False
        else:
            blank = True
        at += len(whole)


def _is_suppression(line: str) -> bool:
    # Few documents hold any, and its pattern takes time to compile.
    from privaudit.directive import LINE

    return LINE.match(line) is not None


def _width(lines: list[_Line]) -> int:
    """The column at which the text was wrapped, 0 if it was not."""
    inner = [line.indent + len(line.text) for line in lines if not line.before_blank]
    if len(inner) < 4 or max(inner) > _WIDEST:
        fitting = [size for size in inner if size <= _WIDEST]
        if len(fitting) < 0.9 * len(inner) or not inner:
            return 0
        inner = fitting
    inner.sort()
    width = inner[-1]
    full = sum(size > 0.7 * width for size in inner)
    return width if width >= _NARROWEST and full >= 0.5 * len(inner) else 0


def bullet(text: str) -> int:
    """The length of the bullet that a line begins with, and of the space behind it; 0 where there is none."""
    found = _BULLET.match(text)
    return found.end() if found and not _UNDERLINE.match(text) else 0


def _mark_items(lines: list[_Line]) -> None:
    for line in lines:
        mark = bullet(line.text)
        line.body = line.start + mark
        if mark:
            line.role, line.level = _Role.ITEM, 1


def _mark_loose_items(lines: list[_Line]) -> None:
    """Marks short lines under each other, with no full stop, that follow a colon as items of a list without bullets."""
    for position, lead in enumerate(lines):
        if not lead.text.endswith(":") or lead.role is _Role.ITEM or len(lead.text.split()) < _LEAD_WORDS:
            continue
        run: list[_Line] = []
        for line in lines[position + 1 :]:
            listed = (
                line.role is _Role.TEXT and not line.joins and not _numbered(line) and len(line.text) < _ITEM_LENGTH
            )
            if not listed or line.text[-1] in ".!?:" or (line.after_blank and run):
                break
            run.append(line)
        for line in run if len(run) >= _LEAST_ITEMS else ():
            line.role, line.level = _Role.ITEM, 1


def _mark_joins(lines: list[_Line], width: int) -> None:
    """Marks the lines that go on with the sentence of the line before, in text wrapped at `width`."""
    for before, line in pairwise(lines):
        if line.after_blank or line.role is _Role.ITEM or _UNDERLINE.match(line.text):
            continue
        if before.text.endswith((",", ";")) and line.text[0].islower() and len(before.text) < _WIDEST:
            line.joins = bool(width) or before.text.endswith(",")
            continue
        if not width or _numbered(line):
            continue
        first = line.text.split(None, 1)[0]
        fits = before.indent + len(before.text) + 1 + len(first) <= width
        line.joins = not fits or (line.text[0].islower() and not before.text.endswith((".", ":")))


def _numbered(line: _Line) -> str | None:
    for pattern in (_NUMBER, _ROMAN, _LETTERED):
        found = pattern.match(line.text)
        if found:
            return str(found["number"])
    return None


def _mark_headings(lines: list[_Line]) -> None:
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if line.joins or (following is not None and following.joins):
            continue
        if following is not None and _underlined(line, following):
            line.role, line.level = _Role.HEADING, 1 if following.text[0] == "=" else 2
            continue
        if line.role is _Role.ITEM or not title_like(line.text):
            continue
        previous = lines[position - 1] if position else None
        number = _numbered(line)
        if following is None or not _introduces(line, previous, following, number):
            continue
        line.role = _Role.HEADING
        if number and number[0].isdigit():
            line.level = 2 + number.count(".")
        elif line.text.isupper() and not _is_acronym(line.text):
            line.level = 2
        else:
            line.level = 3
    first = next((line for line in lines if line.role is _Role.HEADING), None)
    if first and lines.index(first) <= 3 and not _numbered(first):
        first.level = 1


def _is_acronym(text: str) -> bool:
    return len(text) <= _ACRONYM and " " not in text


def _underlined(line: _Line, following: _Line) -> bool:
    """Whether a title is underlined by the line below; a rule between two paragraphs underlines none."""
    if following.after_blank or len(line.text) > _HEADING_LENGTH:
        return False
    return _UNDERLINE.fullmatch(following.text) is not None and not _UNDERLINE.fullmatch(line.text)


def title_like(text: str) -> bool:
    """Whether a line is as short as a heading and ends like one."""
    if text.count("(") != text.count(")"):
        return False
    if len(text) > _HEADING_LENGTH or len(text.split()) > _HEADING_WORDS:
        return False
    if text[-1] in ".,;!" or "@" in text or "://" in text or "www." in text:
        return False
    if text[-1] == ":" and not text[:-1].isupper() and len(text.split()) > 5:
        return False
    letter = _WORD.search(text)
    return letter is not None and (letter[0][0].isupper() or letter[0][0].isdigit()) and any(map(str.isalpha, text))


def _introduces(line: _Line, previous: _Line | None, following: _Line, number: str | None) -> bool:
    """Whether a short line stands over the text that follows it."""
    substantial = len(following.text) >= _TEXT_LENGTH or following.text[-1] in ".:" or following.role is _Role.ITEM
    if line.text[-1] == ":" and following.role is _Role.ITEM:
        return False
    if line.after_blank:
        alone = line.before_blank and len(line.text) <= _HEADING_LENGTH
        if number or line.text.isupper():
            return True
        if alone:
            return substantial or title_like(following.text)
        return substantial and len(following.text) > len(line.text)
    if previous is not None and len(previous.text) < _TEXT_LENGTH and previous.role is _Role.TEXT and not number:
        # One of several short lines: a menu, an address.
        return previous.text[-1] in ".!?" and len(following.text) >= _TEXT_LENGTH
    return len(following.text) >= _TEXT_LENGTH or (number is not None and substantial)


def _emit(lines: list[_Line], assembler: Assembler) -> None:
    broken = any(_HYPHENATED.search(line.text) for line in lines)
    # Words that are written with a hyphen within a line, and so keep it when a line breaks there.
    compounds = frozenset(word for line in lines for word in _COMPOUND.findall(line.text)) if broken else frozenset()
    group: int | None = None
    lead_ins: tuple[int, ...] = ()
    short = False
    opened: _Line | None = None
    before: _Line | None = None
    for line in lines:
        if _UNDERLINE.fullmatch(line.text):
            assembler.close()
            opened, group = None, None
        elif line.joins and opened is not None and assembler.is_open:
            assert before is not None
            _join(assembler, before, line, compounds)
        elif line.role is _Role.HEADING:
            assembler.open(BlockKind.HEADING, line.level)
            assembler.linked(line.start, line.end, line.links)
            group, opened = None, line
        elif line.role is _Role.ITEM:
            if group is None:
                lead_ins = assembler.introduction()
                group = assembler.new_group()
            assembler.open(BlockKind.LIST_ITEM, 1, group, lead_ins)
            assembler.linked(line.body, line.end, line.links)
            opened = line
        else:
            # Short lines under each other are one thing in several lines: an address, a menu.
            together = short and not line.after_blank and len(line.text) < _TEXT_LENGTH and opened is not None
            shared = assembler.open_group() if together else None
            assembler.open(BlockKind.PARAGRAPH, group=shared)
            assembler.linked(line.start, line.end, line.links)
            group, opened = None, line
        short = line.role is _Role.TEXT and len(line.text) < _TEXT_LENGTH
        before = line
    assembler.close()


def _join(assembler: Assembler, before: _Line, line: _Line, compounds: frozenset[str]) -> None:
    """Goes on with the paragraph; a word broken by a hyphen is put together where it is one word."""
    broken = _HYPHENATED.search(before.text)
    if broken and (line.text[0].isupper() or _ADDRESS.match(line.text)):
        # Compounds of names or nouns keep their hyphen, and so do addresses: "Datenschutz-Grundverordnung".
        pass
    elif broken and line.text[0].islower() and _first(line) not in _AND:
        whole = f"{broken[1]}-{_first(line)}"
        if broken[1].casefold() not in _PREFIXES and whole not in compounds:
            assembler.shadow.drop_last("-")
    elif not (broken and line.text[0].isupper()):
        # A capital behind a hyphen is the next part of a compound.
        assembler.shadow.space(before.end, line.start)
    assembler.linked(line.start, line.end, line.links)


def _first(line: _Line) -> str:
    found = _WORD.match(line.text)
    return found[0] if found else ""
