"""Lexicon files: tables of words as tab-separated text, one entry a line, checked when read.

A file opens with `#` lines that say what belongs in it; one of them is `# columns: ` and the names
of the columns. Other `#` lines head sections. `-` in a cell means nothing to say there.
Closed vocabularies (kinds, ranks, strengths) are declared here, so a misspelt kind is an error.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from extract.errors import LanguageDataError

NOTHING = "-"
LIST_SEPARATOR = ";"

Row = tuple[str, ...]


class Column(NamedTuple):
    """One column: its name, the values it may take (None: any), whether a cell may be empty."""

    name: str
    values: frozenset[str] | None = None
    optional: bool = False


def _one_of(name: str, values: str, optional: bool = False) -> Column:
    return Column(name, frozenset(values.split()), optional)


_ORGAN_KINDS = (
    "party government congress cppcc supervision judicial military mass academic media business social "
    "village adhoc administrative"
)
_PRACTICE_KIND = _one_of(
    "kind", "experience model mechanism programme campaign reform platform index slogan system"
)
_STRENGTH = _one_of("strength", "strong weak")
_ALIASES = Column("aliases", optional=True)

TABLES: dict[str, tuple[Column, ...]] = {
    "titles": (
        Column("title"),
        _one_of(
            "kind",
            "party government congress cppcc judicial supervision military mass academic media business "
            "social village diplomatic generic role",
        ),
        _one_of(
            "rank",
            "national sub-national ministry vice-ministry bureau vice-bureau county vice-county township "
            "vice-township",
            optional=True,
        ),
        Column("organ", optional=True),
        Column("post", optional=True),
    ),
    "countries": (Column("name"), _ALIASES),
    "title_organs": (Column("title"), Column("organs")),
    "title_modifiers": (
        Column("modifier"),
        _one_of("kind", "deputy standing acting former honorary rank joint emeritus"),
    ),
    "organ_tails": (
        Column("tail"),
        _one_of("kind", _ORGAN_KINDS),
        _one_of("level_dependent", "0 1"),
        Column("abbreviation_of", optional=True),
    ),
    "institution_heads": (Column("head"), _one_of("kind", _ORGAN_KINDS), _STRENGTH),
    "central_organs": (Column("name"), _ALIASES, _one_of("kind", _ORGAN_KINDS)),
    "surnames": (
        Column("surname"),
        _one_of("weight", "1 2 3 4 5"),
        _one_of("kind", "single compound minority"),
    ),
    "practices": (
        Column("name"),
        _PRACTICE_KIND,
        _ALIASES,
        Column("version_of", optional=True),
        Column("origin", optional=True),
        _STRENGTH,
    ),
    "practice_heads": (
        Column("head"),
        _PRACTICE_KIND,
        _STRENGTH,
    ),
    "honours": (Column("name"), _ALIASES, _one_of("kind", "place institution person practice any")),
    "honour_heads": (Column("head"), _STRENGTH),
    "event_heads": (
        Column("head"),
        _one_of(
            "kind",
            "conference meeting ceremony training inspection signing award forum activity campaign session",
        ),
        _STRENGTH,
    ),
    "document_heads": (Column("head"), _STRENGTH),
    "media": (Column("name"), _ALIASES),
    "speech_verbs": (
        Column("verb"),
        _one_of("stance", "affirms urges reports criticises"),
        Column("forbids", optional=True),
    ),
    "practice_verbs": (
        Column("verb"),
        _one_of("use", "names takes"),
        _one_of("stage", "pilot adopted extended ended", optional=True),
        Column("forbids", optional=True),
    ),
    "doctrines": (Column("name"),),
    "not_persons": (Column("word"), _one_of("reason", "place thing word title group ethnonym")),
    "generic_organs": (Column("name"),),
    "name_breaks": (Column("word"), _one_of("scope", "any plain institution")),
    "glued_verbs": (Column("verb"), _one_of("after", "any names")),
    "holding_verbs": (Column("verb"),),
    "office_verbs": (
        Column("verb"),
        _one_of("seat", "appoints removes takes leaves past"),
        _one_of("manner", "appointed elected removed resigned", optional=True),
    ),
    "common_words": (Column("word"),),
    "surname_lookalikes": (Column("character"),),
    "name_followers": (Column("word"),),
    "event_citations": (Column("word"),),
    "event_modifiers": (Column("word"),),
    "event_openers": (Column("word"),),
    "not_practices": (Column("name"),),
    "head_lookalikes": (Column("word"),),
    "generic_words": (Column("word"),),
    "visit_verbs": (Column("verb"),),
    "convened_bodies": (Column("body"), Column("event")),
    "hedges": (
        Column("word"),
        _one_of("scope", "rest clause"),
        _one_of("mood", "planned", optional=True),
    ),
}


def read_table(name: str) -> list[Row]:
    """Return the rows of a lexicon table in the order of the file, `-` read as "".

    Raises LanguageDataError naming the file and line, or the tables there are if `name` is none.
    """
    if name not in TABLES:
        raise LanguageDataError(
            f"there is no lexicon table {name!r}", remedy=f"the tables are {', '.join(TABLES)}"
        )
    file = resources.files("extract.language") / "lexicon" / f"{name}.tsv"
    return read_rows(file, TABLES[name])


def read_rows(file: Traversable, columns: tuple[Column, ...]) -> list[Row]:
    """Return the rows of one tab-separated file that has these columns.

    Raises LanguageDataError naming file and line: no `# columns:` line or another one, a wrong number of
    cells, stray spaces, a value outside its vocabulary, an entry given twice.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise LanguageDataError(
            f"cannot be read ({exc})", file=file.name, remedy="save it as UTF-8 in the lexicon folder"
        ) from exc
    lines = text.split("\n")
    _check_header(file.name, lines, columns)
    rows: list[Row] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        row = _read_row(file.name, number, line, columns)
        if row[0] in first_line:
            raise LanguageDataError(
                f"{row[0]!r} stands already in line {first_line[row[0]]}",
                file=file.name,
                entry=number,
                remedy="keep one of the two lines",
            )
        first_line[row[0]] = number
        rows.append(row)
    return rows


def split_list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several, such as aliases; none for an empty cell.

    >>> split_list("中组部;中共中央组织部")
    ('中组部', '中共中央组织部')
    """
    return tuple(cell.split(LIST_SEPARATOR)) if cell else ()


def _check_header(file: str, lines: list[str], columns: tuple[Column, ...]) -> None:
    wanted = "# columns: " + ", ".join(column.name for column in columns)
    if wanted not in lines:
        raise LanguageDataError(
            "the line that names the columns is missing", file=file, remedy=f"add {wanted!r}"
        )


def _read_row(file: str, number: int, line: str, columns: tuple[Column, ...]) -> Row:
    cells = line.split("\t")
    if len(cells) != len(columns):
        names = ", ".join(column.name for column in columns)
        raise LanguageDataError(
            f"{len(cells)} cells where {len(columns)} are due",
            file=file,
            entry=number,
            remedy=f"separate {names} by single tabs and write {NOTHING!r} for an empty cell",
        )
    for cell, column in zip(cells, columns, strict=True):
        _check_cell(file, number, cell, column)
    return tuple("" if cell == NOTHING else cell for cell in cells)


def _check_cell(file: str, number: int, cell: str, column: Column) -> None:
    if cell == NOTHING and column.optional:
        return
    parts = cell.split(LIST_SEPARATOR)
    if any(part != part.strip() or not part or part == NOTHING for part in parts):
        raise LanguageDataError(
            f"{column.name} {cell!r} is empty or has stray spaces",
            file=file,
            entry=number,
            remedy=f"write the bare word{', or - for nothing' if column.optional else ''}",
        )
    if len(set(parts)) < len(parts):
        raise LanguageDataError(
            f"{column.name} {cell!r} names something twice", file=file, entry=number, remedy="keep it once"
        )
    if column.values is not None and cell not in column.values:
        raise LanguageDataError(
            f"{column.name} cannot be {cell!r}",
            file=file,
            entry=number,
            remedy=f"choose one of {', '.join(sorted(column.values))}",
        )
