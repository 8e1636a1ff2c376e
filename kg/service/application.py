"""The application: the endpoint and the pages over one store, behind the checks on who asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from kg.service import pages, protocol
from kg.service.context import Context
from kg.service.live_store import LiveStore
from kg.service.security import Guard
from kg.service.settings import Settings
from kg.service.workers import Workers


def create_app(store_path: str | Path, settings: Settings | None = None) -> Starlette:
    """Return the application over the store in a folder; its lifespan starts and ends the workers.

    Raises StoreError if there is no store that can be read.
    """
    chosen = settings or Settings()
    path = Path(store_path)
    context = Context(chosen, Workers(path, chosen), LiveStore(path))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await context.workers.start()
        try:
            yield
        finally:
            await context.workers.stop()
            context.store.close()

    return Starlette(
        routes=[protocol.route(context), *pages.routes(context)],
        lifespan=lifespan,
        middleware=[Middleware(Guard, settings=chosen)],
    )
