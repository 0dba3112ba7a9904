import io
import zipfile

import pytest

from privaudit.errors import InputError
from privaudit.read import package
from privaudit.read.package import Package, parsed
from tests.documents.offices import zipped

LATIN = "<a>\u00e9</a>"


def refused(data: bytes, name: str = "a.xml") -> str:
    with pytest.raises(InputError) as caught:
        Package(data).part(name)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def test_parts_are_found_whatever_the_case_of_their_names() -> None:
    opened = Package(zipped({"Word/Document.xml": "<a>text</a>"}))
    assert "word/document.XML" in opened
    root = opened.part("word/document.xml")
    assert root is not None
    assert root.text == "text"
    assert opened.part("other.xml") is None


@pytest.mark.parametrize(
    "data",
    [
        f'<?xml version="1.0" encoding="iso-8859-1"?>{LATIN}'.encode("iso-8859-1"),
        f'<?xml version="1.0" encoding="utf-16"?>{LATIN}'.encode("utf-16"),
        LATIN.encode("utf-8-sig"),
    ],
)
def test_encodings_of_xml(data: bytes) -> None:
    assert parsed(data, "a.xml").text == "\u00e9"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"<a>&unknown;</a>",
        b"text",
        b"<a>\xff</a>",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)
def test_xml_that_is_not_well_formed_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not well-formed"):
        parsed(data, "a.xml")


def test_xml_is_not_nested_without_end() -> None:
    deepest = package.DEEPEST
    assert parsed(b"<a>" * deepest + b"</a>" * deepest, "a.xml") is not None
    with pytest.raises(InputError, match=f"nested deeper than {deepest}"):
        parsed(b"<a>" * 100_000, "a.xml")


def test_a_damaged_archive_is_refused() -> None:
    data = zipped({"a.xml": "<a>" + "text" * 99 + "</a>"})
    assert "cannot be found" in refused(data[: len(data) // 2])
    assert "cannot be found" in refused(b"PK\x03\x04 nothing else")
    at = data.index(b"a.xml") + 10
    assert "damaged" in refused(data[:at] + b"\xff\xff\xff" + data[at + 3 :])


def test_a_part_that_is_there_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", "<a>shown</a>")
        archive.writestr("A.xml", "<a>read</a>")
    assert "holds a part twice" in refused(out.getvalue())


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(zipped({"a.xml": "<a/>"}))
    # The flag in the entry and in the directory (APPNOTE 4.4.4).
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted with a password" in refused(bytes(data))


def test_a_part_that_is_packed_in_another_way_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "<a/>")
    assert "packed in a way" in refused(out.getvalue())


def test_sizes_are_bounded_as_declared_and_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a.xml": f"<a>{'x' * 800}</a>", "b.xml": f"<a>{'x' * 800}</a>", "picture.png": "x" * 99_999})
    monkeypatch.setattr(package, "MOST_BYTES", 2_000)
    assert Package(data).part("a.xml") is not None
    monkeypatch.setattr(package, "MOST_BYTES", 1_000)
    assert "unpacks to more than" in refused(data)
    # One that declares less than it holds is damaged.
    lying = data.replace((807).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "damaged" in refused(lying)


def test_parts_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"{number}.bin": "" for number in range(20)})
    monkeypatch.setattr(package, "MOST_ENTRIES", 19)
    assert "20 parts, more than 19" in refused(data)
