"""Questions: the library under `queries/`, files and plain text, and their answers as rows of terms.

A question is plain SPARQL 1.1 that any engine runs. Its head, in comments, says what it answers and
which of its variables a caller may bind; binding happens on terms, after parsing, so a value is
never part of the query's text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg.dates import read_date
from kg.errors import QueryError
from kg.labels import chinese
from kg.queryable import Queryable
from kg.sparql import Term
from kg.terms import partial_literal
from kg.vocabulary import PREFIXES, XSD

PARAMETER_TYPES = ("label", "text", "iri", "date", "integer")

_TITLE = re.compile(r"#\s*title\.(zh|en):\s*(.+)")
_ANSWERS = re.compile(r"#\s*answers:\s*(.+)")
_PARAMETER = re.compile(r'#\s*param\s+(\w+)\s+(\w+)\s+example\s+"([^"]*)"\s*:\s*(.+)')


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable a caller may bind; unbound, the question is about everything."""

    name: str
    type: str
    example: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its head says of it."""

    name: str
    text: str
    title_zh: str = ""
    title_en: str = ""
    answers: str = ""
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of terms, None where a variable is unbound; an ASK gives one row with `answer`."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """Return the library's questions by name.

    Raises QueryError naming the file whose head is incomplete.
    """
    found = {}
    folder = resources.files("kg") / "queries"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".rq"):
            question = parse_question(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
            if not (question.title_zh and question.title_en and question.answers):
                raise QueryError(
                    "the head lacks title.zh, title.en or answers",
                    file=file.name,
                    remedy="see offices-of.rq for a complete head",
                )
            found[question.name] = question
    return found


def parse_question(name: str, text: str) -> Question:
    """Return the query with what the comments at its head say.

    Raises QueryError naming the line of a parameter that is malformed or of an unknown type.
    """
    titles: dict[str, str] = {}
    answers = ""
    parameters = []
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TITLE.match(line):
            titles[match[1]] = match[2].strip()
        elif match := _ANSWERS.match(line):
            answers = match[1].strip()
        elif re.match(r"#\s*param\b", line):
            parameters.append(_parameter(name, number, line))
    return Question(name, text, titles.get("zh", ""), titles.get("en", ""), answers, tuple(parameters))


def _parameter(name: str, number: int, line: str) -> Parameter:
    match = _PARAMETER.match(line)
    if match is None or match[2] not in PARAMETER_TYPES:
        raise QueryError(
            "a parameter line that is not understood",
            file=name,
            entry=number,
            remedy='write `# param NAME TYPE example "…" : description`, TYPE one of '
            + ", ".join(PARAMETER_TYPES),
        )
    return Parameter(match[1], match[2], match[3], match[4].strip())


def find_question(text: str) -> Question:
    """Return the question that is meant: SPARQL text, the path of a file, or a name of the library.

    Raises QueryError for a name that is none, with the nearest ones and all there are, and for a
    file that cannot be read.
    """
    if "{" in text or "\n" in text:
        return parse_question("query", text)
    if text in questions():
        return questions()[text]
    path = Path(text)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        return _read_question(path)
    near = difflib.get_close_matches(text, questions(), n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise QueryError(
        f"there is no question {text!r}",
        remedy=f"{hint}the library has {', '.join(questions())}; or give a .rq file or SPARQL text",
    )


def _read_question(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise QueryError(f"cannot be read ({exc.strerror})", file=str(path), remedy="check the path") from exc
    except UnicodeDecodeError as exc:
        raise QueryError("is not UTF-8 text", file=str(path), remedy="save the query as UTF-8") from exc
    return parse_question(path.name, text)


def run_query(
    store: Queryable, question: str | Question, parameters: Mapping[str, str] | None = None
) -> QueryResult:
    """Return the answer to a question of the library, a file or SPARQL text.

    `parameters` are the values of the question's parameters as a user types them. Raises
    QueryError for an unknown question or parameter, a value of the wrong type, a syntax error
    (with line and remedy), an update, or SERVICE.
    """
    asked = find_question(question) if isinstance(question, str) else question
    answer = store.query(asked.text, _bindings(asked, parameters or {}))
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult(("answer",), [(Literal("true" if answer else "false", datatype=XSD.boolean),)])
    if isinstance(answer, ox.QueryTriples):
        rows = [(_term(t.subject), _term(t.predicate), _term(t.object)) for t in answer]
        return QueryResult(("subject", "predicate", "object"), sorted(rows, key=str))
    columns = tuple(variable.value for variable in answer.variables)
    return QueryResult(columns, [tuple(_term(value) for value in row) for row in answer])


def _term(value: object) -> Term | None:
    """Blank nodes and triple terms, which the dataset does not hold, are given as their text."""
    if value is None or isinstance(value, (NamedNode, Literal)):
        return value
    return Literal(str(value))


def _bindings(question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    known = {parameter.name: parameter for parameter in question.parameters}
    bindings = {}
    for name, value in values.items():
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none; declare one by a `# param` line"
            raise QueryError(f"{question.name} has no parameter {name!r}", remedy=has)
        bindings[name] = _typed(known[name], value)
    return bindings


def _typed(parameter: Parameter, value: str) -> Term:
    if parameter.type == "label":
        return chinese(value)
    if parameter.type == "text":
        return Literal(value)
    if parameter.type == "iri":
        return _iri(parameter, value)
    if parameter.type == "integer" and re.fullmatch(r"[+-]?\d+", value):
        return Literal(value, datatype=XSD.integer)
    date = read_date(value) if parameter.type == "date" else None
    if date is not None:
        return partial_literal(date)
    raise QueryError(
        f"{value!r} is no {parameter.type} for the parameter {parameter.name}",
        remedy=f"write it like {parameter.example}",
    )


def _iri(parameter: Parameter, value: str) -> NamedNode:
    prefix, _, name = value.partition(":")
    if prefix in PREFIXES:
        value = PREFIXES[prefix] + name
    try:
        return NamedNode(value)
    except ValueError as exc:
        raise QueryError(
            f"{value!r} is no IRI for the parameter {parameter.name}",
            remedy=f"write it like {parameter.example}",
        ) from exc
