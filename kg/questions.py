"""Questions: the library under `queries/`, files and plain SPARQL, with what their heads say of them.

A question is plain SPARQL 1.1 that any engine runs. Comments at its head say what it answers, which of its
variables a caller may bind, and what its columns hold, in Chinese and in English:

    # topic: people
    # title.zh: 某人的任职
    # title.en: The offices of an official
    # answers.zh: …
    # answers.en: …
    # param official label(Person) example "唐盛利"
    # param.official.zh: 人名；不给则为所有人
    # param.official.en: the person's name; without it, everybody
    # column.first.zh: …

Columns that mean the same in every question are described in `queries/columns.tsv`. A question of one's own
may leave out everything, and may describe a parameter on its line: `# param who label example "…" : a name`.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from extract.language.relations import Text
from extract.records import ENTITY_TYPES
from kg.errors import QueryError
from kg.sparql import projected

PARAMETER_TYPES = ("label", "text", "iri", "relation", "kind", "date", "integer", "number")
"""`label`: the name of an entity; `relation`, `kind`: a relation or a type of entity, by its name or label in
either language; `date`: a day, month or year."""

TOPICS = {
    "people": Text("人物与任职", "People and offices"),
    "institutions": Text("机构", "Institutions"),
    "events": Text("活动", "Events"),
    "practices": Text("做法及其传播", "Practices and their spread"),
    "documents": Text("文件与荣誉", "Documents and honours"),
    "evidence": Text("出处与可靠性", "Sources and reliability"),
}
"""What the library's questions are about, in the order in which they are listed."""

_SAID = re.compile(r"#\s*([\w.]+)\.(zh|en):\s*(.+)")
_TOPIC = re.compile(r"#\s*topic:\s*(\w+)")
_PARAMETER = re.compile(r'#\s*param\s+(\w+)\s+(\w+)(?:\(([\w|]+)\))?\s+example\s+"([^"]*)"\s*(?::\s*(.+))?')
_PARAMETER_LINE = re.compile(r"#\s*param\s")
_UNSAID = Text("", "")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable a caller may bind; unbound, the question is about everything.

    `kinds` are the types of entity whose names a parameter of type `label` may be, empty for any.
    """

    name: str
    type: str
    example: str
    description: Text
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer; without description in a question of one's own."""

    name: str
    description: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its head says of it."""

    name: str
    text: str
    topic: str = ""
    title: Text = _UNSAID
    answers: Text = _UNSAID
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def sparql(self) -> str:
        """The query without the comments at its head."""
        lines = self.text.splitlines()
        start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
        return "\n".join(lines[start:]).strip() + "\n"


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """Return the library's questions by name, ordered by topic and then by name.

    Raises QueryError naming the file whose head is incomplete.
    """
    found = []
    folder = resources.files("kg") / "queries"
    for file in folder.iterdir():
        if file.name.endswith(".rq"):
            question = parse_question(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
            _check_complete(question, file.name)
            found.append(question)
    order = list(TOPICS)
    return {q.name: q for q in sorted(found, key=lambda q: (order.index(q.topic), q.name))}


def _check_complete(question: Question, file: str) -> None:
    said = {
        "topic": question.topic in TOPICS,
        "title": _is_said(question.title),
        "answers": _is_said(question.answers),
        **{f"param.{parameter.name}": _is_said(parameter.description) for parameter in question.parameters},
        **{f"column.{column.name}": _is_said(column.description) for column in question.columns},
    }
    missing = [name for name, is_said in said.items() if not is_said]
    if missing:
        raise QueryError(
            f"the head lacks {', '.join(missing)}",
            file=file,
            remedy="see kg/questions.py for a complete head; common columns are in columns.tsv",
        )


def _is_said(text: Text) -> bool:
    return bool(text.zh and text.en)


def parse_question(name: str, text: str) -> Question:
    """Return the query with what the comments at its head say.

    Raises QueryError naming the line of a parameter that is malformed or of an unknown type.
    """
    said: dict[str, dict[str, str]] = {}
    topic = ""
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        if match := _SAID.match(line):
            said.setdefault(match[1], {})[match[2]] = match[3].strip()
        elif match := _TOPIC.match(line):
            topic = match[1]
        elif _PARAMETER_LINE.match(line):
            lines.append((number, line))
    texts = {key: Text(value.get("zh", ""), value.get("en", "")) for key, value in said.items()}
    columns = tuple(
        Column(column, texts.get(f"column.{column}", common_columns().get(column, _UNSAID)))
        for column in projected(text)
    )
    return Question(
        name,
        text,
        topic,
        texts.get("title", _UNSAID),
        texts.get("answers", _UNSAID),
        tuple(_parameter(name, number, line, texts) for number, line in lines),
        columns,
    )


@lru_cache(maxsize=1)
def common_columns() -> Mapping[str, Text]:
    """Return what the columns hold that mean the same in every question, by name."""
    lines = (resources.files("kg") / "queries" / "columns.tsv").read_text(encoding="utf-8").splitlines()
    return {row["name"]: Text(row["zh"], row["en"]) for row in csv.DictReader(lines, delimiter="\t")}


def _parameter(question: str, number: int, line: str, texts: Mapping[str, Text]) -> Parameter:
    match = _PARAMETER.fullmatch(line.strip())
    if match is None or match[2] not in PARAMETER_TYPES:
        raise QueryError(
            "a parameter line that is not understood",
            file=question,
            entry=number,
            remedy='write `# param NAME TYPE example "…" : description`, TYPE one of '
            + ", ".join(PARAMETER_TYPES),
        )
    name, type_, kinds, example, inline = match.groups()
    unknown = set(kinds.split("|")) - {*ENTITY_TYPES, "Post"} if kinds else set()
    if unknown:
        raise QueryError(
            f"there is no type of entity {min(unknown)!r}",
            file=question,
            entry=number,
            remedy=f"choose from {', '.join(ENTITY_TYPES)}, Post",
        )
    described = Text(inline.strip(), inline.strip()) if inline else texts.get(f"param.{name}", _UNSAID)
    return Parameter(name, type_, example, described, tuple(kinds.split("|")) if kinds else ())


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
        remedy=f"{hint}`govkg query --list` shows those there are; or give a .rq file or SPARQL text",
    )


def _read_question(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise QueryError(f"cannot be read ({exc.strerror})", file=str(path), remedy="check the path") from exc
    except UnicodeDecodeError as exc:
        raise QueryError("is not UTF-8 text", file=str(path), remedy="save the query as UTF-8") from exc
    return parse_question(path.name, text)
