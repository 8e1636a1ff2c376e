"""Who is answered: requests to a name of ours, not from pages of others; and what browsers may do then.

A page anywhere can make a reader's browser send requests to this computer. What it asks is refused before
any work is done, and no answer carries a permission to be read by another site unless it was asked for.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.service.settings import LOOPBACK, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page of ours may load and do: its own files, and nothing from elsewhere."""

_HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
_ANYONE = "*"
_ALLOWED_METHODS = "GET, HEAD, POST, OPTIONS"
_ALLOWED_HEADERS = "accept, content-type"
_REMEMBERED_SECONDS = "600"
_FROM_ELSEWHERE = ("cross-site", "same-site")
"""What a browser says of a request from a page of another origin (Sec-Fetch-Site)."""


class Guard:
    """The application behind the checks on host and origin, with the headers that every answer gets."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Guard an application."""
        self._app = app
        self._hosts = {name.lower() for name in (*LOOPBACK, settings.host, *settings.hosts)}
        self._origins = set(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        permitted = self._permitted_origin(headers)
        refusal = self._refusal(scope, headers, permitted)
        if refusal is None and permitted is not None and scope["method"] == "OPTIONS":
            refusal = _preflight()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    sent.setdefault(name, value)
                sent["cross-origin-resource-policy"] = "cross-origin" if permitted else "same-origin"
                if permitted:
                    sent["access-control-allow-origin"] = permitted
                if self._origins - {_ANYONE}:
                    sent.add_vary_header("Origin")
            await send(message)

        await (refusal or self._app)(scope, receive, send_with_headers)

    def _permitted_origin(self, headers: Headers) -> str | None:
        """Return what to say to a page of another site that may read answers, None to all others."""
        if _ANYONE in self._origins:
            return _ANYONE
        origin = headers.get("origin")
        return origin if origin in self._origins else None

    def _refusal(self, scope: Scope, headers: Headers, permitted: str | None) -> Response | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return PlainTextResponse(
                f"This service does not answer to the name {host[:100]!r}; whoever runs it can allow that"
                " with --allow-host.\n",
                421,
            )
        if permitted is None and self._is_from_elsewhere(scope, headers, host):
            return PlainTextResponse(
                "This service does not answer to pages of other sites; whoever runs it can allow one with"
                " --allow-origin.\n",
                403,
            )
        return None

    def _is_ours(self, host: str) -> bool:
        return _without_port(host).lower() in self._hosts

    def _is_from_elsewhere(self, scope: Scope, headers: Headers, host: str) -> bool:
        """Links from other sites may be followed; anything else that their pages send is refused."""
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2] != host:
            return True
        is_followed = scope["method"] in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        is_top = headers.get("sec-fetch-dest", "document") == "document"
        return headers.get("sec-fetch-site") in _FROM_ELSEWHERE and not (is_followed and is_top)


def _preflight() -> Response:
    return Response(
        status_code=204,
        headers={
            "access-control-allow-methods": _ALLOWED_METHODS,
            "access-control-allow-headers": _ALLOWED_HEADERS,
            "access-control-max-age": _REMEMBERED_SECONDS,
        },
    )


def _without_port(host: str) -> str:
    """Return the name of a Host header.

    >>> _without_port("localhost:8765"), _without_port("[::1]:80"), _without_port("[::1]")
    ('localhost', '[::1]', '[::1]')
    """
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def is_loopback(host: str) -> bool:
    """Return whether a name or address is one of this computer that no other can reach."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
