"""The facts contract: what is written can be read, and what breaks it is named."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from extract.errors import FactsError
from extract.records import Article, ArticleFacts, Entity, Fact, encode, read_facts, write_facts


def record() -> ArticleFacts:
    text = "静宁县委书记姚立群出席乡村治理创新论坛。\n“双引号”与\\反斜线😀"
    return ArticleFacts(
        article=Article(id="甲/1", text=text, path="甲.jsonl#1", title="论坛", authors=["高秀兰"]),
        entities=[
            Entity(id="p1", type="Person", name="姚立群", mentions=[(6, 9)]),
            Entity(id="i1", type="Institution", name="静宁县委", mentions=[(0, 4)], attributes={"kind": "a"}),
            Entity(id="e1", type="Event", name="乡村治理创新论坛", aliases=["论坛"], mentions=[(11, 19)]),
        ],
        facts=[
            Fact(
                subject="p1", relation="holdsPost", object="i1", evidence=(0, 9),
                rule="holdsPost/office-beside-name", confidence=0.96,
                qualifiers={"title": "书记"}, context=[(11, 19)],
            ),
            Fact(
                subject="e1", relation="heldOn", object="2024-02-04", evidence=(11, 19),
                rule="heldOn/on-date", confidence=0.5,
            ),
        ],
    )  # fmt: skip


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the record's line after a change to its JSON."""
    line = json.loads(encode(record()))
    change(line)
    return json.dumps(line).encode()


def set_in(key: str, at: int, **values: object) -> Callable[[dict[str, Any]], object]:
    return lambda line: line[key][at].update(values)


BAD_LINES = {
    "not JSON": b"{",
    "no object": b"[]",
    "not UTF-8": "{“}".encode("gb18030"),
    "no article": changed(lambda line: line.pop("article")),
    "no text": changed(lambda line: line["article"].pop("text")),
    "unknown type": changed(set_in("entities", 0, type="Dog")),
    "unknown subject": changed(set_in("facts", 0, subject="p9")),
    "unknown object": changed(set_in("facts", 0, object="i9")),
    "object neither entity nor date": changed(set_in("facts", 1, object="yesterday")),
    "object a day there is not": changed(set_in("facts", 1, object="2024-02-30")),
    "evidence beyond the text": changed(set_in("facts", 0, evidence=[0, 999])),
    "evidence before the text": changed(set_in("facts", 0, evidence=[-1, 3])),
    "empty evidence": changed(set_in("facts", 0, evidence=[3, 3])),
    "context beyond the text": changed(set_in("facts", 0, context=[[0, 999]])),
    "mention beyond the text": changed(set_in("entities", 0, mentions=[[0, 999]])),
    "two entities of one id": changed(set_in("entities", 1, id="p1")),
    "confidence above one": changed(set_in("facts", 0, confidence=7)),
}


def test_what_is_written_comes_back() -> None:
    out = io.BytesIO()

    assert write_facts([record(), record()], out) == 2
    assert out.getvalue().count(b"\n") == 2
    assert list(read_facts(out.getvalue().splitlines(), "facts.jsonl")) == [record(), record()]


def test_empty_lines_are_passed_over_and_counted() -> None:
    lines = [b"\n", encode(record()), b"  \n", b"{"]
    errors: list[FactsError] = []

    assert list(read_facts(lines, "facts.jsonl", errors.append)) == [record()]
    assert [error.entry for error in errors] == [4]


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_named_and_the_others_are_read(line: bytes) -> None:
    errors: list[FactsError] = []

    assert list(read_facts([encode(record()), line, encode(record())], "facts.jsonl", errors.append)) == [
        record(),
        record(),
    ]
    (error,) = errors
    assert (error.file, error.entry) == ("facts.jsonl", 2)
    assert error.remedy


def test_a_bad_line_stops_a_reader_that_takes_no_errors() -> None:
    with pytest.raises(FactsError, match=r"facts\.jsonl:1: "):
        list(read_facts([b"{"], "facts.jsonl"))


def test_lines_of_somebody_else_may_leave_out_what_has_a_default_and_add_fields() -> None:
    line = json.dumps({"article": {"id": "甲", "text": "静宁县。", "note": "ours"}, "version": 2}).encode()

    (read,) = read_facts([line], "facts.jsonl")
    assert read == ArticleFacts(article=Article(id="甲", text="静宁县。"))
