"""Descriptions: what stands beside a person's name where no office is found: 德国总统, 航天员, 校长."""

from __future__ import annotations

from functools import lru_cache

from extract.language.lexicon_files import read_table as read_lexicon
from extract.records import ArticleFacts, Entity
from kg.identity.lexicon import country_before, country_of, read_table

_LONGEST = 10
_REACH = 24
_BREAKS = "，。；：！？、（）()“”《》\n\r\t　 "
_AFTER = ("教授", "院士", "校长", "医生", "老师", "医师", "博士", "烈士", "同学")
_BETWEEN = ("前", "原", "现任", "时任", "候任", "当选", "常务", "代", "第一")
_JOINTS = ("、", "和", "与", "及")


@lru_cache(maxsize=1)
def callings() -> dict[str, str]:
    """Return every title and calling with its kind; the tables of this package go before the lexicon."""
    kinds = {row[0]: row[1] for row in read_lexicon("titles")}
    kinds.update((row["word"], row["kind"]) for row in read_table("callings"))
    return kinds


def description_of(entity: Entity, record: ArticleFacts) -> str | None:
    """Return the calling beside one of the person's mentions, after its country where one is named."""
    text = record.article.text
    starts = _starts_of_persons(record)
    for start, end in sorted(entity.mentions):
        found = _before(text, _start_of_list(text, start, starts)) or _after(text, end)
        if found is not None:
            return found
    return None


def _starts_of_persons(record: ArticleFacts) -> dict[int, int]:
    """Where mentions of persons start, by where they end."""
    return {end: start for each in record.entities if each.type == "Person" for start, end in each.mentions}


def _start_of_list(text: str, start: int, starts: dict[int, int]) -> int:
    """Go back over the names that share what stands before the first of them."""
    while start > 0 and text[start - 1] in _JOINTS and start - 1 in starts:
        start = starts[start - 1]
    return start


def _before(text: str, start: int) -> str | None:
    left = text[max(0, start - _REACH) : start].rstrip(" \u3000·")
    for length in range(min(len(left), _LONGEST), 1, -1):
        word = left[-length:]
        if word in callings():
            rest = left[:-length]
            for between in _BETWEEN:
                rest = rest.removesuffix(between)
            return (country_before(rest) or "") + word
    return None


def _after(text: str, end: int) -> str | None:
    return next((word for word in _AFTER if text.startswith(word, end)), None)


@lru_cache(maxsize=65536)
def split_description(description: str) -> tuple[str, str, str]:
    """Return country ("" for none), calling and its kind.

    >>> split_description("德国总统")
    ('德国', '总统', 'foreign')
    """
    country = country_of(description) or ""
    word = description.removeprefix(country)
    if word not in callings():
        country, word = "", description
    return country, word, callings().get(word, "")
