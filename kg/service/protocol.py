"""The endpoint: SPARQL 1.1 Protocol for queries, over the workers.

GET and POST, form or query as body; `default-graph-uri` and `named-graph-uri`; answers in the format that
Accept prefers, or that a parameter `format` names. An answer is sent when it is whole, so its status is true:
200, or 400 for a query that is wrong or refused, 500 for one that was stopped at a limit, 503 when the
service is busy.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import IO, NamedTuple, TypeVar
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from extract.errors import GovkgError
from kg.errors import QueryError
from kg.service.context import Context
from kg.service.description import describe_service
from kg.service.formats import (
    GRAPH_FORMATS,
    SOLUTIONS_FORMATS,
    GraphFormat,
    SolutionsFormat,
    media_types,
    wanted,
)
from kg.service.negotiation import choose
from kg.service.problems import BusyError, FormatError

PATH = "/sparql"
QUERY_PAGE = "/query"
"""Where a browser is sent that asks for a page."""

_HTML = "text/html"
_FORMATS = (*SOLUTIONS_FORMATS, *GRAPH_FORMATS)
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_BYTES = 1_000_000
_NOBODY_THERE = 499
_MOST_DRAINED = 100_000_000
_PIECE = 1 << 16

_Result = TypeVar("_Result")


class Asked(NamedTuple):
    """What a request asks for: a query, the graphs it is asked of, and a format by its short name."""

    query: str
    default_graphs: list[str]
    named_graphs: list[str]
    format: str | None


class RequestError(GovkgError):
    """A request that does not keep the protocol, with the status that says so."""

    def __init__(self, status: int, problem: str, remedy: str) -> None:
        """Say what is wrong with the request."""
        super().__init__(problem, remedy=remedy)
        self.status = status


def route(context: Context) -> Route:
    """Return the endpoint's route."""

    async def endpoint(request: Request) -> Response:
        try:
            if request.method != "POST" and _is_for_people(request):
                return RedirectResponse(request.url.replace(path=QUERY_PAGE), 303)
            if request.method != "POST" and not request.url.query:
                return _description(context, request)
            asked = await read_request(request)
            return await _answer(context, request, asked)
        except GovkgError as error:
            return error_response(error)
        except ClientDisconnect:
            return Response(status_code=_NOBODY_THERE)

    return Route(PATH, endpoint, methods=["GET", "HEAD", "POST"])


def error_response(error: GovkgError) -> Response:
    """Return a problem in plain text with the status for it."""
    headers = {"retry-after": "5"} if isinstance(error, BusyError) else None
    return PlainTextResponse(f"{error}\n", _status(error), headers)


def _status(error: GovkgError) -> int:
    if isinstance(error, RequestError):
        return error.status
    if isinstance(error, QueryError):
        return 400
    if isinstance(error, FormatError):
        return 406
    return 503 if isinstance(error, BusyError) else 500


async def read_request(request: Request) -> Asked:
    """Return what a request asks for.

    Raises RequestError if it does not keep the protocol, or is too long.
    """
    parameters = _decoded(request.scope["query_string"])
    if request.method == "POST":
        body = await _body(request)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == _FORM:
            parameters += _decoded(body)
        elif media_type == _QUERY:
            _check_charset(request.headers)
            parameters.append(("query", _text(body)))
        elif media_type == _UPDATE:
            raise _read_only()
        else:
            raise RequestError(
                415, f"a query is not sent as {media_type or 'nothing'}", f"send {_QUERY} or {_FORM}"
            )
    return _asked(parameters)


def _asked(parameters: list[tuple[str, str]]) -> Asked:
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise _read_only()
    if len(queries) != 1:
        problem = "there is no query" if not queries else "there is more than one query"
        raise RequestError(400, problem, "give one parameter `query`")
    named = dict(parameters)
    return Asked(
        queries[0],
        [value for name, value in parameters if name == "default-graph-uri"],
        [value for name, value in parameters if name == "named-graph-uri"],
        named.get("format"),
    )


def _read_only() -> RequestError:
    return RequestError(
        403, "this service answers queries and changes nothing", "change articles with `govkg build`"
    )


def _decoded(text: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a form or an address; each is decoded once, and must be UTF-8."""
    pairs = []
    for part in text.split(b"&"):
        if part:
            name, _, value = part.replace(b"+", b" ").partition(b"=")
            pairs.append((_text(unquote_to_bytes(name)), _text(unquote_to_bytes(value))))
    return pairs


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise RequestError(400, f"byte {exc.start} of the request is not UTF-8", "send UTF-8") from None
    if "\0" in text:
        raise RequestError(400, "there is a character 0 in the request", "take it out")
    return text


def _check_charset(headers: Headers) -> None:
    content_type = headers.get("content-type", "").lower().replace(" ", "").replace('"', "")
    _, named, charset = content_type.partition("charset=")
    if named and charset.partition(";")[0] not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError(415, f"a query in {charset} is not read", "send UTF-8")


async def _body(request: Request) -> bytes:
    """Return the body; one that is too long is read to its end first, so that its sender hears why."""
    body = bytearray()
    length = 0
    async for piece in request.stream():
        length += len(piece)
        if length <= _MOST_BYTES:
            body += piece
        elif length > _MOST_DRAINED:
            break
    if length > _MOST_BYTES:
        raise RequestError(413, f"the request is longer than {_MOST_BYTES:,} bytes", "send a shorter query")
    return bytes(body)


def _is_for_people(request: Request) -> bool:
    """Return whether a browser asks for a page, and there is one."""
    offered = [_HTML, *media_types(SOLUTIONS_FORMATS), *media_types(GRAPH_FORMATS)]
    accept = request.headers.get("accept", "")
    return (
        _HTML in accept
        and choose(accept, offered) == _HTML
        and "format" not in request.query_params
        and any(getattr(page, "path", None) == QUERY_PAGE for page in request.app.routes)
    )


def _description(context: Context, request: Request) -> Response:
    form = wanted(request.headers.get("accept", ""), GRAPH_FORMATS)
    if form is None:
        raise FormatError("the service is described as RDF", remedy="accept Turtle, N-Triples or JSON-LD")
    address = str(request.url.replace(query="", fragment=""))
    with context.store.reading() as store:
        text = describe_service(address, store, form)
    return Response(text, headers={"content-type": form.content_type, "vary": "Accept"})


async def _answer(context: Context, request: Request, asked: Asked) -> Response:
    solutions, graph = _formats(asked, request.headers.get("accept", ""))
    answered = await unless_gone(
        request,
        context.workers.write(
            asked.query,
            solutions_format=solutions.name if solutions else None,
            graph_format=graph.name if graph else None,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        ),
    )
    chosen = graph if answered.kind == "graph" else solutions
    assert chosen is not None
    headers = {
        "content-type": chosen.content_type,
        "content-length": str(answered.length),
        "vary": "Accept",
        "cache-control": "no-cache",
    }
    return StreamingResponse(_pieces(answered.text), headers=headers)


def _formats(asked: Asked, accept: str) -> tuple[SolutionsFormat | None, GraphFormat | None]:
    """Return the formats for a table and for a graph; one that a parameter names goes before Accept."""
    if asked.format is None:
        return wanted(accept, SOLUTIONS_FORMATS), wanted(accept, GRAPH_FORMATS)
    if asked.format not in _FORMATS:
        raise RequestError(
            400, f"there is no format {asked.format!r}", f"choose one of {', '.join(_FORMATS)}"
        )
    return SOLUTIONS_FORMATS.get(asked.format), GRAPH_FORMATS.get(asked.format)


async def unless_gone(request: Request, work: Awaitable[_Result]) -> _Result:
    """Return what the work gives, and give it up when whoever asked has gone.

    Raises ClientDisconnect then.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, GovkgError):
                await task


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _pieces(text: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while piece := text.read(_PIECE):
            yield piece
    finally:
        text.close()
