"""Writers: names that stand in a by-line or a photo credit, and so are no persons of the article."""

from __future__ import annotations

import re

from extract.segments import Cover
from extract.text import Text

_BYLINE = re.compile(
    r"(?:本报|本网|见习|特约|实习|通讯员?|首席)?(?:记者|通讯员|撰稿人?|摄影|摄制|责编|责任编辑|(?<![总主副])编辑|作者|供稿|供图)[:：\s]*$"
)
_BYLINE_LIST = re.compile(r"[、,，\s]*$")
_CREDITS = re.compile(
    r"[（(][^（）()，。\n]{0,8}(?:记者|通讯员)[\u4e00-\u9fff、，,：: \u3000]{2,80}[）)]"
    r"|^[ \u3000]{0,8}(?:本报|本网|本刊)?(?:见习|特约|实习)?(?:记者|通讯员)"
    r"[ \u3000:：]+[\u4e00-\u9fff、 \u3000]{2,60}$",
    re.MULTILINE,
)
"""Lists of writers in parentheses, or on a line of their own."""
_SIGNED = re.compile(r"\s*(?:[/／]?[摄图]|供图|报道|摄影)")


def without_writers(
    text: Text, spans: list[tuple[int, int]], bylines: frozenset[str]
) -> list[tuple[int, int]]:
    """Return the spans of names, in the order of the text, without those of its writers.

    `bylines` are names that the page gives as authors or editors.
    """
    kept: list[tuple[int, int]] = []
    writer_end = -1
    credited = Cover(match.span() for match in _CREDITS.finditer(text.raw))
    for start, end in spans:
        if credited.holds(start, end):
            continue
        before = text.raw[max(0, start - 12) : start]
        name = re.sub(r"\s", "", text.raw[start:end])
        chained = writer_end >= 0 and _BYLINE_LIST.fullmatch(text.raw, writer_end, start)
        signed = _SIGNED.match(text.raw, end) and text.raw[end : end + 3].strip()[:1] in "摄图供/／"
        opening = (
            name in bylines
            and text.locator.at(start).paragraph < 3
            and before.rstrip()[-1:] in "(（、"
            and before.strip()
        )
        if _BYLINE.search(before) or chained or signed or opening:
            writer_end = end
            continue
        kept.append((start, end))
    return kept
