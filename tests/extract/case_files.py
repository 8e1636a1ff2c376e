"""Case files: what a recogniser should find in a text, as tables that a linguist can extend.

One case a line, fields separated by tabs: the text, then each thing that should be found in it, none for
a text in which nothing should be. A field `@2024-02-05` gives the article's date, `#` opens a comment.
A `/` in the text is a line break.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

_FOLDER = Path(__file__).parent / "cases"
_DATE = re.compile(r"@\d{4}-\d\d-\d\d")


class Case(NamedTuple):
    """A text, what should be found in it, and the date of the article it stands for."""

    text: str
    expected: list[str]
    date: str | None


def cases(name: str) -> pytest.MarkDecorator:
    """Return the mark that runs a test with every `case` of a file, each called by its line."""
    path = _FOLDER / name
    params = [
        pytest.param(_case(line, f"{path}:{number}"), id=f"{name}:{number}")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    return pytest.mark.parametrize("case", params)


def _case(line: str, where: str) -> Case:
    text, *fields = line.split("\t")
    if not text or not all(fields):
        raise ValueError(f"{where}: an empty field; write one tab between two fields and none at the end")
    dates = [field for field in fields if _DATE.fullmatch(field)]
    if len(dates) > 1:
        raise ValueError(f"{where}: two dates; give the article's date once")
    expected = [field for field in fields if field not in dates]
    return Case(text.replace("/", "\n"), expected, dates[0][1:] if dates else None)
