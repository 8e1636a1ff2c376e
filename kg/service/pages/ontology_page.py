"""The ontology: its IRI answers with the codebook for people and with Turtle for programs."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.codebook.contents import codebook
from kg.codebook.measured import measured
from kg.codebook.page import page as codebook_page
from kg.ontology import find_ontology
from kg.service.negotiation import choose
from kg.service.pages.rendering import language_of
from kg.service.pages.state import PageStates
from kg.snapshot import versions

_HTML, _TURTLE = "text/html", "text/turtle"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class OntologyPage:
    """Answers for the ontology; its terms are fragments of it, and places on the page."""

    def __init__(self, states: PageStates) -> None:
        """Count what the state published last holds of each term."""
        self._states = states

    def routes(self) -> list[BaseRoute]:
        """Return the route of the ontology."""
        return [Route("/ontology", self.answer)]

    def answer(self, request: Request) -> Response:
        """Answer with the codebook or with the ontology's file."""
        headers = {"Vary": "Accept, Accept-Language, Cookie", "Cache-Control": "no-cache"}
        wanted = choose(request.headers.get("accept", ""), (_HTML, _TURTLE))
        if request.query_params.get("format") == "ttl" or wanted == _TURTLE:
            return Response(find_ontology().read_bytes(), headers={**headers, "Content-Type": _TURTLE})
        if wanted is None:
            return PlainTextResponse(f"there is {_HTML}, {_TURTLE}\n", status_code=406)
        with self._states.reading() as state:
            counts = state.counts
        html = codebook_page(
            codebook(measured(), counts), language=language_of(request), is_stale=are_figures_stale()
        )
        return HTMLResponse(html, headers={**headers, "Content-Security-Policy": _policy(html)})


@lru_cache(maxsize=1)
def are_figures_stale() -> bool:
    """Return whether the language data has changed since it was measured how well things are found."""
    return measured().language_data != versions()["language data sha256"]


def _policy(html: str) -> str:
    """Return a policy that allows the page's own style, named by its hash, and nothing else."""
    styles = (hashlib.sha256(style.encode("utf-8")).digest() for style in _STYLE.findall(html))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in styles)
    return (
        f"default-src 'none'; style-src {allowed};"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
