"""The ontology file: where it is, and the part of it that the relation files say.

`python -m kg.ontology` writes that part, relations and shapes, into ontology.ttl; with `--check` it
only compares, and exits 1 if the committed file differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from extract.language.relations import Qualifier, Relation, Text, read_relations
from kg.errors import OntologyError
from kg.relation_shapes import class_name, direct_range, quoted, shape_part
from kg.vocabulary import CORE_CLASSES, CORE_PROPERTIES

MARKER = "# ---- Written from extract/language/relations by `python -m kg.ontology`: do not edit below ----"

_FILE = "ontology.ttl"
_DEFINED_BY = "<https://w3id.org/governance-kg/ontology>"
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
    shapes = shape_part(core, relations, qualifiers_of(relations))
    return f"{core}\n\n{MARKER}\n\n{relation_part(relations)}\n{shapes}"


def relation_part(relations: Mapping[str, Relation]) -> str:
    """Return the Turtle of relations, inverses and qualifiers, by name."""
    blocks = ["# Relations\n"]
    blocks += [block for relation in relations.values() for block in _relation_blocks(relation)]
    blocks.append("# Qualifiers of statements\n")
    blocks += [_qualifier_block(name, *each) for name, each in sorted(qualifiers_of(relations).items())]
    return "\n".join(blocks)


def _relation_blocks(relation: Relation) -> Iterator[str]:
    dated = "Date" in relation.range
    kinds = ["owl:DatatypeProperty" if dated else "owl:ObjectProperty"]
    if relation.symmetric:
        kinds.append("owl:SymmetricProperty")
    domain, range_ = _class_expression(relation.domain), _class_expression(direct_range(relation))
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
        f"rdfs:label {quoted(label.zh)}@zh-Hans , {quoted(label.en)}@en",
        f"skos:definition\n        {quoted(definition.zh)}@zh-Hans ,\n        {quoted(definition.en)}@en",
        f"rdfs:isDefinedBy {_DEFINED_BY}",
    ]
    return f"gov:{name}\n    " + " ;\n    ".join(body) + " .\n"


def _class_expression(kinds: Iterable[str]) -> str:
    names = [class_name(kind) for kind in kinds]
    return names[0] if len(names) == 1 else f"[ a owl:Class ; owl:unionOf ( {' '.join(names)} ) ]"


def qualifiers_of(relations: Mapping[str, Relation]) -> dict[str, tuple[Qualifier, list[str]]]:
    """Return every qualifier that is not in the core vocabulary, with the relations that use it."""
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
