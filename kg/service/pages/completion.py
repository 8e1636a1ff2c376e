"""What the editor completes: terms of the ontology and of the vocabularies in use, by any of their names."""

from __future__ import annotations

from functools import lru_cache

from kg.explorer.search_keys import search_keys
from kg.term_labels import ontology_terms, term_label
from kg.vocabulary import DCTERMS, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS

_BORROWED = (RDF, RDFS, SKOS, ORG, SCHEMA, PROV, OA, DCTERMS)


@lru_cache(maxsize=1)
def completion_terms() -> list[dict[str, object]]:
    """Return each term with its prefixed name, labels, English definition, and the keys of its reading."""
    own = [
        _term(f"gov:{term.name}", term.label.zh, term.label.en, term.definition.zh)
        for term in ontology_terms().values()
    ]
    borrowed = [
        _term(f"{namespace.prefix}:{name}", label.zh, label.en, "")
        for namespace in _BORROWED
        for name in namespace
        for label in (term_label(namespace[name]),)
    ]
    return own + borrowed


def _term(term: str, zh: str, en: str, definition: str) -> dict[str, object]:
    return {"term": term, "zh": zh, "en": en, "definition": definition, "keys": search_keys([zh])}
