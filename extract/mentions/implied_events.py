"""Sessions that have no name of their own: what a body's deliberating implies (市委常委会审议通过)."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.text import EVENT, Mention, Text

_DELIBERATES = re.compile(
    r"(?:召开)?(?:(?:扩大|专题)?会议[，,])?(?:(?:第[一二三四五六七八九十百\d]+次)?会议)?(?:\d次)?(?:专题)?(?:审议|研究|听取|传达|讨论)"
)


def implied_sessions(text: Text, lexicon: Lexicon, institutions: list[Mention]) -> list[Mention]:
    """Return the sessions that a body's deliberating implies: 市委常委会审议通过."""
    events = []
    for organ in institutions:
        body = lexicon.convened_bodies.ending(text.raw, organ.end)
        if body is None or not _DELIBERATES.match(text.raw, organ.end):
            continue
        events.append(
            Mention(organ.start, organ.end, EVENT, organ.name + body.value, level=organ.level, kind="session",
                    places=organ.places)
        )  # fmt: skip
    return events
