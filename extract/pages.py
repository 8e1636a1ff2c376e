"""Pages: the lines of a news page parted into the article's body and what the page says about it.

A page reads navigation, title, by-lines, body, furniture. Lines before the first whole sentence are
its head. What follows the last whole sentence, from the first sign of an end on (editors, sharing,
copyright, lists of headlines), is its tail and no part of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.bylines import Byline, dateline_authors, read_byline
from extract.credits import split_trailing_credit
from extract.furniture import furniture_kind, is_long_paragraph, is_paragraph, marker

_LONGEST_TITLE = 100
_LINES_WITH_DATELINES = 6
_END_KINDS = frozenset({"share", "action", "copyright", "footer", "browser", "list"})
_TWO_HAN = re.compile("[\u3400-\u9fff].*[\u3400-\u9fff]")
_SUBTITLE = re.compile(r"(?:——|--|—)")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]|第[一二三四五六七八九十]{1,3}[章条节]")


@dataclass(slots=True)
class Page:
    """An article as found on a page; `body` holds its paragraphs."""

    body: list[str] = field(default_factory=list)
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    """A line and what it was taken for: text, title, byline, or a kind of furniture."""

    text: str
    kind: str
    byline: Byline | None = None


def read_page(lines: Sequence[str], title: str | None = None, *, whole: bool = True) -> Page:
    """Return the article in the lines of a page, which are stripped and not empty.

    `title` is the title where it is known from elsewhere; a line of the head that repeats it is dropped.
    Without `whole` the lines come from a table, where they are the body but for what is surely none.
    """
    marked, head_end = _mark(lines, whole)
    _mark_lists(marked, head_end)
    page = Page(title=title)
    has_body = head_end < len(marked)
    body_start = _read_head(marked[:head_end], page, whole=whole or not title, has_body=has_body)
    body_end = _end_of_body(marked, body_start)
    _read_bylines(marked, head_end, page)
    for line in marked[body_start:body_end]:
        if line.kind == "text":
            _add_paragraph(line.text, page)
    for paragraph in page.body[:_LINES_WITH_DATELINES]:
        _add(page.authors, dateline_authors(paragraph))
    return page


def _mark(lines: Sequence[str], whole: bool) -> tuple[list[_Line], int]:
    """Give each line its kind; also return the number of lines of the head."""
    marked: list[_Line] = []
    head_end: int | None = None
    for text in lines:
        kind = furniture_kind(text)
        byline = None if kind else read_byline(text, above_body=whole and head_end is None)
        line = _Line(text, kind or ("byline" if byline else "text"), byline)
        if head_end is None and line.kind == "text" and is_paragraph(text):
            head_end = len(marked)
        marked.append(line)
    return marked, len(marked) if head_end is None else head_end


def _mark_lists(marked: list[_Line], head_end: int) -> None:
    """Mark the headlines under a heading such as 相关阅读, up to a line that cannot be one of them.

    Where the first item has a bullet or a number, all have; else only running text ends the list.
    """
    inside = False
    style: str | None = None
    for line in marked[head_end:]:
        if line.kind == "list":
            inside, style = True, None
        elif inside and line.kind == "text":
            item = marker(line.text)
            if is_long_paragraph(line.text) or (style and not item):
                inside = False
            else:
                line.kind = "list"
                style = item if style is None else style


def _read_head(head: list[_Line], page: Page, *, whole: bool, has_body: bool) -> int:
    """Find the title in the head; return the number of the line with which the body begins."""
    repeated = None
    for number, line in enumerate(head):
        if page.title and line.kind == "text" and _same(line.text, page.title):
            line.kind, repeated = "title", number
    published = _first(
        n for n, line in enumerate(head) if line.byline and (line.byline.date or line.byline.source)
    )
    texts = [n for n, line in enumerate(head) if line.kind == "text"]
    above = [n for n in texts if whole and published is not None and n < published]
    if above:
        page.title = page.title or _title(head, above)
        return max(above[-1], repeated or 0) + 1
    if repeated is not None:
        return repeated + 1 if whole else 0
    if page.title is None and has_body and texts and _is_title(head[texts[0]].text):
        page.title = head[texts[0]].text
        subtitle = texts[0] + 1
        if subtitle < len(head) and _SUBTITLE.match(head[subtitle].text) and head[subtitle].kind == "text":
            page.title += " " + head[subtitle].text
            return subtitle + 1
        return subtitle
    return 0


def _title(head: list[_Line], above: list[int]) -> str | None:
    """Return the last line above the by-lines, a subtitle with the line before it."""
    title = head[above[-1]].text
    if _SUBTITLE.match(title) and len(above) > 1:
        title = f"{head[above[-2]].text} {title}"
    return title if len(title) <= 2 * _LONGEST_TITLE else None


def _is_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and _TWO_HAN.search(text) is not None
        and not text.endswith((",", "，", "、", ":", "："))
        and not text.endswith((";", "；", "…"))
        and not marker(text)
        and not _NUMBERED.match(text)
    )


def _end_of_body(marked: list[_Line], body_start: int) -> int:
    """Return the number of the first line of the tail."""
    sentences = (
        number
        for number, line in enumerate(marked)
        if number >= body_start and line.kind == "text" and is_paragraph(line.text)
    )
    last = max(sentences, default=None)
    if last is None:
        return len(marked)
    ends = (n for n in range(last + 1, len(marked)) if _is_end(marked[n]))
    return next(ends, len(marked))


def _is_end(line: _Line) -> bool:
    return line.kind in _END_KINDS or (line.byline is not None and bool(line.byline.editors))


def _read_bylines(marked: list[_Line], head_end: int, page: Page) -> None:
    """Gather what the by-lines say: a labelled date before a bare one, that of a change last."""
    bylines = [(number, line.byline) for number, line in enumerate(marked) if line.byline]
    for _, byline in bylines:
        page.source = page.source or byline.source
        _add(page.authors, byline.authors)
        _add(page.editors, byline.editors)
    labelled = [byline.date for _, byline in bylines if byline.date and byline.date_is_labelled]
    bare = [byline.date for number, byline in bylines if byline.date and (number < head_end or byline.source)]
    updated = [byline.updated for _, byline in bylines if byline.updated]
    page.date = next(iter([*labelled, *bare, *updated]), None)


def _add_paragraph(text: str, page: Page) -> None:
    """Put a line into the body without the credits at its end, which go to the page's people."""
    rest, byline = (text, None) if dateline_authors(text) else split_trailing_credit(text)
    if byline:
        _add(page.authors, byline.authors)
        _add(page.editors, byline.editors)
    if rest:
        page.body.append(rest)


def _add(names: list[str], more: Iterable[str]) -> None:
    names += [name for name in dict.fromkeys(more) if name not in names]


def _same(line: str, title: str) -> bool:
    return "".join(line.split()) == "".join(title.split())


def _first(numbers: Iterable[int]) -> int | None:
    return next(iter(numbers), None)
