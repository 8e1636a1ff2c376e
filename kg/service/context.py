"""What every route of the service has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from kg.service.live_store import LiveStore
from kg.service.settings import Settings
from kg.service.workers import Workers


@dataclass(frozen=True, slots=True)
class Context:
    """The settings, the workers for queries of any weight, and the open store for light look-ups."""

    settings: Settings
    workers: Workers
    store: LiveStore
