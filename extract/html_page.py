"""Web pages: the article on a page, by trafilatura's main text and our own reading of its by-lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from extract.byline_names import split_names
from extract.errors import ArticleError
from extract.furniture import is_paragraph
from extract.page_dates import read_date
from extract.page_text import one_line, text_lines
from extract.pages import Page, read_page

_UNREAD = {
    *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas"),
    *("audio", "video", "select", "option", "button", "textarea", "input", "head", "map"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dialog", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset\s*=\s*[\"']?|\?xml[^>]{0,100}?encoding\s*=\s*[\"'])\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_CHARSET_WITHIN = 4096
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"\s*<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,100000}\]\s*)?>", re.IGNORECASE)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SITE_AFTER_TITLE = re.compile(r"\s*(?:--|——|[_|｜]|\s-\s?|-(?=[^-]{2,12}网?$)).*$")
_LONGEST_TITLE = 300
_SHORTEST_TITLE = 6
_MOST_ELEMENTS = 20_000
_GREATEST_DEPTH = 120
"""Pages beyond these go without trafilatura, whose time and stack are not bounded by a page's length."""
_DEEPEST_READ = 250
"""The parser leaves out what is nested deeper than about this."""
_LEAST_MATCHED = 0.8
_LEAST_SHARE = 0.4
"""Less than this share of the page's whole sentences in trafilatura's text: it has missed the article."""

_META_NAMES = {
    "title": ("articletitle", "og:title", "twitter:title"),
    "date": ("pubdate", "article:published_time", "publishdate", "og:release_date", "datepublished"),
    "source": ("contentsource", "source", "mediaid", "og:article:source"),
    "authors": ("author", "og:article:author", "article:author"),
    "url": ("og:url", "url"),
}


@dataclass(slots=True)
class _Rendered:
    """The text of a page as lines, and the size of its tree."""

    lines: list[str]
    elements: int
    depth: int


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page declares for itself near its beginning, or None."""
    match = _CHARSET.search(data[:_CHARSET_WITHIN])
    return match.group(1).decode("ascii") if match else None


def read_html(text: str, *, file: str, title: str | None = None) -> Page:
    """Return the article on a web page. `title` is the title where it is known from elsewhere.

    Scripts, styles and hidden elements never count as text. Raises ArticleError where there is no page.
    """
    tree = _parse(text, file)
    meta = _meta(tree)
    page_title = one_line("".join(element.text_content() for element in tree.iter("title"))[:_LONGEST_TITLE])
    _drop_unseen(tree)
    rendered = _render(tree)
    if not rendered.lines and rendered.depth >= _DEEPEST_READ:
        raise ArticleError(
            f"elements nested more than {_DEEPEST_READ} deep",
            file=file,
            remedy="save the article as plain text",
        )
    title = title or _title(tree, page_title, meta, rendered.lines)
    whole = read_page(rendered.lines, title)
    page = read_page(_main_lines(tree, rendered, whole), title)
    page.title = whole.title
    page.date = whole.date or page.date or read_date(meta.get("date", ""))
    page.source = whole.source or page.source or meta.get("source")
    page.authors = whole.authors or page.authors or split_names(meta.get("authors", "")) or []
    page.editors = whole.editors or page.editors
    page.url = _address(meta.get("url")) or _address(meta.get("canonical"))
    return page


def _parse(text: str, file: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    text = _DOCTYPE.sub("", _XML_DECLARATION.sub("", text, count=1), count=1)
    data = text.encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        problem = f"no page can be read from it ({error})"
        raise ArticleError(problem, file=file, remedy="save the page again") from error
    return tree


def _drop_unseen(tree: html.HtmlElement) -> None:
    """Take out what a reader does not see: scripts, styles, forms' parts, hidden elements."""
    unseen = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element.tag in _UNREAD or element.get("hidden") is not None or _is_hidden(element):
            unseen.append(element)
            walk.skip_subtree()
    for element in unseen:
        parent = element.getparent()
        if parent is not None:
            _take_out(element, parent)


def _take_out(element: etree._Element, parent: etree._Element) -> None:
    """Remove an element; what follows it stays, without characters that lxml reads and refuses to write."""
    before = element.getprevious()
    holder, name = (parent, "text") if before is None else (before, "tail")
    if element.tail:
        joined = (getattr(holder, name) or "") + element.tail
        setattr(holder, name, _UNWRITABLE.sub("", joined))
    parent.remove(element)


def _is_hidden(element: etree._Element) -> bool:
    return bool(_HIDDEN.search(element.get("style") or ""))


def _render(tree: html.HtmlElement) -> _Rendered:
    """Return the text of a page, a line for each block, in time linear in the page."""
    pieces: list[str] = []
    elements = depth = deepest = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if event == "start":
            depth += 1
            elements += 1
            deepest = max(deepest, depth)
            pieces.append(_collapsed(element.text))
        else:
            depth -= 1
            pieces.append(_collapsed(element.tail))
    return _Rendered(text_lines("".join(pieces)), elements, deepest)


def _collapsed(text: str | None) -> str:
    """Return text as a browser shows it: line ends in the source are spaces."""
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""


def _main_lines(tree: html.HtmlElement, rendered: _Rendered, whole: Page) -> list[str]:
    """Return the lines of the page from the first to the last that trafilatura takes for the article.

    The lines are the page's own, as trafilatura changes spaces and leaves out lines in between. Where it
    misses the article, or the page is beyond what it is given, they are all the lines of the page.
    """
    if rendered.elements > _MOST_ELEMENTS or rendered.depth > _GREATEST_DEPTH:
        return rendered.lines
    source = html.tostring(tree, encoding="unicode")
    lines = text_lines(trafilatura.extract(source, include_comments=False, include_tables=True) or "")
    found = _paragraph_characters(lines)
    if not found or found < _LEAST_SHARE * _paragraph_characters(whole.body):
        return rendered.lines
    taken = {_squeezed(line) for line in lines}
    hits = [number for number, line in enumerate(rendered.lines) if _squeezed(line) in taken]
    paragraphs = [number for number in hits if is_paragraph(rendered.lines[number])]
    if _paragraph_characters(rendered.lines[number] for number in paragraphs) < _LEAST_MATCHED * found:
        return lines
    last = paragraphs[-1]
    return rendered.lines[hits[0] : last + 1] + [rendered.lines[number] for number in hits if number > last]


def _paragraph_characters(lines: Iterable[str]) -> int:
    return sum(len(_squeezed(line)) for line in lines if is_paragraph(line))


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Return what the head's meta elements say, by our names for it."""
    given: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        name = name.strip().lower()
        content = one_line(element.get("content") or "")
        if name and content:
            given.setdefault(name, content)
    meta = {
        field: next(given[name] for name in names if name in given)
        for field, names in _META_NAMES.items()
        if any(name in given for name in names)
    }
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            meta.setdefault("canonical", (link.get("href") or "").strip())
    return meta


def _title(tree: html.HtmlElement, page_title: str, meta: dict[str, str], lines: list[str]) -> str | None:
    """Return the title: a heading or meta element that the page's title agrees with, else a likely one."""
    elements = [heading for tag in ("h1", "h2") for heading in tree.iter(tag)]
    headings = [one_line(element.text_content()[:_LONGEST_TITLE]) for element in elements]
    headings = [heading for heading in headings if len(heading) >= _SHORTEST_TITLE]
    for candidate in [*headings, meta.get("title", "")]:
        if len(candidate) >= _SHORTEST_TITLE and candidate in page_title:
            return candidate
    cut = _SITE_AFTER_TITLE.sub("", page_title)
    shown = set(lines)
    for candidate in (cut, page_title):
        if len(candidate) >= _SHORTEST_TITLE and candidate in shown:
            return candidate
    return meta.get("title") or (headings[0] if headings else None) or cut or None


def _address(url: str | None) -> str | None:
    """Return an address of the web as it stands; None for anything else."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None
