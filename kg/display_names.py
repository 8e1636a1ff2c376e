"""How a person would call what has an IRI: by its label, an article by its title or id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from kg.answering import Answering
from kg.term_labels import ontology_terms
from kg.vocabulary import GOV, PREFIXES

_AT_ONCE = 200
# What is best is asked first; only articles have the others, in their own graphs.
_NAMED = (
    "?node rdfs:label ?name",
    "GRAPH ?node { ?node dcterms:title ?name }",
    "GRAPH ?node { ?node dcterms:identifier ?name }",
)


def display_names(asked: Answering, nodes: Iterable[NamedNode], language: str = "zh") -> dict[NamedNode, str]:
    """Return for each node its name, or its IRI shortened by a prefix; terms of the ontology are called as in
    the language, "zh" or "en"."""
    wanted = list(dict.fromkeys(nodes))
    found = {node: name for node in wanted if (name := _of_term(node, language)) is not None}
    for pattern in _NAMED:
        missing = [node for node in wanted if node not in found]
        for batch in _batches(missing):
            found.update(_asked_for(asked, pattern, batch))
    return {node: found.get(node) or _shortened(node.value) for node in wanted}


def _of_term(node: NamedNode, language: str) -> str | None:
    name = GOV.local_name(node.value)
    if name is None:
        return None
    term = ontology_terms().get(name)
    return str(getattr(term.label, language)) if term is not None else f"gov:{name}"


def _asked_for(asked: Answering, pattern: str, batch: Sequence[NamedNode]) -> dict[NamedNode, str]:
    """Return the names there are, the Chinese one before that in pinyin, the first of several."""
    names: dict[NamedNode, list[Literal]] = {}
    nodes = " ".join(map(str, batch))
    for row in asked.select(f"SELECT ?node ?name WHERE {{ VALUES ?node {{ {nodes} }} {pattern} }}"):
        node, name = row["node"], row["name"]
        if isinstance(node, NamedNode) and isinstance(name, Literal):
            names.setdefault(node, []).append(name)
    return {node: min(literals, key=_preference).value for node, literals in names.items()}


def _preference(name: Literal) -> tuple[bool, str]:
    return "pinyin" in (name.language or ""), name.value


def _batches(nodes: Sequence[NamedNode]) -> Iterator[Sequence[NamedNode]]:
    for start in range(0, len(nodes), _AT_ONCE):
        yield nodes[start : start + _AT_ONCE]


def _shortened(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
