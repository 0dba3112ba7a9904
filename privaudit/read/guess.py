"""Which encoding bytes are in that say nothing of it: told from how languages use their letters."""

from __future__ import annotations

# Encodings in which texts of people were written, by the names of the detector; those of mainframes are none.
_POSSIBLE = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859-1", "iso8859-2",
    "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-15",
    "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek", "cp437", "cp850", "cp852",
    "cp866", "cp932", "shift_jis", "euc-jp", "gb18030", "big5hkscs", "cp949", "euc_kr", "cp874",
)  # fmt: skip
# With fewer bytes beyond ASCII, chance decides; most such texts are in the encoding of the West.
_LEAST = 3
_MOST_BYTES = 200_000
WESTERN = "cp1252"
# The same letters in the same places, and signs where the narrower one has controls (WHATWG Encoding).
_WIDER = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "euc_kr": "cp949", "shift_jis": "cp932"}


def guess(data: bytes) -> str:
    """The codec that the bytes are most likely in, one that takes all of them; `latin-1` where no better does."""
    beyond = len(data) - len(data.translate(None, bytes(range(128, 256))))
    found = _detected(data) if beyond >= _LEAST else WESTERN
    for codec in (found, WESTERN, "latin-1"):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec
    return "latin-1"


def _detected(data: bytes) -> str:
    import codecs

    import chardet

    # From where the letters begin that tell anything.
    first = next(at for at, byte in enumerate(data) if byte > 127)
    start = max(0, first - _MOST_BYTES // 4)
    sample = data[start : start + _MOST_BYTES]
    name = chardet.detect(sample, include_encodings=_POSSIBLE, max_bytes=_MOST_BYTES)["encoding"]
    codec = codecs.lookup(name).name if name else WESTERN
    return _WIDER.get(codec, codec)
