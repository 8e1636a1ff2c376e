"""Namesakes: who is one person and who are two, by the offices that the text gives them."""

from __future__ import annotations

import pytest

from extract.pipeline import Extractor
from tests.extract.readings import read

ONE = [
    "静宁县委书记姚立群出席。平凉市委常委、静宁县委书记姚立群讲话。",
    "静宁县县长姚立群近日调任庄浪县委书记。庄浪县委书记姚立群讲话。",
    "静宁县副县长姚立群主持。姚立群说，各乡镇要抓好落实。",
    "兰州大学教授姚立群、天津市民政局顾问姚立群参加。",
]
TWO = [
    "静宁县民政局局长姚立群、庄浪县民政局局长姚立群分别发言。",
    "会议由静宁县副县长姚立群主持。庄浪县副县长姚立群致辞。",
]


@pytest.mark.parametrize(("text", "people"), [*((t, 1) for t in ONE), *((t, 2) for t in TWO)])
def test_namesakes_are_parted_by_their_places(extractor: Extractor, text: str, people: int) -> None:
    record = read(extractor, text, None)

    assert [e.name for e in record.entities if e.type == "Person"] == ["姚立群"] * people


def test_a_mention_without_an_office_is_the_one_named_last(extractor: Extractor) -> None:
    text = "静宁县副县长姚立群主持会议。庄浪县副县长姚立群致辞。姚立群说，要推广“红色管家”工作法。"
    record = read(extractor, text, None)

    names = {e.id: e.name for e in record.entities}
    speaks = next(f.subject for f in record.facts if f.relation == "discussed")
    holds = next(f.subject for f in record.facts if names.get(f.object) == "庄浪县")
    assert speaks == holds
