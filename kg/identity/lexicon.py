"""Tables of kg/identity/data: what names say of identity, as data.

They have the form of the lexicon's tables (extract/language/lexicon_files.py).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from extract.language.lexicon_files import Column, read_rows

TABLES = {
    "countries": (Column("name"), Column("short", optional=True), Column("also", optional=True)),
    "common_bodies": (Column("body"), Column("kind", frozenset(("organ", "any", "part")))),
    "institution_aliases": (Column("name"), Column("aliases")),
    "callings": (Column("word"), Column("kind")),
    "successions": (
        Column("former"),
        Column("later"),
        Column("since"),
        Column("what", frozenset(("organ", "name"))),
    ),
    "name_characters": (Column("character"), Column("surname"), Column("given")),
}


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table by column, `-` read as "".

    Raises LanguageDataError naming the table, the line and what is wrong with it.
    """
    columns = TABLES[name]
    rows = read_rows(resources.files("kg.identity") / "data" / f"{name}.tsv", columns)
    return [dict(zip((column.name for column in columns), row, strict=True)) for row in rows]


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Return what names of other states stand for, full names for themselves: 俄罗斯联邦 for 俄罗斯."""
    found: dict[str, str] = {}
    for row in read_table("countries"):
        found[row["name"]] = row["name"]
        found.update((form, row["name"]) for form in row["also"].split(";") if form)
    return found


@lru_cache(maxsize=1)
def country_abbreviations() -> dict[str, str]:
    """Return the short forms that headlines put before an organ (俄外交部), with the state they mean."""
    return {row["short"]: row["name"] for row in read_table("countries") if row["short"]}


@lru_cache(maxsize=1)
def institution_aliases() -> dict[str, str]:
    """Return the institutions that other names mean, by those names."""
    return {
        alias: row["name"] for row in read_table("institution_aliases") for alias in row["aliases"].split(";")
    }


def country_before(text: str) -> str | None:
    """Return the state whose name ends the text, the longest name first."""
    known = countries()
    for length in range(min(len(text), 8), 1, -1):
        name = known.get(text[-length:])
        if name is not None:
            return name
    return None


def last_country(text: str) -> str | None:
    """Return the state that a text names last, None if it names none."""
    for end in range(len(text), 1, -1):
        found = country_before(text[:end])
        if found is not None:
            return found
    return None


def country_of(name: str) -> str | None:
    """Return the state whose name opens an institution's name, the longest name first."""
    known = countries()
    for length in range(min(len(name), 8), 1, -1):
        found = known.get(name[:length])
        if found is not None:
            return found
    return None


@lru_cache(maxsize=8)
def common_bodies(*kinds: str) -> frozenset[str]:
    """Return the bodies of some kinds that many have under the same name."""
    return frozenset(row["body"] for row in read_table("common_bodies") if row["kind"] in kinds)
