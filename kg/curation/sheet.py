"""The sheet: questions as a table that a curator fills in with a spreadsheet, and what was filled in.

The first columns are those of a rulings file, `ruling` empty: to answer is to write `same` or `different`,
`right` or `wrong` there, and one's name under `by`. The columns after them are for reading only.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from kg.curation.answers import RIGHT, answer_cells
from kg.curation.questions import FactQuestion, PairQuestion, Question, Quotation
from kg.errors import RulingsError
from kg.rulings import COLUMNS, MISSING, Ruling, Signed, read_rulings
from kg.spreadsheet import safe_cell
from kg.vocabulary import RELATIONS

READ_ONLY = ("answers", "question", "weight", "score or confidence", "because", "quotations")

_SLASHED_DAY = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_BETWEEN = " ⏐ "


def write_sheet(questions: Iterable[Question]) -> str:
    """Return the questions as CSV, with a byte order mark as spreadsheets on Chinese systems need it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow((*COLUMNS, *READ_ONLY))
    for question in questions:
        table.writerow([safe_cell(cell) for cell in _row(question)])
    return "\ufeff" + out.getvalue()


def _row(question: Question) -> Iterator[str]:
    yield from answer_cells(question, "")
    yield from ("", "", "")
    if isinstance(question, PairQuestion):
        yield "same / different"
        yield pair_text(question)
        yield from (f"{question.weight:g}", f"{question.score:g}", question.reasons)
        first, second = (_quoted(end.quotations) for end in (question.first, question.second))
        yield f"{question.first.label}: {first}{_BETWEEN}{question.second.label}: {second}"
    else:
        yield "right / wrong"
        yield fact_text(question)
        yield from (f"{question.weight:g}", f"{question.confidence:g}", question.rule)
        yield _quoted(question.quotations)


def pair_text(question: PairQuestion) -> str:
    """Return a pair as it is asked about."""
    return f"{question.first.reference} = {question.second.reference}?"


def fact_text(question: FactQuestion) -> str:
    """Return a fact as it is asked about, its relation in Chinese."""
    title = question.qualifiers.get("title", "")
    label = RELATIONS[question.relation].label.zh
    return f"{question.subject.label} —{label}→ {question.object.label}{' ' if title else ''}{title}?"


def _quoted(quotations: Iterable[Quotation]) -> str:
    return _BETWEEN.join(
        f"{q.sentence or q.title} ({q.article} {q.date})".replace("\n", " ") for q in quotations
    )


def read_sheet(data: bytes, file: str, signed: Signed) -> list[Ruling]:
    """Return the rulings of the rows that were filled in.

    Who ruled and when is taken from `signed` where a row does not say. The table may have been saved with
    commas, semicolons or tabs, as UTF-8 or GB18030. Raises RulingsError naming file and row.
    """
    rows = _table(_decoded(data, file))
    if not rows or tuple(rows[0][: len(COLUMNS)]) != COLUMNS:
        raise RulingsError(
            "the first row does not name the columns of a sheet",
            file=file,
            entry=1,
            remedy="fill in a sheet that `govkg review -o` wrote, and leave its first row",
        )
    rulings: list[Ruling] = []
    for number, row in enumerate(rows[1:], 2):
        cells = [_plain(cell) for cell in row[: len(COLUMNS)]] + [""] * (len(COLUMNS) - len(row))
        if cells[0]:
            rulings += _ruling(cells, row, file, number, signed)
    return rulings


def _ruling(cells: list[str], row: list[str], file: str, number: int, signed: Signed) -> list[Ruling]:
    ruling, subject, relation, obj, qualifiers, source, by, date, note = cells
    ruling = ruling.lower()
    if ruling == RIGHT:
        quoted = row[-1] if len(row) == len(COLUMNS) + len(READ_ONLY) else ""
        ruling, source = MISSING, source or _article_of(subject) or _plain(quoted)
    slashed = _SLASHED_DAY.fullmatch(date)
    if slashed is not None:
        date = f"{slashed[1]}-{int(slashed[2]):02d}-{int(slashed[3]):02d}"
    filled = (ruling, subject, relation, obj, qualifiers, source, by or signed.by, date or signed.date, note)
    try:
        return read_rulings(["\t".join(COLUMNS), "\t".join(cell.replace("\t", " ") for cell in filled)], file)
    except RulingsError as error:
        raise RulingsError(error.problem, file=file, entry=number, remedy=error.remedy) from error


def _article_of(reference: str) -> str:
    return reference.partition("#")[0].removeprefix("article/") if "#" in reference else ""


def _decoded(data: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RulingsError("is neither UTF-8 nor GB18030", file=file, remedy="save the sheet as CSV in UTF-8")


def _table(text: str) -> list[list[str]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]


def _plain(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and safe_cell(text[1:]) != text[1:] else text
