"""Rulings: what curators decide, kept in a plain file fit for version control.

The file is a table with tabs between its columns and one ruling a line, so that a line added is a
line of difference. `#` starts a comment line; the first other line names the columns:

    ruling  subject  relation  object  qualifiers  source  by  date  note

    same       subject and object are one entity
    different  they are two, whatever speaks for their being one
    rename     subject shall be called what stands under object
    wrong      what is stated of subject, relation and object (and these qualifiers) is not so
    missing    it is so, though no article was read to say it; source says where it is known from

Subject and object are references; the object of a dated relation is a date (2023-06-27, 2023-06, 2023):

    person/唐盛利@甘肃省委政法委          every mention that has this key by its own article (kg/resolve.py)
    article/gov8-12#person/张伟           who the article means by the name
    article/gov8-12#person/张伟,315       the one of that name whom it mentions at character 315

They are IRIs of the dataset without `https://w3id.org/governance-kg/`, which may stand before them.
Qualifiers are written `title=书记;former=true`. `by` and `date` say who ruled and on which day.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO

from extract.records import ENTITY_TYPES
from kg.dates import read_date
from kg.errors import RulingsError
from kg.vocabulary import DATA, RELATIONS

SAME, DIFFERENT, RENAME, WRONG, MISSING = KINDS = ("same", "different", "rename", "wrong", "missing")
COLUMNS = ("ruling", "subject", "relation", "object", "qualifiers", "source", "by", "date", "note")

_TYPES = {kind.lower(): kind for kind in ENTITY_TYPES}
_REFERENCE = re.compile(rf"(?:article/([^/#\s]+)#)?({'|'.join(_TYPES)})/([^/#\s]+)")
_OFFSET = re.compile(r"(.+),(\d+)")
_DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """What a ruling speaks of: a key, or a name in an article, maybe at a character of its text.

    `name` and `article` are written as in IRIs, with what is unsafe there percent-encoded.
    """

    type: str
    name: str
    article: str | None = None
    offset: int | None = None

    def __str__(self) -> str:
        """Return the reference as it is written in the file."""
        text = f"{self.type.lower()}/{self.name}"
        if self.article is None:
            return text
        at = "" if self.offset is None else f",{self.offset}"
        return f"article/{self.article}#{text}{at}"

    @property
    def iri(self) -> str | None:
        """The IRI that the key gives; None for a name in an article."""
        return f"{DATA}{self}" if self.article is None else None


@dataclass(frozen=True, slots=True)
class Signed:
    """Who ruled, on which day (ISO), and what they remark."""

    by: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two references are one entity (`same`), or are two (`different`)."""

    kind: str
    first: Reference
    second: Reference
    signed: Signed


@dataclass(frozen=True, slots=True)
class Rename:
    """An entity shall be called otherwise; its former name stays as another name."""

    entity: Reference
    name: str
    signed: Signed

    @property
    def kind(self) -> str:
        """The word in the file."""
        return RENAME


@dataclass(frozen=True, slots=True)
class FactRuling:
    """A fact is `wrong`, or is `missing`: exactly one of `object` and `date_object` is given.

    `source` is empty for what is wrong; for what is missing it says where it is known from.
    """

    kind: str
    subject: Reference
    relation: str
    object: Reference | None
    date_object: str | None
    signed: Signed
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


Ruling = Pair | Rename | FactRuling


def ruling_id(ruling: Ruling) -> str:
    """Return a short name for the ruling that depends on all it says, for its IRI."""
    return hashlib.sha256(ruling_line(ruling).encode()).hexdigest()[:_DIGEST_LENGTH]


# Writing.


def ruling_line(ruling: Ruling) -> str:
    """Return the ruling as a line of the file, without the end of line."""
    subject, relation, obj, qualifiers, source = _cells(ruling)
    signed = ruling.signed
    return "\t".join(
        (ruling.kind, subject, relation, obj, qualifiers, source, signed.by, signed.date, signed.note)
    )


def _cells(ruling: Ruling) -> tuple[str, str, str, str, str]:
    if isinstance(ruling, Pair):
        return str(ruling.first), "", str(ruling.second), "", ""
    if isinstance(ruling, Rename):
        return str(ruling.entity), "", ruling.name, "", ""
    obj = str(ruling.object) if ruling.object is not None else ruling.date_object or ""
    qualifiers = ";".join(f"{name}={value}" for name, value in sorted(ruling.qualifiers.items()))
    return str(ruling.subject), ruling.relation, obj, qualifiers, ruling.source


def write_rulings(rulings: Iterable[Ruling], out: IO[str]) -> int:
    """Write the head of the table and the rulings in their order; return how many there were."""
    out.write("\t".join(COLUMNS) + "\n")
    count = 0
    for ruling in rulings:
        out.write(ruling_line(ruling) + "\n")
        count += 1
    return count


# Reading.


def read_rulings(lines: Iterable[str], file: str) -> list[Ruling]:
    """Return the rulings of a file's lines, in their order.

    Raises RulingsError naming file, line, problem and remedy: another head, an unknown ruling, a
    reference, relation, qualifier or date that is none, nobody's signature, or rulings of which one says
    same and another different of the same references.
    """
    found: list[Ruling] = []
    places: list[int] = []
    head = False
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n").removeprefix("\ufeff")
        if not text.strip() or text.startswith("#"):
            continue
        cells = [cell.strip() for cell in text.split("\t")]
        cells += [""] * (len(COLUMNS) - len(cells))
        where = _Where(file, number)
        if not head:
            _check_head(cells, where)
            head = True
            continue
        found.append(_ruling(cells, where))
        places.append(number)
    _check_consistent(found, places, file)
    return found


@dataclass(frozen=True, slots=True)
class _Where:
    """File and line, to name in an error."""

    file: str
    line: int

    def error(self, problem: str, remedy: str) -> RulingsError:
        return RulingsError(problem, file=self.file, entry=self.line, remedy=remedy)


def _check_head(cells: list[str], where: _Where) -> None:
    if tuple(cells) != COLUMNS:
        raise where.error(
            "the first line does not name the columns",
            f"begin the table with {' '.join(COLUMNS)}, with tabs between them",
        )


def _ruling(cells: list[str], where: _Where) -> Ruling:
    if len(cells) > len(COLUMNS):
        raise where.error(
            f"{len(cells)} columns instead of {len(COLUMNS)}", f"the columns are {' '.join(COLUMNS)}"
        )
    row = dict(zip(COLUMNS, cells, strict=True))
    kind = row["ruling"]
    if kind not in KINDS:
        raise where.error(f"{kind!r} is no ruling", f"use one of {', '.join(KINDS)}")
    _check_unused(row, where)
    signed = _signed(row, where)
    subject = read_reference(row["subject"], where.file, where.line)
    if kind in (SAME, DIFFERENT):
        return _pair(kind, subject, read_reference(row["object"], where.file, where.line), signed, where)
    if kind == RENAME:
        if not row["object"]:
            raise where.error("a rename without a new name", "write the name under object")
        return Rename(subject, row["object"], signed)
    return _fact(kind, subject, row, signed, where)


def _check_unused(row: Mapping[str, str], where: _Where) -> None:
    used = {WRONG: ("relation", "qualifiers"), MISSING: ("relation", "qualifiers", "source")}
    for column in ("relation", "qualifiers", "source"):
        if row[column] and column not in used.get(row["ruling"], ()):
            raise where.error(f"the ruling {row['ruling']} has no {column}", f"leave {column} empty")


def _signed(row: Mapping[str, str], where: _Where) -> Signed:
    if not row["by"]:
        raise where.error("nobody has signed the ruling", "write who ruled under by")
    try:
        day = datetime.date.fromisoformat(row["date"]).isoformat()
    except ValueError:
        raise where.error(f"{row['date']!r} is no day", "write the day of the ruling as 2024-05-31") from None
    return Signed(row["by"], day, row["note"])


def read_reference(text: str, file: str, line: int) -> Reference:
    """Return what a reference says; raises RulingsError naming file and line if it is none."""
    match = _REFERENCE.fullmatch(text.removeprefix(DATA))
    if match is None:
        raise RulingsError(
            f"{text!r} refers to nothing",
            file=file,
            entry=line,
            remedy="write person/NAME@OFFICE as in its IRI, or article/ID#person/NAME; "
            f"types are {', '.join(_TYPES)}",
        )
    article, kind, name = match.groups()
    at = _OFFSET.fullmatch(name) if article is not None else None
    if at is not None:
        return Reference(_TYPES[kind], at[1], article, int(at[2]))
    return Reference(_TYPES[kind], name, article)


def _pair(kind: str, first: Reference, second: Reference, signed: Signed, where: _Where) -> Pair:
    if first.type != second.type:
        raise where.error(f"{first.type} and {second.type} are never one", "compare entities of one type")
    if first == second:
        raise where.error("both references are the same", "name two entities")
    return Pair(kind, first, second, signed)


def _fact(kind: str, subject: Reference, row: Mapping[str, str], signed: Signed, where: _Where) -> FactRuling:
    relation = RELATIONS.get(row["relation"])
    if relation is None:
        raise where.error(f"{row['relation']!r} is no relation", f"use one of {', '.join(RELATIONS)}")
    qualifiers = _qualifiers(row["qualifiers"], (*relation.qualifiers, "modality"), where)
    _check_type(subject.type, relation.domain, where)
    if kind == MISSING and not row["source"]:
        raise where.error("it is not said where the fact is known from", "name the source under source")
    obj, date = None, None
    if "Date" in relation.range:
        date = row["object"]
        if read_date(date) is None:
            raise where.error(f"{date!r} is no date", "write 2023-06-27, 2023-06 or 2023")
    else:
        obj = read_reference(row["object"], where.file, where.line)
        _check_type(obj.type, relation.range, where)
    return FactRuling(kind, subject, relation.name, obj, date, signed, qualifiers, row["source"])


def _check_type(kind: str, allowed: tuple[str, ...], where: _Where) -> None:
    if kind not in allowed:
        raise where.error(f"{kind} cannot stand there", f"the relation takes {' or '.join(allowed)}")


def _qualifiers(text: str, allowed: tuple[str, ...], where: _Where) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, text.split(";")):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise where.error(f"{part!r} is no qualifier", "write name=value, with ; between several")
        if name not in allowed:
            raise where.error(f"the relation has no qualifier {name!r}", f"use {', '.join(allowed)}")
        found[name] = value
    return found


def _check_consistent(rulings: list[Ruling], lines: list[int], file: str) -> None:
    """Raise RulingsError if references ruled the same, maybe by way of others, are ruled different."""
    parents: dict[Reference, Reference] = {}
    pairs = [(ruling, line) for ruling, line in zip(rulings, lines, strict=True) if isinstance(ruling, Pair)]
    for ruling, _ in pairs:
        if ruling.kind == SAME:
            parents[_root(parents, ruling.first)] = _root(parents, ruling.second)
    for ruling, line in pairs:
        if ruling.kind == DIFFERENT and _root(parents, ruling.first) == _root(parents, ruling.second):
            raise RulingsError(
                f"{ruling.first} and {ruling.second} are ruled different here and the same elsewhere",
                file=file,
                entry=line,
                remedy="take back one of the rulings",
            )


def _root(parents: Mapping[Reference, Reference], reference: Reference) -> Reference:
    while reference in parents and parents[reference] != reference:
        reference = parents[reference]
    return reference
