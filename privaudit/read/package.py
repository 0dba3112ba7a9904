"""Office files: parts of XML in a ZIP archive, opened with bounds and without anything that XML could do but hold text.

Nothing is written to disk, so the names of parts lead nowhere. Archives as in ECMA-376 part 2 and ODF 1.3 part 2.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from privaudit.errors import InputError

# Bounds that no notice comes near: entries of the archive, bytes of its XML once unpacked, elements in each other.
MOST_ENTRIES = 5_000
MOST_BYTES = 64_000_000
DEEPEST = 200
_XML = (".xml", ".rels")
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """An archive of parts; what is wrong with it is raised as `InputError`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise InputError("the file is damaged or cut short: its parts cannot be found") from None
        entries = self._archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise InputError(f"the file has {len(entries):,} parts, more than {MOST_ENTRIES:,}")
        # Names of parts are told apart whatever their case (ECMA-376 part 2, 6.2.2.3).
        self._entries = {entry.filename.casefold(): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise InputError("the file holds a part twice, and which one is meant cannot be told")
        self._left = MOST_BYTES
        if sum(entry.file_size for name, entry in self._entries.items() if name.endswith(_XML)) > self._left:
            raise InputError(_TOO_LARGE)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def part(self, name: str) -> Element | None:
        """The root element of a part; None where there is no such part."""
        entry = self._entries.get(name.casefold())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise InputError("the file is encrypted with a password; save it without one")
        if entry.compress_type not in _PLAIN:
            raise InputError(f"{name} in it is packed in a way that office files are not")
        try:
            with self._archive.open(entry) as packed:
                data = packed.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
            raise InputError(f"{name} in it is damaged") from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError(_TOO_LARGE)
        return parsed(data, name)


_TOO_LARGE = f"the file unpacks to more than {MOST_BYTES:,} bytes of text"


def parsed(data: bytes, name: str) -> Element:
    """The root element of XML; a document type, which could bring in entities and other files, is refused."""
    target = _Careful(name)
    try:
        parser = XMLParser(target=target)  # noqa: S314 - refuses what makes XML dangerous
        parser.feed(data)
        root = parser.close()
    except (ParseError, ValueError, LookupError):
        raise InputError(f"{name} in it is damaged: it is not well-formed XML") from None
    assert isinstance(root, ElementTree.Element)
    return root


class _Careful:
    """Builds a tree that is not too deep."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._builder = TreeBuilder()
        self._depth = 0
        self.data = self._builder.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise InputError(f"{self._name} in it is nested deeper than {DEEPEST}")
        self._builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._builder.end(tag)

    def doctype(self, *_: str | None) -> None:
        """A document type begins."""
        raise InputError(f"{self._name} in it declares a document type, which office files must not")

    def close(self) -> Element:
        """The tree."""
        return self._builder.close()
