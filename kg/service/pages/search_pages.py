"""Search: a page with types and places to narrow it down, and the suggestions of the search box."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.entities.search_index import Hit
from kg.service.pages.addresses import path_of
from kg.service.pages.entity_pages import page_number
from kg.service.pages.looks import SIGNS
from kg.service.pages.rendering import language_of, render
from kg.service.pages.state import PageStates

_HITS_A_PAGE = 30
_SUGGESTIONS = 9
_LONGEST = 200


class SearchPages:
    """Answers searches."""

    def __init__(self, states: PageStates) -> None:
        """Search the state published last."""
        self._states = states

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page and of the suggestions."""
        return [Route("/search", self.page), Route("/search.json", self.suggestions)]

    def page(self, request: Request) -> Response:
        """Answer with a page of results."""
        asked = {name: request.query_params.get(name, "")[:_LONGEST] for name in ("q", "type", "place")}
        page = page_number(request)
        start = (page - 1) * _HITS_A_PAGE
        with self._states.reading() as state:
            found = state.index.search(
                asked["q"],
                kinds=_kinds(asked["type"]),
                place=asked["place"],
                limit=_HITS_A_PAGE,
                offset=start,
            )

        def address(**changed: str) -> str:
            return "/search?" + urlencode({**asked, **changed})

        return render(
            request,
            "search.html",
            text=asked["q"],
            kind=asked["type"] if asked["type"] in SIGNS else "",
            place=asked["place"],
            found=found,
            address=address,
            page=page,
            pages=-(-found.total // _HITS_A_PAGE),
            start=start,
        )

    def suggestions(self, request: Request) -> Response:
        """Answer with the best results as JSON."""
        text = request.query_params.get("q", "")[:_LONGEST]
        language = language_of(request)
        with self._states.reading() as state:
            found = state.index.search(
                text, kinds=_kinds(request.query_params.get("type", "")), limit=_SUGGESTIONS
            )
        hits = [_suggestion(hit, language) for hit in found.hits]
        return JSONResponse({"total": found.total, "hits": hits}, headers={"Cache-Control": "no-cache"})


def _kinds(text: str) -> list[str]:
    """Return the types that an address names, several with a bar between them."""
    return text.split("|") if text else []


def _suggestion(hit: Hit, language: str) -> dict[str, str]:
    named = hit.entry.named
    name = SIGNS[named.type].name
    return {
        "path": path_of(named.iri),
        "label": named.label,
        "type": named.type,
        "type_name": name.zh if language == "zh" else name.en,
        "pinyin": hit.entry.pinyin,
        "alias": hit.alias,
        "place": next((place for place in hit.entry.places if place != named.label), ""),
    }
