"""Canonical names: one name for the written forms of the same thing, by rules that are documented here.

- All: full-width forms become ordinary ones (NFKC), spaces and quotation marks go.
- Institution: 中共 and 中国共产党 before a local organ go, and an organ that follows a place takes its
  usual short form: 中共酒泉市委政法委员会 and 酒泉市委政法委 are 酒泉市委政法委. The forms are the
  lexicon's (organ_tails.tsv).
- Practice: an alias of the lexicon (practices.tsv) becomes the name it stands for. A leading 新时代
  before a practice of the lexicon makes a version of its own, and `broader_practice` says of what.
- Document: 《 》 around the whole title go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract.language.lexicon_files import TABLES, read_table, split_list
from extract.language.organ_forms import shortened

_MARKS = re.compile(r"[\s“”‘’\"'「」『』]+")
_PARTY = re.compile(r"^(?:中国共产党|中共)(?=.+)(?!中央)")
_NEW_ERA = "新时代"


def fold(text: str) -> str:
    """Return the text with full-width forms, spaces and quotation marks folded."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)) or text.strip()


def canonical_name(kind: str, name: str) -> str:
    """Return the name that all written forms of the entity share, by the rules of its type."""
    folded = fold(name)
    if kind == "Institution":
        return _institution(folded)
    if kind == "Practice":
        return _practice_aliases().get(folded, folded)
    if kind == "Document":
        return _bare_title(folded)
    return folded


def broader_practice(name: str) -> str | None:
    """Return the practice that this one is a version of, by lexicon or by its leading 新时代.

    >>> broader_practice("新时代枫桥经验")
    '枫桥经验'
    """
    known = _practice_versions().get(name)
    if known is not None:
        return known
    rest = name.removeprefix(_NEW_ERA)
    return rest if rest != name and rest in _practice_names() else None


def is_relative_alias(kind: str, alias: str, name: str) -> bool:
    """Return whether the alias is only the end of the name (市委 of 酒泉市委), so needs its context."""
    return kind in ("Institution", "Place") and alias != name and name.endswith(alias)


def _institution(name: str) -> str:
    """Replace the longest form of an organ that ends the name, if a place stands before it."""
    return shortened(_PARTY.sub("", name))


def _bare_title(name: str) -> str:
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        return name[1:-1]
    return name


@lru_cache(maxsize=1)
def _practice_aliases() -> dict[str, str]:
    return {
        fold(alias): fold(row["name"]) for row in _rows("practices") for alias in split_list(row["aliases"])
    }


@lru_cache(maxsize=1)
def _practice_names() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in _rows("practices"))


@lru_cache(maxsize=1)
def _practice_versions() -> dict[str, str]:
    return {fold(row["name"]): fold(row["version_of"]) for row in _rows("practices") if row["version_of"]}


def _rows(table: str) -> list[dict[str, str]]:
    names = [column.name for column in TABLES[table]]
    return [dict(zip(names, row, strict=True)) for row in read_table(table)]
