"""Running the service: a socket, the application behind it, until it is interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.service.application import create_app
from kg.service.problems import ServiceError
from kg.service.settings import Settings

_LONGEST_HEADER = 256 * 1024
_IDLE_SECONDS = 30
_ENDING_SECONDS = 3
_BACKLOG = 256


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def run(store_path: Path, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve a store until interrupted; `ready` is told the address once requests are answered.

    Raises StoreError if the store cannot be read, ServiceError if the address cannot be listened on.
    """
    app = create_app(store_path, settings)
    listening = _listening(settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http="h11",
        ws="none",
        h11_max_incomplete_event_size=_LONGEST_HEADER,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    server = _Server(config, lambda: ready(_address(listening)))
    with listening, contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        asyncio.run(server.serve([listening]))


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host.strip("[]"), settings.port))
        listening.listen(_BACKLOG)
    except OSError as exc:
        listening.close()
        raise ServiceError(
            f"{settings.host} port {settings.port} cannot be listened on ({exc.strerror or exc})",
            remedy="end the program that listens there, or name another with --port; 0 is any free one",
        ) from exc
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
