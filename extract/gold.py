"""Gold files: what a careful reader finds in an article, against which a run is measured.

One entity or fact a line, fields separated by `|`:

    E|Type|name|alias|…            E?|…  an entity that a run may leave out
    F|subject|relation|object|key=value|…     F?|…  a fact that a run may leave out
    # a comment
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.errors import GoldError
from extract.language.relations import Relation, read_relations
from extract.records import ENTITY_TYPES

_MARKS = {"E": False, "E?": True, "F": False, "F?": True}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PUNCTUATION = frozenset("“”‘’\"'《》〈〉「」『』·•,，、。()（）-—")
_ABBREVIATIONS = (
    (re.compile(r"^(?:中国共产党|中共)(?!中央|$)"), ""),
    (re.compile(r"(?<=[省市区县州盟旗镇乡])委员会"), "委"),
    (re.compile(r"政法委员会"), "政法委"),
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"^(?:中共)?中央委员会$"), "中央"),
)


def fold_name(name: str) -> str:
    """Return the form of a name that comparison uses.

    Quotes, spaces and full-width forms are folded, a leading 中共 is dropped, and organs take their
    usual short form (委员会 to 委, 人民政府 to 政府), so that 中共甲市委员会 equals 甲市委.
    """
    wide = unicodedata.normalize("NFKC", name)
    folded = "".join(char for char in wide if not (char.isspace() or char in _PUNCTUATION))
    for long_form, short_form in _ABBREVIATIONS:
        folded = long_form.sub(short_form, folded)
    return folded


@dataclass(frozen=True)
class GoldEntity:
    """An entity of the article: its type, its name as written, every accepted name folded."""

    type: str
    name: str
    names: frozenset[str]
    optional: bool


@dataclass(frozen=True)
class GoldFact:
    """A fact of the article; subject and object are places in the list of entities, or an ISO date."""

    subject: int
    relation: str
    object: int | str
    title: str
    former: bool
    optional: bool


@dataclass(frozen=True)
class Gold:
    """What a gold file says of one article; `id` is the file's stem, the article's id."""

    id: str
    entities: tuple[GoldEntity, ...]
    facts: tuple[GoldFact, ...]


def gold_files(folder: Path) -> list[Path]:
    """Return the gold files of a folder in the order of their names.

    Raises GoldError where the folder does not exist or holds none.
    """
    files = sorted(folder.glob("*.gold"))
    if not files:
        remedy = "name a folder that holds files called <article id>.gold"
        raise GoldError("no gold files here", file=str(folder), remedy=remedy)
    return files


def read_gold(path: Path) -> Gold:
    """Return what a gold file says.

    Raises GoldError naming the file and the line where the file cannot be read as UTF-8, a line has
    an unknown mark or too few fields, an entity or relation is of no known type, a fact uses a name
    that no entity line above it bears, or its ends are not what the relation joins.
    """
    reader = _Reader(str(path))
    for number, line in enumerate(_text(path).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            reader.read_line(number, [field.strip() for field in line.split("|")])
    return Gold(path.stem, tuple(reader.entities), tuple(reader.facts))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        raise GoldError(f"not UTF-8 ({exc})", file=str(path), remedy="save the file in UTF-8") from exc
    except OSError as exc:
        problem = exc.strerror or str(exc)
        raise GoldError(problem, file=str(path), remedy="name a file that can be read") from exc


@cache
def _relations() -> dict[str, Relation]:
    return read_relations()


class _Reader:
    """Gathers the entities and facts of one file, and knows where it stands for its errors."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.number = 0
        self.entities: list[GoldEntity] = []
        self.facts: list[GoldFact] = []
        self.by_name: dict[str, int] = {}

    def read_line(self, number: int, fields: list[str]) -> None:
        self.number = number
        mark, *rest = fields
        if mark not in _MARKS:
            raise self.error(f"unknown line mark {mark!r}", "begin a line with E, E?, F, F? or #")
        if mark.startswith("E"):
            self.read_entity(rest, _MARKS[mark])
        else:
            self.read_fact(rest, _MARKS[mark])

    def read_entity(self, fields: list[str], optional: bool) -> None:
        if len(fields) < 2 or not fields[1]:
            raise self.error("an entity without type or name", "write E|Type|name|alias|…")
        kind, *names = fields
        if kind not in ENTITY_TYPES:
            raise self.error(f"unknown type {kind!r}", f"use one of {', '.join(ENTITY_TYPES)}")
        names = [name for name in names if name]
        for name in names:
            self.by_name.setdefault(name, len(self.entities))
        folded = frozenset(fold_name(name) for name in names)
        self.entities.append(GoldEntity(kind, names[0], folded, optional))

    def read_fact(self, fields: list[str], optional: bool) -> None:
        if len(fields) < 3:
            raise self.error("a fact with too few fields", "write F|subject|relation|object|key=value|…")
        subject_name, name, object_name, *rest = fields
        relation = _relations().get(name)
        if relation is None:
            raise self.error(f"unknown relation {name!r}", f"use one of {', '.join(_relations())}")
        qualifiers = self.qualifiers(relation, rest)
        subject = self.entity(subject_name, relation.domain)
        to: int | str
        to = self.date(object_name) if "Date" in relation.range else self.entity(object_name, relation.range)
        former = qualifiers.get("former") == "true"
        self.facts.append(GoldFact(subject, name, to, qualifiers.get("title", ""), former, optional))

    def entity(self, name: str, types: tuple[str, ...]) -> int:
        index = self.by_name.get(name)
        if index is None:
            raise self.error(f"no entity named {name!r}", "give it an E line above the fact")
        kind = self.entities[index].type
        if kind not in types:
            problem = f"{name!r} is of type {kind}, the relation takes {' or '.join(types)}"
            raise self.error(problem, "mend the fact or the type of the entity")
        return index

    def date(self, text: str) -> str:
        if not _DATE.fullmatch(text):
            raise self.error(f"{text!r} is no date", "write 2024-02-05, 2024-02 or 2024")
        return text

    def qualifiers(self, relation: Relation, fields: list[str]) -> dict[str, str]:
        pairs = [field.partition("=") for field in fields if field]
        for key, equals, _ in pairs:
            if not equals or key not in relation.qualifiers:
                raise self.error(
                    f"{relation.name} has no qualifier {key!r}",
                    f"use key=value with {', '.join(relation.qualifiers) or 'no qualifier at all'}",
                )
        return {key: value for key, _, value in pairs}

    def error(self, problem: str, remedy: str) -> GoldError:
        return GoldError(problem, file=self.file, entry=self.number, remedy=remedy)
