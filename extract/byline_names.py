"""Names in by-lines: of people, as lists of names, and of the outlets they write for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract.page_lexicon import PageLexicon, page_lexicon

EDGE = ' \t　·|｜/■□●◆◇★▲△※▼○•-—_,，;；:：、.。<>》《“”"【[('
"""What may stand around a by-line and means nothing."""
CLOSING_EDGE = EDGE + "]】)）"
LONGEST_OUTLET = 25
HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Han characters, for use inside a character class."""

_SPLIT = re.compile(r"[\s、,，;；|｜/&]+")
_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}(?:[·•・‧][{HAN}]{{1,10}}){{1,3}}")
_ONE_HAN = re.compile(rf"[{HAN}]")
_ALL_HAN = re.compile(rf"[{HAN}]+")


def split_names(text: str, *, known_surname: bool = True) -> list[str] | None:
    """Return the names a list of names consists of; None if anything else is in it.

    Characters set apart are joined (李 丹). With `known_surname` each name must begin with a surname
    or be a transcribed one with a dot; without it any two to four characters serve.
    """
    lexicon = page_lexicon()
    names: list[str] = []
    pending = ""
    for token in _SPLIT.split(text.strip(EDGE)):
        if not token or (not pending and names and token in lexicon.words["activity"]):
            continue
        if _ONE_HAN.fullmatch(token):
            if not pending:
                pending = token
                continue
            token, pending = pending + token, ""
        elif pending:
            return None
        if not is_name(token, lexicon, known_surname):
            return None
        names.append(token)
    return None if pending else names


def is_name(token: str, lexicon: PageLexicon, known_surname: bool) -> bool:
    """Tell whether a word may be the name of a person; see split_names."""
    if token in lexicon.words["not-name"] or not _NAME.fullmatch(token):
        return False
    if any(role in token for role in lexicon.words["role"]):
        return False
    if not known_surname or len(token) > 4 or not _ALL_HAN.fullmatch(token):
        return True
    if token[:2] in lexicon.surnames and len(token) > 2:
        return True
    return token[0] in lexicon.surnames and (len(token) < 4 or token[1] in lexicon.surnames)


def is_outlet(text: str) -> bool:
    """Tell whether a text ends as names of newspapers, agencies and sites do, and is as short."""
    return 2 <= len(text) <= LONGEST_OUTLET and bool(_outlet_end().search(text))


def alternatives(forms: Iterable[str]) -> str:
    """Return a regular expression for any of the forms, the longest first."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form) for form in ordered)


@cache
def _outlet_end() -> re.Pattern[str]:
    return re.compile("(?:" + alternatives(page_lexicon().words["media"]) + ")$")
