"""Credits: names of writers at the end of a paragraph, of photographers at the end of a caption."""

from __future__ import annotations

import re
from functools import cache

from extract.byline_names import EDGE, LONGEST_OUTLET, alternatives, is_name, is_outlet, split_names
from extract.bylines import LONGEST_BYLINE, Byline, read_byline, read_roles
from extract.page_lexicon import page_lexicon

_LONGEST_BRACKETED_CAPTION = 60
_GLUED = frozenset({"摄", "摄影", "供图"})
"""Endings that may follow a name without a space; 王永发 and 李图 are names themselves."""
_WRITTEN = re.compile(r"[/／]\s*文|文\s*[/／]")


def split_trailing_credit(line: str) -> tuple[str, Byline | None]:
    """Return a line without the bracket at its end that is a by-line, and what that by-line says.

    >>> split_trailing_credit("会议由他主持。（记者 王小明）")[0]
    '会议由他主持。'
    """
    if not line or line[-1] not in ")）]】":
        return line, None
    start = max(line.rfind(bracket, max(0, len(line) - LONGEST_BYLINE)) for bracket in "(（[【")
    if start <= 0:
        return line, None
    byline = read_byline(line[start:], above_body=False)
    if byline is None and is_photo_credit(line[start:]):
        byline = Byline()
    if byline is None or not line[start + 1 : -1].strip():
        return line, None
    return line[:start].rstrip(), byline


def is_photo_credit(line: str) -> bool:
    """Tell whether a line is a caption with its credit: 现场。某报记者王某 摄."""
    bracketed = line.endswith((")", "）"))
    if len(line) > (_LONGEST_BRACKETED_CAPTION if bracketed else LONGEST_BYLINE):
        return False
    if bracketed and _WRITTEN.search(line):
        return False
    line = line.strip("()（）")
    ending = _credit_end().search(line)
    if not ending:
        return False
    before = line[: ending.start()].rstrip(" 　/／")
    credit = re.split(r"[。！？；;!?(（]", before)[-1]
    if ending.group() == "供图" and len(credit) <= LONGEST_OUTLET:
        return True
    return _is_credit(credit.strip(EDGE), ending.group(), glued=before == line[: ending.start()])


def _is_credit(credit: str, ending: str, *, glued: bool) -> bool:
    """A credit is a by-line, or names, or the name of an outlet, and nothing more."""
    if len(credit) > 40:
        return False
    last = credit[max((credit.rfind(space) for space in " 　/／(（"), default=-1) + 1 :]
    byline = read_roles(credit) or read_roles(last)
    if byline is not None and byline.authors:
        return True
    if glued:
        return ending in _GLUED and len(credit) > 1 and split_names(credit) not in (None, [])
    return split_names(last) not in (None, []) or is_outlet(last) or _ends_with_outlet_and_name(last)


def _ends_with_outlet_and_name(text: str) -> bool:
    """Tell 某网王小明: an outlet, then a name."""
    lexicon = page_lexicon()
    for length in (2, 3, 4):
        name, outlet = text[-length:], text[:-length]
        if outlet and is_outlet(outlet) and is_name(name, lexicon, known_surname=True):
            return True
    return False


@cache
def _credit_end() -> re.Pattern[str]:
    return re.compile("(?:" + alternatives(page_lexicon().words["credit-end"]) + ")$")
