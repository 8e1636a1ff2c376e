"""Rendering: templates filled in the reader's language, with nothing from the store read as markup."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from extract.language.relations import Text
from kg.entities.reading import Named
from kg.service.pages.addresses import path_of
from kg.service.pages.looks import SIGNS, shape
from kg.service.pages.static_files import version
from kg.service.pages.words import BASES, LEVELS, REASONS, WORDS
from kg.term_labels import term_label
from kg.vocabulary import DATA, RELATIONS

LANGUAGES = {"zh": "zh-Hans", "en": "en"}
"""Languages of the pages, with the tags that name them."""

_COOKIE = "language"
_PLURAL = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_YEAR = 365 * 24 * 3600
_FOLDER = resources.files("kg.service.pages") / "templates"


def language_of(request: Request) -> str:
    """Return the language a reader chose, else the browser prefers, else Chinese."""
    chosen = request.cookies.get(_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    wanted = request.headers.get("accept-language", "")
    return next((tag for tag in (w.strip()[:2].lower() for w in wanted.split(",")) if tag in LANGUAGES), "zh")


def switch_language(request: Request) -> Response:
    """Note the language a reader asks for and lead back to where the reader was."""
    back = request.query_params.get("back", "/")
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        back = "/"
    response = RedirectResponse(back, status_code=303)
    chosen = request.query_params.get("to", "")
    if chosen in LANGUAGES:
        response.set_cookie(_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="lax")
    return response


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Return a page, or a part of one, filled with the values."""
    said = {"Vary": "Accept, Accept-Language, Cookie", "Cache-Control": "no-cache", **(headers or {})}
    return HTMLResponse(rendered(request, template, **values), status_code=status, headers=said)


def rendered(request: Request, template: str, **values: Any) -> str:
    """Return a template filled with the values, in the reader's language."""
    language = language_of(request)
    other = "en" if language == "zh" else "zh"
    here = request.url.path + (
        f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
    )
    return (
        _environment(language)
        .get_template(template)
        .render(
            language=language,
            lang_tag=LANGUAGES[language],
            other_language=other,
            here=here if request.method == "GET" else "/query",
            path=request.url.path,
            **values,
        )
    )


@lru_cache(maxsize=2)
def _environment(language: str) -> Environment:
    def say(text: Text | Mapping[str, str]) -> str:
        if isinstance(text, Mapping):
            return text[language]
        return text.zh if language == "zh" else text.en

    words = {name: say(text) for name, text in WORDS.items()}

    def word(name: str, **gaps: object) -> str:
        chosen = 1 if gaps.get("n") == 1 else 2
        text = _PLURAL.sub(lambda match: match[chosen], words[name])
        return text.format(**{key: number(gap) for key, gap in gaps.items()})

    def relation(name: str, is_inverse: bool = False) -> str:
        known = RELATIONS[name]
        if is_inverse and known.inverse is not None:
            return say(Text(known.inverse.zh, known.inverse.en))
        return say(known.label)

    def qualifier(name: str, relation_name: str) -> str:
        known = RELATIONS[relation_name].qualifiers.get(name)
        return say(Text(known.zh, known.en)) if known else name

    def qualifier_value(value: str, name: str, relation_name: str) -> str:
        known = RELATIONS[relation_name].qualifiers.get(name)
        return say(known.values[value]) if known and value in known.values else value

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        say=say,
        number=number,
        path=path_of,
        relation=relation,
        qualifier=qualifier,
        qualifier_value=qualifier_value,
        type_name=lambda kind: say(SIGNS[kind].name) if kind in SIGNS else "",
        level=lambda name: say(LEVELS[name]) if name in LEVELS else name,
        basis=lambda name: say(BASES[name]),
        reason=lambda name: say(REASONS[name]) if name in REASONS else name,
        short=lambda iri: iri.removeprefix(DATA),
        term=lambda term: say(term_label(term)),
        sign=sign,
        link=link,
    )
    environment.globals.update(w=words, word=word, static=version)
    return environment


def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def number(value: object) -> str:
    """Return a number with its thousands apart, anything else as its text."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def sign(kind: str) -> Markup:
    """Return the sign of a type as a small drawing, nothing for what has none."""
    look = SIGNS.get(kind)
    if look is None:
        return Markup("")
    return Markup('<svg class="sign" viewBox="-8 -8 16 16" aria-hidden="true">{}</svg>').format(
        Markup(shape(look))
    )


def link(named: Named, text: str | None = None) -> Markup:
    """Return a link to the page of a thing, with its sign; plain text for what has no page."""
    shown = text if text is not None else named.label
    if not named.iri:
        return Markup("<bdi>{}</bdi>").format(shown)
    if not named.iri.startswith(DATA):
        return Markup("<bdi class=iri>{}</bdi>").format(shown)
    return Markup('<a class="entity" href="{}">{}<bdi lang="zh-Hans">{}</bdi></a>').format(
        html.unescape(path_of(named.iri)), sign(named.type), shown
    )
