"""The ontology file: where it is, and the part of it that the relation files say.

`python -m kg.ontology` writes that part, relations and shapes, into ontology.ttl; with `--check` it
only compares, and exits 1 if the committed file differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from extract.language.relations import Qualifier, Relation, Text, read_relations
from extract.records import ENTITY_TYPES
from kg.errors import OntologyError
from kg.resolve import POST_RELATION
from kg.vocabulary import CORE_CLASSES, CORE_PROPERTIES

MARKER = "# ---- Written from extract/language/relations by `python -m kg.ontology`: do not edit below ----"

_FILE = "ontology.ttl"
_DEFINED_BY = "<https://w3id.org/governance-kg/ontology>"
_POST = "org:Post"
_QUALIFIES_ALL = ("modality",)
_RANGES = {"string": "xsd:string", "boolean": "xsd:boolean"}


def find_ontology(package: Path = Path(__file__).parent) -> Path:
    """Return where ontology.ttl is: in the installed package, or else in the repository's root.

    Raises OntologyError if it is in neither.
    """
    for folder in (package, package.parent):
        if (folder / _FILE).is_file():
            return folder / _FILE
    raise OntologyError(
        f"{_FILE} is neither in the package nor beside it",
        file=str(package / _FILE),
        remedy="install governance-kg again, or run it from a whole checkout",
    )


def with_relations(text: str, relations: Mapping[str, Relation]) -> str:
    """Return the ontology's text with the relation part written anew.

    Raises OntologyError if relation files contradict each other or the core vocabulary.
    """
    _check(relations)
    core = text.split(MARKER, 1)[0].rstrip("\n")
    return f"{core}\n\n{MARKER}\n\n{relation_part(relations)}"


def relation_part(relations: Mapping[str, Relation]) -> str:
    """Return the Turtle of relations, inverses, qualifiers and shapes, by name."""
    blocks = ["# Relations\n"]
    blocks += [block for relation in relations.values() for block in _relation_blocks(relation)]
    blocks.append("# Qualifiers of statements\n")
    blocks += [_qualifier_block(name, *each) for name, each in sorted(_qualifiers(relations).items())]
    blocks.append("# Shapes\n")
    blocks += [_class_shape(kind) for kind in ENTITY_TYPES]
    blocks += [_relation_shape(relation) for relation in relations.values()]
    blocks.append(_predicates_shape(relations))
    return "\n".join(blocks)


def _relation_blocks(relation: Relation) -> Iterator[str]:
    dated = "Date" in relation.range
    kinds = ["owl:DatatypeProperty" if dated else "owl:ObjectProperty"]
    if relation.symmetric:
        kinds.append("owl:SymmetricProperty")
    domain, range_ = _class_expression(relation.domain), _class_expression(_range(relation))
    lines = [f"rdfs:domain {domain}", f"rdfs:range {'rdfs:Literal' if dated else range_}"]
    if relation.inverse is not None:
        lines.append(f"owl:inverseOf gov:{relation.inverse.name}")
    yield _term(relation.name, " , ".join(kinds), relation.label, relation.definition, lines)
    if relation.inverse is not None:
        label = Text(relation.inverse.zh, relation.inverse.en)
        definition = Text(
            f"“{relation.label.zh}”的逆关系。", f"The inverse of “{relation.label.en}”; declared, not stored."
        )
        lines = [f"rdfs:domain {range_}", f"rdfs:range {domain}"]
        yield _term(relation.inverse.name, "owl:ObjectProperty", label, definition, lines)


def _qualifier_block(name: str, qualifier: Qualifier, used_by: list[str]) -> str:
    definition = Text(
        f"陈述的限定：{qualifier.zh}（{'、'.join(used_by)}）。",
        f"Qualifies a statement: {qualifier.en} (of {', '.join(used_by)}).",
    )
    lines = [f"rdfs:range {_RANGES[qualifier.type]}"] if qualifier.type in _RANGES else []
    return _term(name, "owl:DatatypeProperty", Text(qualifier.zh, qualifier.en), definition, lines)


def _term(name: str, kinds: str, label: Text, definition: Text, lines: Iterable[str]) -> str:
    body = [
        f"a {kinds}",
        *lines,
        f"rdfs:label {_quoted(label.zh)}@zh-Hans , {_quoted(label.en)}@en",
        f"skos:definition\n        {_quoted(definition.zh)}@zh-Hans ,\n        {_quoted(definition.en)}@en",
        f"rdfs:isDefinedBy {_DEFINED_BY}",
    ]
    return f"gov:{name}\n    " + " ;\n    ".join(body) + " .\n"


def _range(relation: Relation) -> tuple[str, ...]:
    """The classes a direct triple leads to: an office's is the post, not the institution or place."""
    return (_POST,) if relation.name == POST_RELATION else relation.range


def _class_expression(kinds: Iterable[str]) -> str:
    names = [_class(kind) for kind in kinds]
    return names[0] if len(names) == 1 else f"[ a owl:Class ; owl:unionOf ( {' '.join(names)} ) ]"


def _class(kind: str) -> str:
    return kind if ":" in kind else f"gov:{kind}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _class_shape(kind: str) -> str:
    return (
        f"shape:{kind}\n    a sh:NodeShape ;\n    sh:targetClass gov:{kind} ;\n    sh:nodeKind sh:IRI ;\n"
        "    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ] .\n"
    )


def _relation_shape(relation: Relation) -> str:
    if "Date" in relation.range:
        value = "sh:nodeKind sh:Literal ; " + _one_of(
            [f"sh:datatype xsd:{name}" for name in ("date", "gYearMonth", "gYear")]
        )
    else:
        value = "sh:nodeKind sh:IRI ; " + _one_of([f"sh:class {_class(kind)}" for kind in _range(relation)])
    subject = _one_of([f"sh:class gov:{kind}" for kind in relation.domain])
    return (
        f"shape:{relation.name}\n    a sh:NodeShape ;\n    sh:targetSubjectsOf gov:{relation.name} ;\n"
        f"    {subject} ;\n    sh:property [ sh:path gov:{relation.name} ; {value} ] .\n"
    )


def _one_of(constraints: list[str]) -> str:
    if len(constraints) == 1:
        return constraints[0]
    return f"sh:or ( {' '.join(f'[ {constraint} ]' for constraint in constraints)} )"


def _predicates_shape(relations: Mapping[str, Relation]) -> str:
    names = "\n            ".join(f"gov:{name}" for name in relations)
    return (
        "shape:StatedRelation\n    a sh:NodeShape ;\n    sh:targetSubjectsOf rdf:predicate ;\n"
        "    sh:property [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ;\n"
        f"        sh:in (\n            {names}\n        ) ] .\n"
    )


def _qualifiers(relations: Mapping[str, Relation]) -> dict[str, tuple[Qualifier, list[str]]]:
    """Every qualifier that is not in the core vocabulary, with the relations that use it."""
    found: dict[str, tuple[Qualifier, list[str]]] = {}
    for relation in relations.values():
        for name, qualifier in relation.qualifiers.items():
            if name in _QUALIFIES_ALL:
                continue
            found.setdefault(name, (qualifier, []))[1].append(relation.name)
    return found


def _check(relations: Mapping[str, Relation]) -> None:
    taken = {*CORE_CLASSES, *CORE_PROPERTIES}
    for relation in relations.values():
        for name in _names(relation):
            if name in taken:
                raise _taken(name, relation)
            taken.add(name)
    types: dict[str, str] = {}
    for relation in relations.values():
        for name, qualifier in relation.qualifiers.items():
            if name in taken and name not in _QUALIFIES_ALL:
                raise _taken(name, relation)
            if types.setdefault(name, qualifier.type) != qualifier.type:
                raise OntologyError(
                    f"the qualifier {name!r} is {qualifier.type} here and {types[name]} elsewhere",
                    file=f"{relation.name}.toml",
                    remedy="give it the same type, or another name",
                )


def _names(relation: Relation) -> list[str]:
    return [relation.name] + ([relation.inverse.name] if relation.inverse is not None else [])


def _taken(name: str, relation: Relation) -> OntologyError:
    return OntologyError(
        f"the name {name!r} is taken",
        file=f"{relation.name}.toml",
        remedy="choose a name that no class, property or relation has",
    )


def main(arguments: list[str]) -> int:
    """Write the relation part, or with --check compare it; return the exit status."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m kg.ontology [--check]", file=sys.stderr)
        return 2
    try:
        path = find_ontology()
        text = path.read_text(encoding="utf-8")
        wanted = with_relations(text, read_relations())
    except OntologyError as error:
        print(error, file=sys.stderr)
        return 1
    if text == wanted:
        return 0
    if arguments:
        print(
            f"{path}: differs from the relation files; run `python -m kg.ontology` and commit it",
            file=sys.stderr,
        )
        return 1
    path.write_text(wanted, encoding="utf-8")
    print(f"wrote {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
