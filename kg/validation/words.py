"""What breaks a shape, in plain words: what must hold, what was found, in which article and sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from extract.language.relations import Text
from kg.labels import CHINESE
from kg.term_labels import term_label
from kg.validation.checking import Violation
from kg.validation.shapes import Value
from kg.vocabulary import DCTERMS, GOV, OA, ORG, PROV, RDF, RDFS, RELATIONS

LANGUAGES = ("zh", "en")

_SHAPES = "https://w3id.org/governance-kg/shapes#"
_MISSING = Text("缺少该项", "it is missing")
_SURPLUS = Text("多于一个", "there is more than one")
_COLON = Text("：", ": ")


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation as a reader is told of it.

    `found` is empty where what it is about is itself of the wrong kind;
    `article` is an article's id and `sentence` what it says, both empty where none is behind the
    violation; `node` is the IRI of what breaks the shape and `shape` the shape's name.
    """

    message: str
    about: str
    found: str
    article: str
    sentence: str
    node: str
    shape: str


def findings(db: ox.Store, broken: Iterable[Violation], language: str = "en") -> Iterator[Finding]:
    """Yield the violations of a dataset in plain words, in Chinese (`zh`) or English (`en`)."""
    teller = _Teller(db, language)
    return (teller.finding(violation) for violation in broken)


class _Teller:
    def __init__(self, db: ox.Store, language: str) -> None:
        self._db = db
        self._language = language

    def finding(self, violation: Violation) -> Finding:
        article, sentence = self._place(violation)
        return Finding(
            message=self._say(violation.message),
            about=self._name(violation.focus),
            found=self._found(violation),
            article=article,
            sentence=sentence,
            node=violation.focus.value,
            shape=violation.shape.removeprefix(_SHAPES),
        )

    def _say(self, text: Text) -> str:
        return text.zh if self._language == "zh" else text.en

    def _found(self, violation: Violation) -> str:
        path = f"{self._term(violation.path)}{self._say(_COLON)}" if violation.path is not None else ""
        if violation.value is None:
            lacks = violation.component in ("minCount", "hasValue")
            return path + self._say(_MISSING if lacks else _SURPLUS)
        return path + self._name(violation.value) if violation.value != violation.focus else ""

    # Names of things.

    def _name(self, node: Value) -> str:
        if isinstance(node, Literal):
            return f"“{node.value}”"
        assert isinstance(node, NamedNode)
        if GOV.local_name(node.value) is not None:
            return self._term(node)
        if self._one(node, RDF.predicate) is not None:
            return self._statement_name(node)
        label = self._label(node)
        kind = self._kind(node)
        return f"{label} ({kind})" if kind else label

    def _statement_name(self, node: NamedNode) -> str:
        ends = []
        for predicate in (RDF.subject, RDF.predicate, RDF.object):
            value = self._one(node, predicate)
            ends.append("?" if value is None else self._name(value))
        return " ".join(ends)

    def _label(self, node: NamedNode) -> str:
        canonical = self._one(node, GOV.refersTo)
        for each in (node, canonical):
            if isinstance(each, NamedNode):
                labels = [v for v in self._values(each, RDFS.label) if isinstance(v, Literal)]
                if labels:
                    return min(labels, key=lambda v: ((v.language or "") != CHINESE.lower(), v.value)).value
        for predicate in (OA.exact, DCTERMS.title, DCTERMS.identifier):
            value = self._one(node, predicate)
            if value is not None:
                return f"“{value.value}”"
        return node.value

    def _kind(self, node: NamedNode) -> str:
        kind = self._one(node, GOV.entityType)
        for each in [kind] if kind is not None else self._values(node, RDF.type):
            if isinstance(each, NamedNode) and GOV.local_name(each.value):
                return self._term(each)
        return ""

    def _term(self, term: NamedNode) -> str:
        """Return what a term of a vocabulary is called, a relation in quotation marks."""
        label = self._say(term_label(term))
        return f"“{label}”" if GOV.local_name(term.value) in RELATIONS else label

    # Article and sentence.

    def _place(self, violation: Violation) -> tuple[str, str]:
        """Return the article's id and the sentence that are behind a violation."""
        assert isinstance(violation.focus, NamedNode)
        evidence = next(self._evidence(violation.focus, violation.path), None)
        article = violation.focus if evidence is None else evidence
        return self._article(article), "" if evidence is None else self._sentence(evidence)

    def _evidence(self, node: NamedNode, path: NamedNode | None) -> Iterator[NamedNode]:
        """Yield the spans of text behind a node, those that state the relation at the path first."""
        if self._one(node, OA.exact) is not None:
            yield node
            return
        statements = dict.fromkeys(self._statements(node))
        for statement in sorted(
            statements, key=lambda each: (self._one(each, RDF.predicate) != path, each.value)
        ):
            for span in self._values(statement, GOV.evidence):
                if isinstance(span, NamedNode):
                    yield span

    def _statements(self, node: NamedNode) -> Iterator[NamedNode]:
        if self._one(node, RDF.predicate) is not None:
            yield node
        elif self._has_type(node, ORG.Membership):
            yield from self._nodes(node, PROV.wasDerivedFrom)
        elif self._has_type(node, ORG.Post):
            for spell in self._pointing(GOV.post, node):
                yield from self._nodes(spell, PROV.wasDerivedFrom)
        else:
            for local in (node, *self._pointing(GOV.refersTo, node)):
                yield from self._pointing(RDF.subject, local)
                yield from self._pointing(RDF.object, local)

    def _sentence(self, span: NamedNode) -> str:
        parts = (self._one(span, term) for term in (OA["prefix"], OA.exact, OA.suffix))
        return "".join(part.value for part in parts if part is not None)

    def _article(self, node: NamedNode) -> str:
        iri = node.value.split("#", 1)[0]
        identifier = self._one(NamedNode(iri), DCTERMS.identifier)
        if identifier is not None:
            return identifier.value
        locals_ = sorted(self._pointing(GOV.refersTo, node), key=str)
        return self._article(locals_[0]) if locals_ else ""

    # Lookups.

    def _values(self, node: NamedNode, predicate: NamedNode) -> list[Value]:
        found: list[Value] = []
        for quad in self._db.quads_for_pattern(node, predicate, None, None):
            assert isinstance(quad.object, (NamedNode, Literal, ox.BlankNode))
            found.append(quad.object)
        return sorted(found, key=str)

    def _one(self, node: NamedNode, predicate: NamedNode) -> Value | None:
        return next(iter(self._values(node, predicate)), None)

    def _nodes(self, node: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
        return (value for value in self._values(node, predicate) if isinstance(value, NamedNode))

    def _pointing(self, predicate: NamedNode, node: NamedNode) -> Iterator[NamedNode]:
        for quad in self._db.quads_for_pattern(None, predicate, node, None):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def _has_type(self, node: NamedNode, kind: NamedNode) -> bool:
        return any(True for _ in self._db.quads_for_pattern(node, RDF.type, kind, None))
