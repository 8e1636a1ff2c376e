"""By-lines: the lines of a page that say who wrote, edited and published it, and when.

A line is a by-line only if the whole of it is understood; otherwise it is text and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from extract.byline_names import CLOSING_EDGE, EDGE, alternatives, is_outlet, split_names
from extract.page_dates import find_dates
from extract.page_lexicon import page_lexicon

LONGEST_BYLINE = 200
_LONGEST_VALUE = 40

_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕", "［": "］"}
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_ACCOUNT = re.compile(r"[\s|｜]+[\u4e00-\u9fffA-Za-z·]{2,10}\s*")
"""A name behind a date that no word marks as an outlet's: 2020年6月24日 平安镇江."""
_WRITER_IS = re.compile(r"(?:作者|笔者)(?:系|为|单位|是)")


@dataclass(slots=True)
class Byline:
    """What one line says about the article."""

    source: str | None = None
    date: str | None = None
    date_is_labelled: bool = False
    updated: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)


def read_byline(line: str, *, above_body: bool) -> Byline | None:
    """Return what a by-line says, or None if the line is none.

    `above_body` says that no paragraph stands before the line: only there are bare dates and labels
    such as 时间: taken as the page's.
    """
    if len(line) > LONGEST_BYLINE:
        return None
    line = _without_brackets(line.strip())
    if _WRITER_IS.match(line) and len(line) <= 60:
        return Byline()
    return _read_fields(line, above_body) or read_roles(line) or (_read_loose(line) if above_body else None)


def dateline_authors(line: str) -> list[str]:
    """Return the names in a dateline that opens a line: 某网某地6月27日电 (张某、李某)."""
    match = _dateline().match(line[:160].lstrip(EDGE))
    if not match:
        return []
    inside = match["names"]
    names = split_names(inside)
    if names is not None:
        return names
    byline = read_roles(inside)
    return byline.authors if byline else []


@cache
def _dateline() -> re.Pattern[str]:
    agency = alternatives(page_lexicon().words["agency"])
    return re.compile(
        rf"(?:[^。！？\n(（]{{2,25}}?\d{{1,2}}日|本[报网台社])(?:{agency})\s*[(（](?P<names>[^()（）\n]{{2,80}})[)）]"
    )


@cache
def _roles() -> re.Pattern[str]:
    words = page_lexicon().words
    own, role = alternatives(words["own"]), alternatives(words["role"])
    return re.compile(rf"(?:{own})*(?:{role})(?:\s*[:：])?")


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(f"(?P<label>{alternatives(page_lexicon().labels)})\\s*[:：]")


def _without_brackets(line: str) -> str:
    while len(line) > 1 and _BRACKETS.get(line[0]) == line[-1] and line.count(line[0]) == 1:
        line = line[1:-1].strip()
    return line


def _read_fields(line: str, above_body: bool) -> Byline | None:
    """Read labels with their values, and dates or the name of an outlet before the first label."""
    labels = list(_label_spans(line, above_body))
    if not labels:
        return None
    byline = Byline()
    if not _read_plain(line[: labels[0][0]], byline):
        return None
    ends = [start for start, _, _ in labels[1:]] + [len(line)]
    for (_, value_start, form), end in zip(labels, ends, strict=True):
        if not _read_value(form, line[value_start:end], byline, above_body):
            return None
    return byline


def _label_spans(line: str, above_body: bool) -> list[tuple[int, int, str]]:
    known = page_lexicon().labels
    dates = [(found.start, found.end) for found in find_dates(line)]
    spans: list[tuple[int, int, str]] = []
    for match in _labels().finditer(line):
        label = known[match["label"]]
        start = match.start()
        opens = start == 0 or line[start - 1] in EDGE or any(end == start for _, end in dates)
        if not opens and not (label.place == "any" and spans):
            continue
        if label.place == "head" and not above_body:
            continue
        spans.append((start, match.end(), match["label"]))
    return spans


def _read_value(form: str, value: str, byline: Byline, above_body: bool) -> bool:
    """Read what follows a label; False if it cannot be the value of such a label."""
    label = page_lexicon().labels[form]
    kind = label.kind
    rest = value
    for found in reversed(find_dates(value)):
        rest = rest[: found.start] + "  " + rest[found.end :]
        if kind == "update":
            byline.updated = found.iso
        elif kind == "date" or byline.date is None:
            byline.date, byline.date_is_labelled = found.iso, kind == "date"
    tokens = [token for token in re.split(r"[\s|｜]+", rest) if token.strip(CLOSING_EDGE)]
    tokens = [token for token in tokens if not _is_filler(token)]
    text = " ".join(tokens).strip(EDGE + "]】")
    if not text:
        return True
    if len(text) > _LONGEST_VALUE or any(mark in text for mark in "。？！?!"):
        return False
    if kind == "source":
        outlet, authors = _outlet_and_authors(text)
        byline.source = byline.source or outlet.strip("《》“”\"' ")
        byline.authors += authors
        return True
    if kind in ("author", "editor", "credit"):
        return _read_people(form, text, byline, above_body)
    return kind in ("counter", "where") or label.place == "any"


def _outlet_and_authors(text: str) -> tuple[str, list[str]]:
    """Divide what follows 来源: where reporters are named behind the outlet (某某日报 记者 王某)."""
    role = next((m for m in _roles().finditer(text) if text[m.start() - 1 : m.start()] == " "), None)
    found = read_roles(text[role.start() :]) if role is not None else None
    if role is None or found is None:
        return text, []
    return text[: role.start()], found.authors


def _read_people(form: str, text: str, byline: Byline, above_body: bool) -> bool:
    """Read the people after a label. Below the body's start an ambiguous label (一审:) needs real names."""
    label = page_lexicon().labels[form]
    ambiguous = label.place == "line" and not above_body
    strict = ambiguous or len(form) == 1 or form in page_lexicon().words["role"]
    names = split_names(text, known_surname=strict)
    if names is None:
        roles = read_roles(text)
        names = roles.authors if roles else None
    if names is None:
        return not strict and len(text) <= 20
    if label.kind == "author":
        byline.authors += names
    elif label.kind == "editor":
        byline.editors += names
    return True


def _is_filler(token: str) -> bool:
    token = token.strip(CLOSING_EDGE)
    known = page_lexicon().by_word
    return token in known or not token or bool(_WEEKDAY.fullmatch(token))


def _read_plain(text: str, byline: Byline) -> bool:
    """Read what stands before the first label: dates, an outlet, words of furniture."""
    rest = text
    for found in reversed(find_dates(text)):
        byline.date = found.iso
        rest = rest[: found.start] + " " + rest[found.end :]
    for token in re.split(r"[\s|｜/]+", rest):
        token = token.strip(CLOSING_EDGE)
        if _is_filler(token):
            continue
        if not is_outlet(token) or byline.source is not None:
            return False
        byline.source = token
    return True


def _read_loose(line: str) -> Byline | None:
    """Read a line of a date, perhaps with an outlet, without labels."""
    if len(line) > 60 or not find_dates(line):
        return None
    byline = Byline()
    if _read_plain(line, byline):
        return byline
    found = find_dates(line)[0]
    if found.start == 0 and _ACCOUNT.fullmatch(line, found.end):
        return Byline(date=found.iso)
    roles = read_roles(line[: found.start] + " " + line[found.end :])
    if roles:
        roles.date = found.iso
    return roles


def read_roles(line: str) -> Byline | None:
    """Return the authors that roles with names give: 某报记者 王某 李某 通讯员 张某 摄影报道."""
    lexicon = page_lexicon()
    line = line.strip(CLOSING_EDGE)
    if line in lexicon.words["column"]:
        return Byline()
    roles = list(_roles().finditer(line))
    if not roles:
        return _read_activity(line)
    if not _introduces(line[: roles[0].start()]):
        return None
    byline = Byline()
    ends = [match.start() for match in roles[1:]] + [len(line)]
    for match, end in zip(roles, ends, strict=True):
        names = split_names(_without_outlet(_without_activity(line[match.end() : end])))
        if names is None:
            return None
        byline.authors += names
    return byline if byline.authors else None


def _read_activity(line: str) -> Byline | None:
    """Read names with what they did but no role: 文/王某 图/李某, 王某 文/图."""
    tokens = [token for token in re.split(r"[\s/／|｜]+", line) if token]
    activities = page_lexicon().words["activity"]
    if not tokens or not (tokens[0] in activities or tokens[-1] in activities):
        return None
    names = split_names(" ".join(token for token in tokens if token not in activities))
    return Byline(authors=names) if names else None


def _introduces(prefix: str) -> bool:
    """Tell whether what stands before a role may: nothing, an outlet, words such as 文/图."""
    lexicon = page_lexicon()
    tokens = [token.strip(CLOSING_EDGE) for token in re.split(r"[\s/|｜]+", prefix)]
    return all(
        not token or token in lexicon.words["own"] or token in lexicon.words["activity"] or is_outlet(token)
        for token in tokens
    )


def _without_activity(names: str) -> str:
    """Cut words such as 摄影报道 off the end of a list of names."""
    activities = page_lexicon().words["activity"]
    names = names.rstrip(CLOSING_EDGE)
    for length in range(min(6, len(names)), 0, -1):
        if names[-length:] in activities:
            rest = names[:-length]
            if length > 1 or (rest and rest[-1] in " 　/"):
                return _without_activity(rest)
    return names


def _without_outlet(names: str) -> str:
    """Cut the outlet of the next role off the end of a list of names: 王某 某某日报(记者)."""
    head, space, last = names.rstrip(EDGE).rpartition(" ")
    if space and len(last) > 2 and is_outlet(last):
        return head
    return names
