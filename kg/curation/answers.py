"""Answers: what a curator says to a question, as a ruling; and the file of rulings that takes it.

A fact that a curator confirms is stated by hand, with the article as its source, so that it no longer
rests on the rule alone; one that is wrong is ruled wrong in that article.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.curation.questions import FactQuestion, PairQuestion, Question
from kg.errors import RulingsError
from kg.rulings import (
    COLUMNS,
    DIFFERENT,
    MISSING,
    SAME,
    WRONG,
    Ruling,
    Signed,
    read_rulings,
    ruling_line,
)

RIGHT = "right"
"""What a sheet or the dialogue calls a fact that is so."""

ANSWERS = {PairQuestion: (SAME, DIFFERENT), FactQuestion: (RIGHT, WRONG)}
"""What can be answered to each kind of question."""


def answer_cells(question: Question, answer: str) -> tuple[str, str, str, str, str, str]:
    """Return the cells of the ruling that an answer is, without signature: from `ruling` to `source`.

    An answer of "" gives the cells of the question itself.
    """
    if isinstance(question, PairQuestion):
        return answer, question.first.reference, "", question.second.reference, "", ""
    qualifiers = ";".join(f"{name}={value}" for name, value in sorted(question.qualifiers.items()))
    source = question.quotations[0].article if question.quotations else ""
    ruling = MISSING if answer == RIGHT else answer
    ends = question.subject.reference, question.relation, question.object.reference
    return ruling, *ends, qualifiers, source if ruling == MISSING else ""


def ruling_of(question: Question, answer: str, signed: Signed) -> Ruling:
    """Return the ruling that an answer to a question is."""
    cells = (*answer_cells(question, answer), signed.by, signed.date, signed.note)
    (ruling,) = read_rulings(["\t".join(COLUMNS), "\t".join(cells)], "answer")
    return ruling


def read_rulings_file(path: str | Path) -> list[Ruling]:
    """Return the rulings of a file; raises RulingsError where it cannot be read or is not valid."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        problem = (
            "is not UTF-8" if isinstance(exc, UnicodeDecodeError) else f"cannot be read ({exc.strerror})"
        )
        raise RulingsError(problem, file=str(path), remedy="name a file of rulings, saved as UTF-8") from exc
    return read_rulings(text.splitlines(), str(path))


def append_rulings(path: str | Path, rulings: list[Ruling]) -> int:
    """Add rulings to the end of a file, made with its head if it is not there; return how many were new.

    Each line is on disk when this returns. Raises RulingsError where the file cannot be read or written, or
    where the rulings would contradict those it holds; then it stays as it is.
    """
    file = Path(path)
    known = read_rulings_file(file) if file.exists() else []
    lines = {ruling_line(ruling) for ruling in known}
    new = [line for line in dict.fromkeys(map(ruling_line, rulings)) if line not in lines]
    if not new and file.exists():
        return 0
    read_rulings(["\t".join(COLUMNS), *sorted(lines), *new], str(file))
    try:
        with file.open("a+", encoding="utf-8", newline="\n") as out:
            if out.tell() == 0:
                out.write("\t".join(COLUMNS) + "\n")
            elif not file.read_bytes().endswith(b"\n"):
                out.write("\n")
            out.writelines(f"{line}\n" for line in new)
            out.flush()
            os.fsync(out.fileno())
    except OSError as exc:
        problem = f"cannot be written ({exc.strerror})"
        raise RulingsError(problem, file=str(file), remedy="name a file that you may write to") from exc
    return len(new)
