"""The bodies whose sessions events are: 静宁县第十九届人民代表大会第三次会议 is of the 静宁县人民代表大会."""

from __future__ import annotations

import re

from extract.text import INSTITUTION, Mention

_NUMBERS = re.compile(r"第?[一二三四五六七八九十百\d]+[届次]")
_SITTING = re.compile(r"(?:预备|常务|全体|专题|[（(]?扩大[）)]?)*(?:会议|全会|会)$")
_BODY = re.compile(
    r"(?:人民代表大会|人大|常务委员会|常委会|政协|委员会|[省市区县州盟旗镇乡]委|纪委|党委|政府|党组)$"
)


def convening_body(event: Mention) -> Mention | None:
    """Return the body whose session the event is, where the event stands; None if its name tells of none."""
    body = _SITTING.sub("", _NUMBERS.sub("", event.name))
    if body == event.name or _BODY.search(body) is None:
        return None
    return Mention(event.start, event.end, INSTITUTION, body, level=event.level, places=event.places)
