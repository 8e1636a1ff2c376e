"""What the terms of the ontology are called and mean, as its file says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, RdfFormat

from extract.language.relations import Text
from kg.ontology import find_ontology
from kg.vocabulary import GOV, PREFIXES, RDFS

_BORROWED = {
    "subject": Text("主语", "subject"),
    "predicate": Text("关系", "relation"),
    "object": Text("宾语", "object"),
    "label": Text("名称", "name"),
    "type": Text("类型", "type"),
    "notation": Text("代码", "code"),
    "containedInPlace": Text("上级地方", "contained in"),
    "wasDerivedFrom": Text("依据", "derived from"),
    "issued": Text("日期", "date"),
    "identifier": Text("编号", "identifier"),
    "exact": Text("引文", "quotation"),
    "prefix": Text("前文", "what stands before"),
    "suffix": Text("后文", "what stands after"),
    "postIn": Text("所在机构", "post in"),
    "member": Text("成员", "member"),
    "organization": Text("机构", "organisation"),
    "broader": Text("上位做法", "broader"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology: what it is called, and what it means."""

    name: str
    label: Text
    definition: Text


@lru_cache(maxsize=1)
def ontology_terms() -> dict[str, Term]:
    """Return the ontology's own terms by name, in the order of its file."""
    found: dict[str, dict[str, str]] = {}
    languages = {"zh-hans": "zh", "en": "en"}
    definition = NamedNode(PREFIXES["skos"] + "definition")
    for triple in ox.parse(find_ontology().read_bytes(), RdfFormat.TURTLE):
        name = GOV.local_name(triple.subject.value) if isinstance(triple.subject, NamedNode) else None
        value = triple.object
        if name is None or not isinstance(value, Literal) or value.language not in languages:
            continue
        if triple.predicate in (RDFS.label, definition):
            said = "label" if triple.predicate == RDFS.label else "definition"
            found.setdefault(name, {})[f"{said}.{languages[value.language]}"] = value.value
    return {
        name: Term(
            name,
            Text(said["label.zh"], said["label.en"]),
            Text(said["definition.zh"], said["definition.en"]),
        )
        for name, said in found.items()
    }


def term_label(term: NamedNode) -> Text:
    """Return what a term of any vocabulary in use is called; without a label, by its name."""
    name = GOV.local_name(term.value)
    known = ontology_terms().get(name) if name is not None else None
    if known is not None:
        return known.label
    plain = term.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return _BORROWED.get(plain, Text(plain, plain))
