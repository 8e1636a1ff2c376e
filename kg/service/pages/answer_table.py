"""An answer as a table for people: entities linked, terms by label, names linked where just one has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from extract.errors import GovkgError
from extract.language.relations import Text
from kg.entities.reading import ARTICLE, Reading, type_of
from kg.entities.search_index import SearchIndex
from kg.questions import Column, Question
from kg.service.answer import Answer
from kg.service.pages.addresses import path_of
from kg.service.pages.state import PageState
from kg.service.pages.words import WORDS
from kg.term_labels import term_label
from kg.unknown_terms import unknown_terms
from kg.vocabulary import DATA, PREFIXES

_LONGEST_NAME = 60
_LONGEST_HEADING = {"zh": 12, "en": 24}
_NEAR = 3
_LINE = re.compile(r"line (\d+)")
_CLAUSE = re.compile(r"[，；：（,;:(]")
_NUMBERS = frozenset(("integer", "decimal", "double", "float", "int", "long"))
_DATES = frozenset(("date", "gYear", "gYearMonth", "dateTime"))


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column: what stands above it, what it holds, and whether all its cells are terms of a vocabulary."""

    title: str
    description: str
    kind: str


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell. One that may be an end of a graph has a `node`; one with a page has a `path`."""

    text: str = ""
    kind: str = ""
    node: str = ""
    type: str = ""
    path: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer, or the problem that there was instead, with the line of the query it points to."""

    problem: GovkgError | None = None
    line: int = 0
    shown_line: str = ""
    columns: tuple[ColumnShown, ...] = ()
    rows: tuple[tuple[CellShown, ...], ...] = ()
    cut: bool = False
    is_graph: bool = False
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def problem_shown(error: GovkgError, text: str) -> AnswerShown:
    """Return what is shown of a query that has no answer."""
    match = _LINE.search(str(error.entry or "")) or _LINE.search(error.problem)
    number = int(match[1]) if match else 0
    lines = text.splitlines()
    shown = lines[number - 1] if 0 < number <= len(lines) and "\n" not in error.problem else ""
    return AnswerShown(problem=error, line=number, shown_line=shown)


def answer_shown(
    state: PageState,
    question: Question,
    values: Mapping[str, str],
    answer: Answer,
    seconds: float,
    language: str,
) -> AnswerShown:
    """Return the answer as it is shown in a language."""
    cells = _Cells(state.reading, state.index, language)
    rows = tuple(tuple(cells.cell(term) for term in row) for row in answer.rows)
    known = {column.name: column for column in question.columns}
    return AnswerShown(
        columns=tuple(
            _column(name, known.get(name), [row[place] for row in rows], language)
            for place, name in enumerate(answer.columns)
        ),
        rows=rows,
        cut=answer.cut,
        is_graph=answer.kind == "graph",
        seconds=seconds,
        notes=tuple(_notes(question, language)),
        hints=() if rows else tuple(_hints(state.index, question, values, language)),
    )


def _column(name: str, known: Column | None, cells: list[CellShown], language: str) -> ColumnShown:
    described = ""
    if known is not None:
        described = _in(known.description, language)
    heading = _CLAUSE.split(described, maxsplit=1)[0].strip()
    if not heading or len(heading) > _LONGEST_HEADING[language]:
        heading = name
    kinds = {cell.kind for cell in cells if cell.text}
    return ColumnShown(heading, described, "term" if kinds == {"term"} else "")


class _Cells:
    def __init__(self, reading: Reading, index: SearchIndex, language: str) -> None:
        self._reading = reading
        self._index = index
        self._language = language
        self._known: dict[object, CellShown] = {}

    def cell(self, term: ox.NamedNode | ox.Literal | ox.BlankNode | None) -> CellShown:
        if term is None:
            return CellShown()
        if term not in self._known:
            self._known[term] = self._made(term)
        return self._known[term]

    def _made(self, term: ox.NamedNode | ox.Literal | ox.BlankNode) -> CellShown:
        if isinstance(term, NamedNode):
            return self._of_iri(term)
        if isinstance(term, Literal):
            return self._of_literal(term)
        return CellShown(str(term), "iri")

    def _of_iri(self, node: NamedNode) -> CellShown:
        iri = node.value
        kind = type_of(iri)
        if kind:
            named = self._reading.named(iri)
            cell_kind = "article" if kind == ARTICLE else "name"
            return CellShown(named.label, cell_kind, iri, kind, path_of(iri))
        if iri.startswith(DATA) and "/" in iri.removeprefix(DATA) and "/ontology" not in iri:
            return CellShown(iri.removeprefix(DATA), "iri", path=path_of(iri))
        prefix = next((p for p, base in PREFIXES.items() if iri.startswith(base)), None)
        if prefix is not None:
            text = _in(term_label(node), self._language)
            return CellShown(text, "term", title=f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}")
        return CellShown(iri, "iri")

    def _of_literal(self, term: Literal) -> CellShown:
        text = term.value
        datatype = term.datatype.value.rpartition("#")[2]
        if datatype in _NUMBERS:
            return CellShown(text, "number")
        if datatype in _DATES:
            return CellShown(text, "date")
        if datatype == "boolean":
            return CellShown(_in(WORDS["yes" if text == "true" else "no"], self._language))
        if len(text) > _LONGEST_NAME:
            return CellShown(text, "sentence")
        called = self._index.called(text) if not (term.language or "").endswith("pinyin") else []
        if len(called) == 1:
            named = called[0].named
            return CellShown(text, "name", named.iri, named.type, path_of(named.iri))
        return CellShown(text, "name" if called else "", text)


def _hints(index: SearchIndex, question: Question, values: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield for each name asked for that nobody has which ones come near it."""
    for parameter in question.parameters:
        name = values.get(parameter.name, "")
        if parameter.type != "label" or not name or index.called(name):
            continue
        hits = index.search(name, kinds=parameter.kinds, limit=_NEAR).hits
        near = [hit.entry.named.label for hit in hits]
        said = WORDS["nobody_near" if near else "nobody"]
        yield _in(said, language).format(name=name, near=_in(WORDS["comma"], language).join(near))


def _notes(question: Question, language: str) -> Iterator[str]:
    """Yield for each term of the query that nothing in the graph can have which ones come near it."""
    for unknown in unknown_terms(question.text):
        said = WORDS["unknown_term_near" if unknown.near else "unknown_term"]
        near = _in(WORDS["comma"], language).join(unknown.near)
        yield _in(said, language).format(term=unknown.term, line=unknown.line, near=near)


def _in(text: Text, language: str) -> str:
    return text.zh if language == "zh" else text.en
