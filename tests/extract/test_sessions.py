"""The body whose session an event is."""

from __future__ import annotations

import pytest

from extract.sessions import convening_body
from extract.text import EVENT, Mention


@pytest.mark.parametrize(
    ("session", "body"),
    [
        ("静宁县第十九届人民代表大会第三次会议", "静宁县人民代表大会"),
        ("静宁县人大常委会第二十次会议", "静宁县人大常委会"),
        ("政协静宁县第十届委员会第二次会议", "政协静宁县委员会"),
        ("县委十七届五次全会", "县委"),
        ("县政府常务会议", "县政府"),
        ("县委常委会（扩大）会议", "县委常委会"),
        ("乡村治理创新论坛", None),
        ("乡村治理推进会", None),
        ("全县政法工作会议", None),
    ],
)
def test_a_session_tells_its_body(session: str, body: str | None) -> None:
    found = convening_body(Mention(3, 3 + len(session), EVENT, session, level="县"))
    assert (found and (found.name, found.span, found.level)) == (body and (body, (3, 3 + len(session)), "县"))
