"""The query page: the library's questions with forms, an editor, and answers as tables and files."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from extract.errors import GovkgError
from extract.language.relations import Text
from extract.records import ENTITY_TYPES
from kg.answers import QueryResult, bindings
from kg.errors import QueryError
from kg.questions import TOPICS, Question, find_question, parse_question, questions
from kg.results import write
from kg.service.answer import Answer
from kg.service.context import Context
from kg.service.formats import GRAPH_FORMATS, SOLUTIONS_FORMATS
from kg.service.pages.answer_table import AnswerShown, answer_shown, problem_shown
from kg.service.pages.completion import completion_terms
from kg.service.pages.rendering import language_of, render, rendered
from kg.service.pages.state import PageStates
from kg.sparql import Term
from kg.term_labels import ontology_terms
from kg.vocabulary import RELATIONS

SHOWN_ROWS = 1000
"""So many rows are shown; a download has them all."""

_LONGEST_BODY = 1_000_000
_LOOKING = 0.3
_PREFIX = "p."
_EXAMPLE = """SELECT ?person ?office ?first ?last
WHERE {
  ?spell a org:Membership ;
         org:member ?person ;
         gov:post ?office ;
         gov:firstAttested ?first ;
         gov:lastAttested ?last .
}
ORDER BY ?first
LIMIT 50
"""
_DOWNLOADS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
_OUR_FORMATS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
"""Formats that our own writers make: CSV that is safe in spreadsheets, and Parquet."""
if find_spec("pyarrow") is not None:
    _DOWNLOADS["parquet"] = "Parquet"
_GRAPH_DOWNLOADS = {"turtle": "Turtle", "ntriples": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF/XML"}

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks: a question of the library with values, or a text; `runs` if for an answer."""

    question: Question | None
    text: str
    values: Mapping[str, str]
    runs: bool

    @property
    def asks(self) -> Question:
        """The question, made of the text where it is none of the library."""
        return self.question or parse_question("query", self.text)

    @property
    def address(self) -> str:
        """What an address that asks the same has behind its question mark."""
        if self.question is None:
            return urlencode({"query": self.text, "run": "1"})
        given = {_PREFIX + name: value for name, value in self.values.items()}
        return urlencode({"question": self.question.name, "run": "1", **given})


class QueryPages:
    """Shows the questions, and answers them through the workers."""

    def __init__(self, context: Context, states: PageStates) -> None:
        """Ask the workers of a service; names come from the state published last."""
        self._context = context
        self._states = states

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page, its answers, their files, and what the editor completes."""
        return [
            Route("/query", self.page, methods=["GET", "POST"]),
            Route("/query/answer", self.answer, methods=["GET", "POST"]),
            Route("/query/download", self.download, methods=["GET", "POST"]),
            Route("/query/terms.json", self.terms),
        ]

    async def page(self, request: Request) -> Response:
        """Answer with the page, with the answer on it if one is asked for."""
        try:
            asked = _asked(await _values_of(request))
        except GovkgError as error:
            return await run_in_threadpool(_page, request, _NOTHING, problem_shown(error, ""), 404)
        shown = await self._answered(request, asked) if asked.runs else None
        return await run_in_threadpool(_page, request, asked, shown)

    async def answer(self, request: Request) -> Response:
        """Answer with the answer alone, as a part of the page."""
        try:
            asked = _asked(await _values_of(request))
        except GovkgError as error:
            asked, shown = _NOTHING, problem_shown(error, "")
        else:
            shown = await self._answered(request, asked)
        html = await run_in_threadpool(_answer_html, request, asked, shown)
        return Response(html, media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def download(self, request: Request) -> Response:
        """Answer with the whole answer as a file."""
        given = await _values_of(request)
        form = given.get("format", "csv")
        try:
            asked = _asked(given)
            question = asked.asks
            bound = bindings(question, asked.values)
            return await _unless_gone(request, self._file(question, bound, form))
        except GovkgError as error:
            return PlainTextResponse(f"{error}\n", status_code=400)

    async def _file(self, question: Question, bound: Mapping[str, Term], form: str) -> Response:
        workers = self._context.workers
        name = question.name
        if form in _OUR_FORMATS:
            found = await workers.ask(question.text, bindings=bound)
            out = io.BytesIO()
            await run_in_threadpool(write, _result(found), form, out)
            return Response(out.getvalue(), media_type=_OUR_FORMATS[form], headers=_as_file(name, form))
        known = SOLUTIONS_FORMATS.get(form) or GRAPH_FORMATS.get(form)
        if known is None:
            choices = ", ".join((*_DOWNLOADS, *_GRAPH_DOWNLOADS))
            raise QueryError(f"there is no format {form!r}", remedy=f"choose one of {choices}")
        answer = await workers.write(
            question.text,
            bindings=bound,
            solutions_format=form if form in SOLUTIONS_FORMATS else None,
            graph_format=form if form in GRAPH_FORMATS else None,
        )

        def pieces() -> Any:
            with answer.text as text:
                while piece := text.read(1 << 16):
                    yield piece

        headers = {**_as_file(name, known.ending), "Content-Length": str(answer.length)}
        return StreamingResponse(pieces(), media_type=known.content_type, headers=headers)

    def terms(self, request: Request) -> Response:
        """Answer with the terms that the editor completes."""
        return JSONResponse(completion_terms(), headers={"Cache-Control": "no-cache"})

    async def _answered(self, request: Request, asked: Asked) -> AnswerShown:
        began = time.perf_counter()
        try:
            question = asked.asks
            bound = bindings(question, asked.values)
            limits = replace(self._context.settings.limits, rows=SHOWN_ROWS)
            asking = self._context.workers.ask(question.text, bindings=bound, limits=limits)
            found = await _unless_gone(request, asking)
        except GovkgError as error:
            return problem_shown(error, asked.text)
        seconds = time.perf_counter() - began
        return await run_in_threadpool(self._shown, request, asked, found, seconds)

    def _shown(self, request: Request, asked: Asked, found: Answer, seconds: float) -> AnswerShown:
        with self._states.reading() as state:
            return answer_shown(state, asked.asks, asked.values, found, seconds, language_of(request))


_NOTHING = Asked(None, _EXAMPLE, {}, False)


async def _values_of(request: Request) -> dict[str, str]:
    """Return what a form or an address gives; raises QueryError for what is too long or no UTF-8."""
    if request.method != "POST":
        return dict(request.query_params)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            raise QueryError("the query is too long", remedy=f"keep it under {_LONGEST_BODY:,} bytes")
    try:
        return dict(
            parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=100)
        )
    except ValueError as exc:
        raise QueryError("the form is not well-formed UTF-8", remedy="send the page's own form") from exc


def _asked(given: Mapping[str, str]) -> Asked:
    values = {
        name.removeprefix(_PREFIX): value.strip()
        for name, value in given.items()
        if name.startswith(_PREFIX) and value.strip()
    }
    runs = bool(given.get("run"))
    name = given.get("question", "")
    if name:
        if name not in questions():
            raise QueryError(
                f"there is no question {name!r} in the library", remedy="choose one from the list"
            )
        return Asked(find_question(name), "", values, runs)
    text = given.get("query", "")
    return Asked(None, text or _EXAMPLE, values, runs and bool(text.strip()))


async def _unless_gone(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """Return what the work gives; it is given up if whoever asked goes away meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait([task], timeout=_LOOKING))[0]:
            if await request.is_disconnected():
                raise ClientDisconnect
        return task.result()
    finally:
        task.cancel()


def _page(request: Request, asked: Asked, answer: AnswerShown | None, status: int = 200) -> Response:
    return render(
        request,
        "query.html",
        status=status,
        topics=_by_topic(),
        question=asked.question,
        sparql=asked.question.sparql if asked.question else "",
        text=asked.text,
        values=asked.values,
        choices=_choices(),
        **_beside(asked, answer),
    )


def _answer_html(request: Request, asked: Asked, answer: AnswerShown) -> str:
    return rendered(request, "answer.html", **_beside(asked, answer))


def _beside(asked: Asked, answer: AnswerShown | None) -> dict[str, Any]:
    downloads = _GRAPH_DOWNLOADS if answer is not None and answer.is_graph else _DOWNLOADS
    return {"answer": answer, "address": asked.address, "downloads": list(downloads.items())}


def _by_topic() -> list[tuple[Text, list[Question]]]:
    listed = list(questions().values())
    return [(title, [q for q in listed if q.topic == topic]) for topic, title in TOPICS.items()]


def _choices() -> dict[str, list[tuple[str, Text]]]:
    """Return what parameters of a closed type can be, by type."""
    return {
        "relation": [(name, relation.label) for name, relation in RELATIONS.items()],
        "kind": [(name, ontology_terms()[name].label) for name in ENTITY_TYPES],
    }


def _result(answer: Answer) -> QueryResult:
    return QueryResult(answer.columns, answer.rows)  # type: ignore[arg-type]


def _as_file(name: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Cache-Control": "no-cache"}
