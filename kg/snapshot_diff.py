"""What changed between two snapshots, in terms of articles, facts and identities.

Both datasets are in order, so their lines are compared side by side, and only those that differ are kept;
one more pass over each finds who the entities in them are. A fact is what the default graph states:
subject, relation, object. It comes, goes, or rests on other statements than before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote

import msgspec

from kg import iris
from kg.errors import ExportError
from kg.labels import CHINESE
from kg.quad_lines import QuadLine, iri_of, language_of, read_line, text_of
from kg.resolve import PLANNED, POST_RELATION
from kg.snapshot import DATASET
from kg.vocabulary import DATA, GOV, RDF, RDFS, RELATIONS

_FORMERLY = "formerlyHeldPost"
_FACT_PREDICATES = {
    **{GOV[name].value: name for name in RELATIONS},
    GOV[_FORMERLY].value: _FORMERLY,
}
_ENDS = (RDF.subject.value, RDF.object.value)
_LABEL, _REFERS, _DIGEST = RDFS.label.value, GOV.refersTo.value, GOV.recordDigest.value


class FactChange(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """A fact by the labels of its ends, and how many statements of it were gained, lost and changed.

    `articles` are the ids of those that have these statements.
    """

    subject: str
    relation: str
    object: str
    gained: int = 0
    lost: int = 0
    changed: int = 0
    articles: tuple[str, ...] = ()


class IdentityChange(msgspec.Struct, frozen=True, order=True):
    """Mentions that are taken for someone or something else: canonical IRIs, and in which articles."""

    before: str
    after: str
    articles: tuple[str, ...]


class LabelChange(msgspec.Struct, frozen=True, order=True):
    """An entity that is called otherwise."""

    iri: str
    before: str
    after: str


class SnapshotDiff(msgspec.Struct, frozen=True):
    """What the second snapshot has and the first has not, and the other way round."""

    articles_added: list[str]
    articles_removed: list[str]
    articles_changed: list[str]
    facts_added: list[FactChange]
    facts_removed: list[FactChange]
    facts_supported_otherwise: list[FactChange]
    identities: list[IdentityChange]
    labels: list[LabelChange]
    quads_added: int
    quads_removed: int

    @property
    def is_empty(self) -> bool:
        """Whether the datasets are the same."""
        return not self.quads_added and not self.quads_removed


@dataclass(slots=True)
class _Side:
    """The lines that one snapshot alone has, and what is looked up in the whole of it.

    `statements` are the lines, by predicate, of those of which either snapshot alone has a line.
    """

    lines: list[QuadLine] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    refers: dict[str, str] = field(default_factory=dict)
    statements: dict[str, dict[str, str]] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """A thing's label, or what its IRI says."""
        return self.labels.get(iri) or unquote(iri.removeprefix(DATA))


def diff(before: str | Path, after: str | Path) -> SnapshotDiff:
    """Return what changed from one snapshot (a folder, or its N-Quads file) to the other.

    Raises ExportError if one cannot be read or is not in order.
    """
    files = dataset_of(before), dataset_of(after)
    old, new = _Side(), _Side()
    for line, side in _differing(*files):
        (old if side < 0 else new).lines.append(read_line(line))
    statements = {line.subject for side in (old, new) for line in side.lines if _is_of_statement(line)}
    for file, each in zip(files, (old, new), strict=True):
        _look_up(file, each, statements)
    added, removed, changed = _articles(old, new)
    facts = _facts(old, new)
    return SnapshotDiff(
        added,
        removed,
        changed,
        *facts,
        _identities(old, new),
        _labels(old, new),
        len(new.lines),
        len(old.lines),
    )


def dataset_of(snapshot: str | Path) -> Path:
    """Return the N-Quads file of a snapshot; raises ExportError if there is none."""
    path = Path(snapshot)
    file = path / DATASET if path.is_dir() else path
    if not file.is_file():
        raise ExportError(
            f"holds no {DATASET}" if path.is_dir() else "there is no such file",
            file=str(path),
            remedy="name a folder that `govkg snapshot` wrote, or its N-Quads file",
        )
    return file


def _differing(before: Path, after: Path) -> Iterator[tuple[bytes, int]]:
    """Yield the lines that only one has: with -1 those before, with 1 those after."""
    with before.open("rb") as old, after.open("rb") as new:
        ours, theirs = _in_order(old, before), _in_order(new, after)
        one, other = next(ours, None), next(theirs, None)
        while one is not None or other is not None:
            if one == other:
                one, other = next(ours, None), next(theirs, None)
            elif other is None or (one is not None and one < other):
                assert one is not None
                yield one, -1
                one = next(ours, None)
            else:
                yield other, 1
                other = next(theirs, None)


def _in_order(lines: IO[bytes], file: Path) -> Iterator[bytes]:
    last = b""
    for number, line in enumerate(lines, 1):
        if line < last or not line.endswith(b" .\n"):
            problem = "comes before the line above it" if line < last else "is no whole N-Quads line"
            raise ExportError(
                f"line {number:,} {problem}",
                file=str(file),
                remedy="compare files that `govkg snapshot` wrote, unchanged",
            )
        yield line
        last = line


def _is_of_statement(line: QuadLine) -> bool:
    article, hash_, name = line.subject.partition("#")
    return line.graph == article and bool(hash_) and name[:1] == "f" and name[1:].isdigit()


def _look_up(file: Path, side: _Side, statements: set[str]) -> None:
    """Read the labels, who is who, and these statements from a whole dataset."""
    label, refers = f" <{_LABEL}> ".encode(), f" <{_REFERS}> ".encode()
    starts = {f"<{iri}".encode() for iri in statements}
    with file.open("rb") as lines:
        for line in lines:
            if line.split(b">", 1)[0] in starts:
                quad = read_line(line)
                side.statements.setdefault(quad.subject, {})[quad.predicate] = quad.object
            elif label in line:
                quad = read_line(line)
                if not quad.graph and language_of(quad.object) == CHINESE.lower():
                    side.labels.setdefault(quad.subject, text_of(quad.object))
            elif refers in line:
                quad = read_line(line)
                side.refers[quad.subject] = iri_of(quad.object)


def _articles(old: _Side, new: _Side) -> tuple[list[str], list[str], list[str]]:
    before, after = (
        {line.subject for line in side.lines if line.predicate == _DIGEST} for side in (old, new)
    )
    return (
        [_id(article) for article in sorted(after - before)],
        [_id(article) for article in sorted(before - after)],
        [_id(article) for article in sorted(before & after)],
    )


def _id(article: str) -> str:
    return unquote(article.split("#", 1)[0].removeprefix(f"{DATA}article/"))


_Key = tuple[str, str, str]
"""A fact: canonical subject, relation, canonical object (of an office: the post) or date."""


@dataclass(slots=True)
class _Support:
    """How many statements of a fact were gained, lost and changed, and in which articles."""

    gained: int = 0
    lost: int = 0
    changed: int = 0
    articles: set[str] = field(default_factory=set)


def _facts(old: _Side, new: _Side) -> tuple[list[FactChange], list[FactChange], list[FactChange]]:
    """The facts added, removed, and supported otherwise."""
    gone, come = _direct(old), _direct(new)
    supports = _supports(old, new)
    return (
        sorted(_change(new, key, supports.get(key)) for key in come),
        sorted(_change(old, key, supports.get(key)) for key in gone),
        sorted(_change(new, key, supports[key]) for key in supports.keys() - gone - come),
    )


def _direct(side: _Side) -> set[_Key]:
    return {
        _key(line.subject, _FACT_PREDICATES[line.predicate], iri_of(line.object) or text_of(line.object))
        for line in side.lines
        if not line.graph and line.predicate in _FACT_PREDICATES
    }


def _key(subject: str, relation: str, obj: str) -> _Key:
    """The fact; of the two ways to say a symmetric one, one."""
    if relation in RELATIONS and RELATIONS[relation].symmetric:
        subject, obj = sorted((subject, obj))
    return subject, relation, obj


def _supports(old: _Side, new: _Side) -> dict[_Key, _Support]:
    """What changed in the statements of each fact; one that only has another number now has not changed."""
    before, after = _by_article(old), _by_article(new)
    found: dict[_Key, _Support] = {}
    for article in before.keys() | after.keys():
        left = before.get(article, Counter()) - after.get(article, Counter())
        right = after.get(article, Counter()) - before.get(article, Counter())
        lost, gained = _by_fact(left), _by_fact(right)
        for key in lost.keys() | gained.keys():
            changed = min(lost[key], gained[key])
            support = found.setdefault(key, _Support())
            support.changed += changed
            support.lost += lost[key] - changed
            support.gained += gained[key] - changed
            support.articles.add(article)
    return found


_Stated = tuple[_Key, frozenset[tuple[str, str]]]
"""The fact that a statement states, and all else it says."""


def _by_article(side: _Side) -> dict[str, Counter[_Stated]]:
    found: dict[str, Counter[_Stated]] = {}
    for statement, said in side.statements.items():
        key = _stated(side, said)
        if key is not None:
            rest = frozenset(pair for pair in said.items() if pair[0] not in _ENDS)
            found.setdefault(_id(statement), Counter())[key, rest] += 1
    return found


def _by_fact(stated: Counter[_Stated]) -> Counter[_Key]:
    found: Counter[_Key] = Counter()
    for (key, _), count in stated.items():
        found[key] += count
    return found


def _stated(side: _Side, said: dict[str, str]) -> _Key | None:
    """The fact that a statement states, None if it is only planned."""
    if text_of(said.get(GOV.modality.value, "")) == PLANNED:
        return None
    relation = GOV.local_name(iri_of(said[RDF.predicate.value])) or ""
    subject = side.refers.get(iri_of(said[RDF.subject.value]), "")
    written = said[RDF.object.value]
    obj = side.refers.get(iri_of(written), "") if iri_of(written) else text_of(written)
    if relation == POST_RELATION:
        obj = iris.post(obj, text_of(said.get(GOV.title.value, "")))
        if text_of(said.get(GOV.former.value, "")) == "true":
            relation = _FORMERLY
    return _key(subject, relation, obj)


def _change(side: _Side, key: _Key, support: _Support | None) -> FactChange:
    subject, relation, obj = key
    named = side.label(subject), relation, side.label(obj)
    if support is None:
        return FactChange(*named)
    return FactChange(*named, support.gained, support.lost, support.changed, tuple(sorted(support.articles)))


def _identities(old: _Side, new: _Side) -> list[IdentityChange]:
    """Who is taken for someone else, of the local entities that both snapshots have."""
    moved: dict[tuple[str, str], set[str]] = {}
    for line in new.lines:
        if line.predicate == _REFERS and line.subject in old.refers:
            pair = (old.refers[line.subject], iri_of(line.object))
            moved.setdefault(pair, set()).add(_id(line.subject))
    return sorted(
        IdentityChange(unquote(one.removeprefix(DATA)), unquote(other.removeprefix(DATA)), tuple(sorted(of)))
        for (one, other), of in moved.items()
    )


def _labels(old: _Side, new: _Side) -> list[LabelChange]:
    """What both snapshots have under one IRI and call otherwise."""
    both = {line.subject for line in new.lines if line.predicate == _LABEL and not line.graph}
    return sorted(
        LabelChange(unquote(iri.removeprefix(DATA)), old.labels[iri], new.labels[iri])
        for iri in both & old.labels.keys() & new.labels.keys()
        if old.labels[iri] != new.labels[iri]
    )
