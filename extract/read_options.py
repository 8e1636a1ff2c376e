"""How inputs are read: what the options are, and what each may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.encodings import check_encoding_name
from extract.errors import ArticleError
from extract.tables import FIELDS

FORMATS = ("auto", "text", "html", "jsonl", "csv")
MAX_CHARACTERS = 5_000_000
"""The longest article that is read, in characters, unless the options say otherwise."""

_BYTES_A_CHARACTER_OF_A_FILE = 4
_BYTES_A_CHARACTER_OF_A_LINE = 6
_BYTE_ORDER_MARK = 5


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    `format` is one of FORMATS; auto goes by the suffix, then by how the file begins. `columns` names the
    column of a table for any of text, title, date, source, url, id, authors, editors; the others are looked
    for under their usual English and Chinese names. `base` is the folder that ids are relative to (default:
    the folder given as input). `encoding` overrules detection. Articles of more than `max_characters`
    characters, counted before furniture is removed, are refused.

    Raises ArticleError where the format, a column's field or the encoding is unknown.
    """

    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    base: Path | None = None
    encoding: str | None = None
    max_characters: int = MAX_CHARACTERS

    def __post_init__(self) -> None:
        """Check the choices against those there are."""
        if self.format not in FORMATS:
            raise ArticleError(
                f"unknown format {self.format!r}", remedy=f"choose one of {', '.join(FORMATS)}"
            )
        for name in self.columns:
            if name not in FIELDS:
                raise ArticleError(
                    f"a column cannot be named for {name!r}", remedy=f"choose one of {', '.join(FIELDS)}"
                )
        if self.encoding is not None:
            try:
                check_encoding_name(self.encoding)
            except LookupError:
                raise ArticleError(
                    f"unknown encoding {self.encoding!r}",
                    remedy="for instance utf-8, gb18030, big5, utf-16-le",
                ) from None

    @property
    def max_file_bytes(self) -> int:
        """How much of a file that is one article is read, so that one that is too long is known to be."""
        return self.max_characters * _BYTES_A_CHARACTER_OF_A_FILE + _BYTE_ORDER_MARK

    @property
    def max_line_bytes(self) -> int:
        """The longest line of a table that is read."""
        return self.max_characters * _BYTES_A_CHARACTER_OF_A_LINE

    @property
    def python_encoding(self) -> str | None:
        """The encoding under Python's name, if one is chosen."""
        return check_encoding_name(self.encoding) if self.encoding else None
