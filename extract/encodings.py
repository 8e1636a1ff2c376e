"""Encodings: which one the bytes of an article are in, decided the same way every time.

A byte order mark decides; then what the page declares, if the bytes agree; then UTF-8, if the bytes are
UTF-8; then whichever of GB18030, Big5 and UTF-16 gives the most common characters. Only what is left goes
to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

import charset_normalizer

from extract.errors import ArticleError
from extract.page_lexicon import common_characters

SAMPLE_BYTES = 1 << 16
"""How many bytes are enough to tell the encoding by."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_LINE_ENCODINGS = ("utf-8", "gb18030", "cp950")
_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
}
"""What pages declare, and what they mean by it: a page that says GB2312 uses its supersets."""
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]")
_ODD = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")
_LEAST_COMMON = 0.12
"""The least share of common characters in Chinese text; running text has 0.4 to 0.6."""
_MOST_GAPS = 0.001
_MOST_ODD = 0.01
"""The greatest share of control and private characters in text."""


def decode(data: bytes, *, file: str, declared: str | None = None, chosen: str | None = None) -> str:
    """Return the text of the bytes, without a byte order mark.

    `declared` is the encoding that a page names for itself; it is taken where the bytes agree, or all but
    one in a thousand of its characters do: those are U+FFFD then. `chosen` is one that the user insists
    on. A character cut off at the very end is left out. Raises ArticleError where the bytes are no text in
    any encoding.
    """
    for encoding in [chosen] if chosen else _encodings(data[:SAMPLE_BYTES], declared):
        text = _decoded(data, encoding)
        if text is not None and not _is_odd(text):
            return text.removeprefix("\ufeff")
    repaired = _with_gaps(data, declared) if declared and not chosen else None
    if repaired is None:
        raise _no_text(data, file, chosen)
    return repaired


def find_encoding(beginning: bytes, *, file: str) -> str:
    """Return the Python name of the encoding of a file of lines by its first bytes.

    Where a line spoils it, the encoding is the one that most lines are in. Raises ArticleError where
    no line is text in any encoding.
    """
    for encoding in _encodings(beginning[:SAMPLE_BYTES], None):
        text = _decoded(beginning[:SAMPLE_BYTES], encoding)
        if text is not None and not _is_odd(text):
            return encoding
    lines = [line for line in beginning[:SAMPLE_BYTES].split(b"\n") if line.strip()]
    fitting = {name: sum(_fits(line, name) for line in lines) for name in _LINE_ENCODINGS}
    best = max(_LINE_ENCODINGS, key=lambda name: fitting[name])
    if b"\x00" in beginning or not fitting[best]:
        raise _no_text(beginning, file)
    return best


def _fits(line: bytes, encoding: str) -> bool:
    if encoding == "utf-8":
        return _decoded(line, encoding) is not None
    return _share_of_common(line, encoding) >= _LEAST_COMMON


def check_encoding_name(name: str) -> str:
    """Return Python's name for an encoding that a user or page names.

    Raises LookupError where there is no such encoding of text.
    """
    name = name.strip().strip("\"'").lower()
    known = codecs.lookup(_NAMES.get(name, name))
    if not known._is_text_encoding:
        raise LookupError(name)
    return known.name


def _encodings(sample: bytes, declared: str | None) -> Iterator[str]:
    """Yield the encodings to try, the likeliest first."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            yield name
            return
    if declared:
        with suppress(LookupError):
            yield check_encoding_name(declared)
    yield "utf-8"
    ranked = sorted(_CANDIDATES, key=lambda name: -_share_of_common(sample, name))
    yield from (name for name in ranked if _share_of_common(sample, name) >= _LEAST_COMMON)
    guess = charset_normalizer.from_bytes(sample).best()
    if guess is not None and _share_of_common(sample, guess.encoding) >= _LEAST_COMMON:
        yield guess.encoding


def _with_gaps(data: bytes, encoding: str) -> str | None:
    """Decode a page with a stray byte or two; None if there are more, or the encoding is unknown."""
    try:
        text = data.decode(check_encoding_name(encoding), "replace")
    except LookupError:
        return None
    return text if text.count("\ufffd") <= _MOST_GAPS * len(text) else None


def _decoded(data: bytes, encoding: str) -> str | None:
    """Decode all of the bytes but a character cut off at the end; None if they are not in the encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _share_of_common(sample: bytes, encoding: str) -> float:
    """Return the share of common characters among those beyond ASCII; 0 if the bytes do not decode."""
    text = _decoded(sample, encoding)
    if not text or _is_odd(text):
        return 0.0
    chinese = _PLAIN.sub("", text)
    if not chinese:
        return 1.0
    common = common_characters()
    return sum(char in common for char in chinese) / len(chinese)


def _is_odd(text: str) -> bool:
    return len(_ODD.findall(text)) > _MOST_ODD * len(text)


def _no_text(data: bytes, file: str, chosen: str | None = None) -> ArticleError:
    if chosen:
        return ArticleError(f"not {chosen}", file=file, remedy="name its encoding, or let it be found out")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f" (as UTF-8 it breaks off at byte {error.start:,})"
    else:
        where = ""
    binary = b"\x00" in data[:SAMPLE_BYTES]
    problem = "a binary file, not text" if binary else f"in no encoding of Chinese text{where}"
    return ArticleError(
        problem, file=file, remedy="save it as UTF-8 text, or leave it out" if not binary else "leave it out"
    )
