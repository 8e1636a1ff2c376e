"""The pages for people: routes that the application mounts beside the SPARQL endpoint."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.service.context import Context


def routes(context: Context) -> list[BaseRoute]:
    """Return the routes of the pages and of the files they need, `/static` among them."""
    return []
