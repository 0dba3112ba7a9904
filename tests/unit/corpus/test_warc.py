import gzip
import zlib
from datetime import date
from pathlib import Path

import pytest

from privaudit.corpus.record import Record
from privaudit.corpus.streams import DamagedError
from privaudit.corpus.warc import read_warc
from privaudit.read import HTML, PDF, TEXT
from tests.unit.corpus.archives import Page, until_damaged, warc

BODY = b"<p>We keep your name.</p>" + b"<!-- a comment -->" * 40


def read(path: Path, after: int = 0, max_bytes: int = 100_000) -> list[Record]:
    return list(read_warc("shard", str(path), after, max_bytes))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_documents_are_what_servers_sent_with_success(tmp_path: Path, name: str) -> None:
    pages = [
        Page(b"fields", "application/warc-fields", kind="metadata"),
        Page(BODY, "text/html; charset=utf-8"),
        Page(b"moved", status="301 Moved Permanently"),
        Page(b"\x89PNG", "image/png"),
        Page(b"taken out", "text/plain", kind="conversion"),
        Page(b"%PDF-1.7", "application/pdf"),
        Page(b"gone", status="404 Not Found"),
        Page(b"<p>old</p>", 'text/html; charset="windows-1252"'),
    ]
    path = warc(tmp_path / name, pages)
    found = read(path)
    assert [(one.number, one.media_type, one.encoding, one.data) for one in found] == [
        (2, HTML, "utf-8", BODY),
        (5, TEXT, None, b"taken out"),
        (6, PDF, None, b"%PDF-1.7"),
        (8, HTML, None, b"<p>old</p>"),
    ]
    assert (found[0].url, found[0].day) == ("https://2.example/privacy", date(2020, 3, 2))
    assert found[0].id.startswith("urn:uuid:")
    assert len({one.id for one in found}) == 4
    assert [one.number for one in read(path, after=5)] == [6, 8]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(BODY), ("Content-Encoding", "gzip")),
        (zlib.compress(BODY), ("Content-Encoding", "deflate")),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY), ("Transfer-Encoding", "chunked")),
        # Unpacked when it was written, and the header left as it was.
        (BODY, ("Content-Encoding", "gzip")),
        (BODY, ("Transfer-Encoding", "chunked")),
    ],
    ids=["gzip", "deflate", "chunked", "no longer gzip", "no longer chunked"],
)
def test_pages_are_unpacked_if_they_are_packed(tmp_path: Path, body: bytes, headers: tuple[str, str]) -> None:
    (found, other) = read(warc(tmp_path / "a.warc.gz", [Page(body, headers=(headers,)), Page(b"next")]))
    assert (found.data, found.fault, other.data) == (BODY, "", b"next")


def test_what_cannot_be_unpacked_or_is_too_large_costs_itself(tmp_path: Path) -> None:
    pages = [
        Page(b"?", headers=(("Content-Encoding", "compress"),)),
        Page(gzip.compress(b"a" * 1_000_000), headers=(("Content-Encoding", "gzip"),)),
        Page(b"next"),
    ]
    found = read(warc(tmp_path / "a.warc", pages))
    assert [(one.data, one.fault) for one in found] == [
        (None, "is packed as compress, which is not read"),
        (None, "larger than 100,000 bytes (--max-bytes)"),
        (b"next", ""),
    ]


def test_what_the_crawler_cut_short_is_told(tmp_path: Path) -> None:
    (found,) = read(warc(tmp_path / "a.warc", [Page(b"<p>one", about=(("WARC-Truncated", "length"),))]))
    assert found.cut == "the crawler has cut it short (length)"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_comes_before_the_cut_is_read_and_the_record_at_the_cut_is_none(tmp_path: Path, name: str) -> None:
    path = warc(tmp_path / name, [Page(b"%d" % at + BODY) for at in range(1, 10)])
    whole = path.read_bytes()
    last = [one.data for one in read(path)]
    for size in (len(whole) * 8 // 9 - 20, len(whole) - 10, len(whole) * 8 // 9 + 60):
        path.write_bytes(whole[:size])
        found, said = until_damaged(read_warc("shard", str(path), 0, 100_000))
        assert "is cut short" in said
        assert [one.data for one in found] == last[: len(found)]
        assert len(found) >= 7


@pytest.mark.parametrize("data", [b"garbage " * 100, b"<html>" * 9])
def test_what_is_no_archive_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    with pytest.raises(DamagedError, match=r"^is no WARC$"):
        read(path)


def test_nothing_is_left_out_in_silence_behind_a_damaged_record(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc", [Page(BODY), Page(BODY), Page(BODY)])
    data = path.read_bytes()
    at = data.index(b"WARC/1.0", len(data) // 2)
    path.write_bytes(data[:at] + b"XXXX" + data[at + 4 :])
    with pytest.raises(DamagedError, match=r"^is damaged behind record [12]$"):
        read(path)
