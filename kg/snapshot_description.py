"""What a snapshot says of itself: VoID and DCAT as Turtle, and the text to cite it by."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.quad_lines import QuadLine, iri_of, text_of
from kg.store_folder import tool_version
from kg.terms import day_literal
from kg.vocabulary import DATA, DCTERMS, GOV, ONTOLOGY, PREFIXES, RDF, XSD

SOFTWARE = "https://w3id.org/governance-kg"

_DIGEST_LENGTH = 12
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_SPDX = "http://spdx.org/rdf/terms#"
_DCT = "http://purl.org/dc/terms/"


@dataclass(frozen=True, slots=True)
class About:
    """What the publisher says: title, by whom, licence (an IRI), day of issue (ISO); "" if not given."""

    title: str = "Knowledge graph of Chinese local governance"
    creator: str = ""
    licence: str = ""
    issued: str = ""


@dataclass(slots=True)
class Contents:
    """What a dataset holds, counted line by line."""

    quads: int = 0
    triples: int = 0
    articles: int = 0
    facts: int = 0
    first_day: str = ""
    last_day: str = ""
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)

    def count(self, line: QuadLine) -> None:
        """Count a quad in."""
        self.quads += 1
        self.properties[line.predicate] += 1
        if not line.graph:
            self.triples += 1
            if line.predicate == RDF.type.value:
                self.classes[iri_of(line.object)] += 1
        elif line.predicate == RDF.predicate.value:
            self.facts += 1
        elif line.subject == line.graph:
            self._count_article(line)

    def _count_article(self, line: QuadLine) -> None:
        if line.predicate == GOV.recordDigest.value:
            self.articles += 1
        elif line.predicate == GOV.earliest.value:
            self.first_day = min(filter(None, (self.first_day, text_of(line.object))))
        elif line.predicate == GOV.latest.value:
            self.last_day = max(self.last_day, text_of(line.object))


def citation(about: About, contents: Contents, sha256: str) -> str:
    """Return one paragraph that names the snapshot so that it can be found and checked."""
    when = f" ({about.issued[:4]})" if about.issued else ""
    by = f"{about.creator}{when}. " if about.creator else f"{when.strip()} " if when else ""
    span = f", {contents.first_day} to {contents.last_day}" if contents.first_day else ""
    issued = f" Issued {about.issued}." if about.issued else ""
    return (
        f"{by}{about.title}. Snapshot {sha256[:_DIGEST_LENGTH]}: {contents.facts:,} facts from"
        f" {contents.articles:,} articles{span}.{issued} Made with governance-kg {tool_version()}"
        f" ({SOFTWARE}). SHA-256 of dataset.nq: {sha256}."
    )


def description(about: About, contents: Contents, sha256: str, size: int) -> bytes:
    """Return the description of the dataset and of its file of that digest and size, as Turtle."""
    out = io.BytesIO()
    prefixes = {**PREFIXES, "void": _VOID, "dcat": _DCAT, "spdx": _SPDX}
    triples = sorted(_triples(about, contents, sha256, size), key=str)
    serialize(triples, out, RdfFormat.TURTLE, prefixes=prefixes)
    return out.getvalue()


def _triples(about: About, contents: Contents, sha256: str, size: int) -> Iterator[Triple]:
    base = f"{DATA}snapshot/{sha256[:_DIGEST_LENGTH]}"
    dataset, file = NamedNode(base), NamedNode(f"{base}/dataset.nq")
    yield Triple(dataset, RDF.type, NamedNode(_VOID + "Dataset"))
    yield Triple(dataset, RDF.type, NamedNode(_DCAT + "Dataset"))
    yield Triple(dataset, DCTERMS.identifier, Literal(sha256))
    yield Triple(dataset, DCTERMS.title, Literal(about.title, language="en"))
    yield Triple(dataset, DCTERMS["language"], Literal("zh"))
    if about.creator:
        yield Triple(dataset, NamedNode(_DCT + "creator"), Literal(about.creator))
    if about.licence:
        yield Triple(dataset, NamedNode(_DCT + "license"), NamedNode(about.licence))
    if about.issued:
        yield Triple(dataset, DCTERMS.issued, day_literal(about.issued))
    yield from _temporal(dataset, contents)
    yield Triple(dataset, NamedNode(_VOID + "vocabulary"), NamedNode(ONTOLOGY))
    yield Triple(dataset, NamedNode(_VOID + "uriSpace"), Literal(DATA))
    yield Triple(dataset, NamedNode(_VOID + "triples"), _integer(contents.quads))
    yield Triple(dataset, NamedNode(_VOID + "documents"), _integer(contents.articles))
    yield Triple(dataset, NamedNode(_VOID + "dataDump"), file)
    yield Triple(dataset, NamedNode(_DCAT + "distribution"), file)
    yield from _file(file, sha256, size)
    yield from _partitions(dataset, contents)


def _temporal(dataset: NamedNode, contents: Contents) -> Iterator[Triple]:
    if contents.first_day:
        period = NamedNode(f"{dataset.value}#period")
        yield Triple(dataset, NamedNode(_DCT + "temporal"), period)
        yield Triple(period, RDF.type, NamedNode(_DCT + "PeriodOfTime"))
        yield Triple(period, NamedNode(_DCAT + "startDate"), day_literal(contents.first_day))
        yield Triple(period, NamedNode(_DCAT + "endDate"), day_literal(contents.last_day))


def _file(file: NamedNode, sha256: str, size: int) -> Iterator[Triple]:
    checksum = NamedNode(f"{file.value}#sha256")
    yield Triple(file, RDF.type, NamedNode(_DCAT + "Distribution"))
    yield Triple(file, DCTERMS.title, Literal("dataset.nq"))
    yield Triple(
        file,
        NamedNode(_DCAT + "mediaType"),
        NamedNode("https://www.iana.org/assignments/media-types/application/n-quads"),
    )
    yield Triple(file, NamedNode(_DCAT + "byteSize"), _integer(size))
    yield Triple(file, NamedNode(_SPDX + "checksum"), checksum)
    yield Triple(checksum, RDF.type, NamedNode(_SPDX + "Checksum"))
    yield Triple(checksum, NamedNode(_SPDX + "algorithm"), NamedNode(_SPDX + "checksumAlgorithm_sha256"))
    yield Triple(checksum, NamedNode(_SPDX + "checksumValue"), Literal(sha256, datatype=XSD.hexBinary))


def _partitions(dataset: NamedNode, contents: Contents) -> Iterator[Triple]:
    for kind, counted, term, number in (
        ("classPartition", contents.classes, "class", "entities"),
        ("propertyPartition", contents.properties, "property", "triples"),
    ):
        for order, iri in enumerate(sorted(counted)):
            part = NamedNode(f"{dataset.value}#{term}-{order}")
            yield Triple(dataset, NamedNode(_VOID + kind), part)
            yield Triple(part, NamedNode(_VOID + term), NamedNode(iri))
            yield Triple(part, NamedNode(_VOID + number), _integer(counted[iri]))


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
