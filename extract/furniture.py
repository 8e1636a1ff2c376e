"""Page furniture: which lines of a page are not the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract.credits import is_photo_credit
from extract.page_dates import find_dates
from extract.page_lexicon import page_lexicon

LONGEST_FURNITURE = 600
_LONGEST_SHORT_LINE = 80
_LONGEST_CAPTION = 90
_LONGEST_NOTE = 200
_SENTENCE_MARKS = frozenset("。；，,;")
_DECORATION = " \t　·■□●◆◇★▲△※▼○•▶►»>-—_【】[]［］()（）<>《》:：、.…|｜/+＋"
_TOKEN = re.compile(r"[\s【】\[\]［］()（）|｜/:：、·»>，,]+")
_NUMBER = re.compile(r"\d[\d.,]*[万亿]?(?:次|人|条|人次)?")
_FILE_NAME = re.compile(
    r"(?:IMG|DSC|DSCF|DSCN|MVI|VID|WechatIMG)[_-]?\d[\w-]{0,40}"
    r"|\S[^。！？\n]{0,100}\.(?:png|jpe?g|gif|bmp|webp|tiff?|heic|mp4|mov|avi|docx?|pdf|xlsx?|zip|rar)"
    r"|图片?\s?\d{0,3}",
    re.IGNORECASE,
)
_WEEKDAY = re.compile("(?:星期|周)[一二三四五六日天]")
_STEP = re.compile(r"\s*(?:>>|»|＞＞|>|＞|→|›)\s*")
_MARKER = re.compile(r"[•·●◆■□▪‣*]\s*|\d{1,2}\s{1,8}|\d{1,2}[.、．]\s*|[①-⑳]\s*|-\s+")
_CAPTION_START = re.compile(r"(?:图为|图片为|△|▲|上图|下图|图[:：]|（图为)")


def furniture_kind(line: str) -> str | None:
    """Return what kind of furniture a line is, as `furniture.tsv` names them; None for text.

    Beside the kinds of the file: `caption` for a photo's caption with its credit.
    """
    if len(line) > LONGEST_FURNITURE:
        return None
    return _kind_by_words(line) or _kind_by_start(line) or _kind_by_shape(line)


def marker(line: str) -> str:
    """Return the bullet or number that opens an item of a list, digits as 0; empty for none.

    >>> marker("• 某市召开会议"), marker("12   某市召开会议"), marker("某市召开会议")
    ('•', '0', '')
    """
    match = _MARKER.match(line)
    return re.sub(r"\d+", "0", match.group().strip()) if match else ""


def is_paragraph(line: str) -> bool:
    """Tell whether a line holds a whole sentence, as titles and headlines do not."""
    return "。" in line or len(line) > 150


def is_long_paragraph(line: str) -> bool:
    """Tell whether a line is surely running text, even within a list of headlines."""
    return "。" in line and len(line) >= (60 if marker(line) else 40)


def _kind_by_words(line: str) -> str | None:
    """Furniture if every word of a short line is a word of furniture or a number."""
    if len(line) > _LONGEST_SHORT_LINE:
        return None
    known = page_lexicon().by_word
    bare = line.strip(_DECORATION)
    if bare in known:
        return None if known[bare] == "filler" and len(bare) > 1 and not bare.isascii() else known[bare]
    kinds = []
    for token in _TOKEN.split(line):
        token = token.strip(_DECORATION)
        if not token or _NUMBER.fullmatch(token):
            continue
        if token not in known:
            return None
        kinds.append(known[token])
    solid = [kind for kind in kinds if kind != "filler"]
    return solid[0] if solid else None


def _kind_by_start(line: str) -> str | None:
    """Furniture by its first words or a word inside it; a whole sentence can only be a copyright note."""
    lexicon = page_lexicon()
    found = _starts().match(line.lstrip(_DECORATION))
    kind = lexicon.by_start[found.group()] if found else None
    if kind is None and len(line) <= _LONGEST_NOTE:
        found = _insides().search(line)
        kind = lexicon.inside[found.group()] if found else None
    if kind == "clock" and not (find_dates(line) or _WEEKDAY.search(line)):
        return None
    return kind if kind == "copyright" or "。" not in line else None


def _kind_by_shape(line: str) -> str | None:
    if _FILE_NAME.fullmatch(line):
        return "image"
    if _is_breadcrumb(line):
        return "navigation"
    if is_photo_credit(line):
        return "caption"
    if len(line) <= _LONGEST_CAPTION and _CAPTION_START.match(line):
        return "caption"
    return None


def _is_breadcrumb(line: str) -> bool:
    """Tell 首页 >> 新闻: short steps, two with a double sign between them or three with single ones."""
    if len(line) > _LONGEST_SHORT_LINE or any(mark in _SENTENCE_MARKS for mark in line):
        return False
    steps = _STEP.split(line)
    doubled = ">>" in line or "»" in line or "＞＞" in line
    if len(steps) < (2 if doubled else 3):
        return False
    return all(len(step) <= 20 for step in steps)


@cache
def _starts() -> re.Pattern[str]:
    return _longest_first(page_lexicon().by_start)


@cache
def _insides() -> re.Pattern[str]:
    return _longest_first(page_lexicon().inside)


def _longest_first(forms: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(re.escape(form) for form in ordered))
