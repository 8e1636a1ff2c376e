"""Pages of entities, posts and articles; every IRI of the dataset answers here, with HTML or with RDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from extract.records import ENTITY_TYPES
from kg import iris
from kg.entities.article import article_reading
from kg.entities.facts import Attestation, Fact, FactGroup, attestations, distinct_facts
from kg.entities.identity import identity_of, mention
from kg.entities.offices import office
from kg.entities.profile import Profile, successors_of
from kg.entities.quads import quads_about
from kg.entities.reading import ARTICLE, POST, Reading, type_of
from kg.questions import Question, questions
from kg.service.negotiation import choose
from kg.service.pages.addresses import iri_at, path_of
from kg.service.pages.rendering import render
from kg.service.pages.state import PageState, PageStates
from kg.service.pages.timeline import timeline
from kg.vocabulary import DATA, PREFIXES, PROV

HTML = "text/html"
FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "trig": ("application/trig", RdfFormat.TRIG),
    "nq": ("application/n-quads", RdfFormat.N_QUADS),
}
"""File ending to media type and syntax; the first is what a program without a wish gets."""

_WITH_GRAPHS = ("trig", "nq", "jsonld")
_KINDS = (*(kind.lower() for kind in ENTITY_TYPES), "post", "membership", "article", "decision", "ruling")
_SHOWN_FACTS = 5
_SHOWN_SENTENCES = 2
_MOST_SENTENCES = 30
_FACTS_A_PAGE = 40
_MOST_OFFICES = 40
_MOST_ROWS = 12
_MOST_HIDDEN_ROWS = 200
_MOST_MENTIONS = 12
_MOST_KEYS = 30
_MOST_TRIPLES = 500
_MOST_OF_OFFICE = 300


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact with the sentences that are shown, and how many statements are not."""

    fact: Fact
    attestations: tuple[Attestation, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of facts with those that are shown."""

    group: FactGroup
    shown: tuple[ShownFact, ...]


class EntityPages:
    """Answers for the IRIs of the dataset."""

    def __init__(self, states: PageStates) -> None:
        """Answer from the state published last."""
        self._states = states

    def routes(self) -> list[BaseRoute]:
        """Return a route for each kind of thing that IRIs name."""
        return [Route(f"/{kind}/{{key:path}}", self.answer) for kind in _KINDS]

    def answer(self, request: Request) -> Response:
        """Answer for the IRI of the address: page, RDF, or where it leads now."""
        iri = iri_at(request.scope.get("raw_path") or quote(request.url.path).encode())
        if iri is None:
            return PlainTextResponse("the address is not UTF-8\n", status_code=400)
        with self._states.reading() as state:
            reading = state.reading
            if not _is_described(reading, iri):
                return _moved_or_missing(request, reading, iri)
            form = request.query_params.get("format", "")
            if form not in FORMATS:
                offered = [HTML, *(media_type for media_type, _ in FORMATS.values())]
                wanted = choose(request.headers.get("accept", ""), offered)
                if wanted is None:
                    known = ", ".join(offered)
                    return PlainTextResponse(f"there is {known}\n", status_code=406)
                form = next((name for name, (media, _) in FORMATS.items() if media == wanted), "")
            return _as_rdf(reading, iri, form) if form else _as_page(request, state, iri)


def _is_described(reading: Reading, iri: str) -> bool:
    quads = reading.db.quads_for_pattern(NamedNode(iri), None, None, None)
    return any(quad.graph_name != iris.IDENTITY for quad in quads)


def _moved_or_missing(request: Request, reading: Reading, iri: str) -> Response:
    now = successors_of(reading, iri)
    query = f"?{request.url.query}" if request.url.query else ""
    if len(now) == 1:
        headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
        return RedirectResponse(path_of(now[0]) + query, status_code=301, headers=headers)
    if now:
        return render(request, "several.html", status=300, found=[reading.named(each) for each in now])
    return render(request, "missing.html", status=404)


def _as_rdf(reading: Reading, iri: str, form: str) -> Response:
    media_type, syntax = FORMATS[form]
    quads = quads_about(reading, iri)
    prefixes = {**PREFIXES, "data": DATA}
    if form in _WITH_GRAPHS:
        body = serialize(quads, format=syntax, prefixes=prefixes)
    else:
        triples = dict.fromkeys(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
        body = serialize(triples, format=syntax, prefixes=prefixes)
    name = iri.rsplit("/", 1)[-1][:80]
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}.{form}",
    }
    # programs expect UTF-8 of Turtle, JSON-LD and N-Triples, whose media types say so themselves
    return Response(body, headers={**headers, "Content-Type": media_type})


def _as_page(request: Request, state: PageState, iri: str) -> Response:
    kind = type_of(iri)
    if kind == ARTICLE:
        return _article_page(request, state.reading, iri)
    if kind in ENTITY_TYPES or kind == POST:
        return _entity_page(request, state, iri)
    if iri.startswith(f"{DATA}membership/"):
        return _office_page(request, state.reading, iri)
    return _plain_page(request, state.reading, iri)


def _alternates(iri: str) -> dict[str, str]:
    links = (
        f'<{iri_in_header(iri)}?format={name}>; rel="alternate"; type="{media}"'
        for name, (media, _) in FORMATS.items()
    )
    return {"Link": ", ".join(links)}


def iri_in_header(iri: str) -> str:
    """Return the path of an IRI as header fields have it: ASCII."""
    return quote(path_of(iri), safe="/%@,:()~")


def _entity_page(request: Request, state: PageState, iri: str) -> Response:
    reading = state.reading
    known = state.profile(iri)
    relation = request.query_params.get("relation", "")
    side = request.query_params.get("side", "subject")
    for group in known.groups:
        if group.relation == relation and group.is_inverse == (side == "object"):
            return _group_page(request, reading, known, group)
    offices = known.offices
    if request.query_params.get("offices") != "all" and len(offices) > _MOST_OFFICES:
        best = sorted(offices, key=lambda office: -office.statements)[:_MOST_OFFICES]
        offices = tuple(office for office in offices if office in best)
    identity = identity_of(reading, iri)
    return render(
        request,
        "entity.html",
        headers=_alternates(iri),
        iri=iri,
        profile=known,
        timeline=timeline(offices),
        offices_left=len(known.offices) - len(offices),
        groups=[_shown_group(reading, group) for group in known.groups],
        events=known.events,
        practices=known.practices,
        rows=_MOST_ROWS,
        most=_MOST_HIDDEN_ROWS,
        identity=identity,
        mentions=[
            (group, [mention(reading, local) for local in group.locals[:_MOST_MENTIONS]])
            for group in identity.keys[:_MOST_KEYS]
        ],
        questions=_questions_about(known.entity.type),
        formats=[(name, media) for name, (media, _) in FORMATS.items()],
    )


def _questions_about(kind: str) -> list[tuple[Question, str]]:
    """Return the library's questions that first ask for the name of an entity of the type, with what asks."""
    found = [(question, question.parameters[0]) for question in questions().values() if question.parameters]
    return [
        (question, parameter.name)
        for question, parameter in found
        if parameter.type == "label" and (kind in parameter.kinds or not parameter.kinds)
    ]


def _group_page(request: Request, reading: Reading, known: Profile, group: FactGroup) -> Response:
    page = page_number(request)
    start = (page - 1) * _FACTS_A_PAGE
    facts = group.facts[start : start + _FACTS_A_PAGE]
    return render(
        request,
        "facts.html",
        profile=known,
        group=group,
        shown=[_shown(reading, fact, _MOST_SENTENCES) for fact in facts],
        page=page,
        pages=-(-len(group.facts) // _FACTS_A_PAGE),
        numbered_from=start,
    )


def page_number(request: Request) -> int:
    """Return which page of a list is asked for, the first unless a sound number says otherwise."""
    text = request.query_params.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _shown_group(reading: Reading, group: FactGroup) -> ShownGroup:
    facts = group.facts[:_SHOWN_FACTS]
    return ShownGroup(group, tuple(_shown(reading, fact, _SHOWN_SENTENCES) for fact in facts))


def _shown(reading: Reading, fact: Fact, sentences: int) -> ShownFact:
    found = attestations(reading, fact, sentences)
    return ShownFact(fact, tuple(found), len(fact.stated) - len(found))


def _article_page(request: Request, reading: Reading, iri: str) -> Response:
    known = article_reading(reading, iri)
    return render(
        request,
        "article.html",
        headers=_alternates(iri),
        iri=iri,
        article=known,
        shown=[_shown(reading, fact, _MOST_SENTENCES) for fact in known.facts],
        formats=[(name, media) for name, (media, _) in FORMATS.items()],
    )


def _office_page(request: Request, reading: Reading, iri: str) -> Response:
    statements = [term.value for term in reading.objects(NamedNode(iri), PROV.wasDerivedFrom)]
    facts = distinct_facts(reading, statements)
    return render(
        request,
        "office.html",
        headers=_alternates(iri),
        iri=iri,
        office=office(reading, iri),
        sentences=[each for fact in facts for each in attestations(reading, fact, _MOST_OF_OFFICE)],
        formats=[(name, media) for name, (media, _) in FORMATS.items()],
    )


def _plain_page(request: Request, reading: Reading, iri: str) -> Response:
    """What has no page of its own making: its triples, each way."""
    node = NamedNode(iri)
    out = [q for q in reading.db.quads_for_pattern(node, None, None, None) if q.graph_name != node]
    back = list(reading.db.quads_for_pattern(None, None, node, None))
    return render(
        request,
        "plain.html",
        headers=_alternates(iri),
        iri=iri,
        kind=iri.removeprefix(DATA).partition("/")[0].capitalize(),
        said=_rows(reading, [(q.predicate, q.object) for q in out]),
        used=_rows(reading, [(q.predicate, q.subject) for q in back]),
        formats=[(name, media) for name, (media, _) in FORMATS.items()],
    )


def _rows(reading: Reading, pairs: Sequence[tuple[NamedNode, object]]) -> list[tuple[NamedNode, object]]:
    """Return predicates with labelled entities or texts, in order."""
    ordered = sorted(pairs, key=lambda pair: (pair[0].value, str(pair[1])))[:_MOST_TRIPLES]
    return [(p, reading.named(o.value) if isinstance(o, NamedNode) else o) for p, o in ordered]
