"""The pages for people: routes that the application mounts beside the SPARQL endpoint."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from kg.service.context import Context
from kg.service.pages.entity_pages import EntityPages
from kg.service.pages.ontology_page import OntologyPage
from kg.service.pages.overview_page import OverviewPage
from kg.service.pages.query_pages import QueryPages
from kg.service.pages.rendering import switch_language
from kg.service.pages.search_pages import SearchPages
from kg.service.pages.state import PageStates
from kg.service.pages.static_files import static_file


def routes(context: Context) -> list[BaseRoute]:
    """Return the routes of the pages and of the files they need, `/static` among them.

    What searching needs is read from the store meanwhile.
    """
    states = PageStates(context.store)
    states.prepare()
    return [
        *OverviewPage(states).routes(),
        *SearchPages(states).routes(),
        *QueryPages(context, states).routes(),
        *EntityPages(states).routes(),
        *OntologyPage(states).routes(),
        Route("/language", switch_language),
        Route("/static/{name}", static_file),
    ]
