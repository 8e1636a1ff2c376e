"""Mentions of documents and honours."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.text import DOCUMENT, HONOUR, PRACTICE, Mention, Text

_ABBREVIATED = re.compile(r"[（(]以下(?:简)?称[“‘]?《?([^《》“”‘’）)]{2,20})》?[”’]?[）)]")
_EDITION = re.compile(r"[（(][^（()）]{1,12}[)）]$")
_LEAST_FULL = 8
"""A title from this length on gives its last word as a short form for what follows: 《意见》."""


def find_documents(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Return titled texts in 《》: documents, and practices whose title a practice head follows.

    A title that the article shortens (以下简称《工作方案》, or 《意见》 later on) goes with its short form.
    """
    found = []
    reach = 0
    short_forms: dict[str, str] = {}
    for start, end in text.titles:
        title = text.raw[start + 1 : end - 1]
        if end < reach:
            continue
        reach = end
        if len(title) < 2 or (lexicon.media.starting(title, 0) is not None and "方案" not in title):
            continue
        abbreviated = _ABBREVIATED.match(text.raw, end)
        if abbreviated is not None:
            short_forms[abbreviated.group(1)] = title
        if len(title) >= _LEAST_FULL:
            for head in lexicon.document_heads.all_ending(title, len(title)):
                short_forms.setdefault(title[head.start :], title)
        found.append(_document(text, lexicon, start, end, short_forms.get(title, title)))
    return found


def _document(text: Text, lexicon: Lexicon, start: int, end: int, title: str) -> Mention:
    following = lexicon.practice_heads.starting(text.raw, end)
    inner = lexicon.practice_heads.ending(title, len(title))
    bare = _EDITION.sub("", title)
    headed = lexicon.document_heads.ending(bare, len(bare)) is not None
    if not headed and inner is not None and inner.value:
        return Mention(start, end, PRACTICE, title, core=title)
    if not headed and following is not None and following.value:
        return Mention(start, following.end, PRACTICE, title, core=title)
    return Mention(start, end, DOCUMENT, title, core=title, strong=headed)


def find_honours(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Return the honours of the lexicon; others are captured by the rules that award them."""
    return [
        Mention(f.start, f.end, HONOUR, f.value, core=f.value)
        for f in lexicon.honours.longest(text.raw)
        if text.raw[f.end : f.end + 1] != "式"
    ]
