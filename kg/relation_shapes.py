"""SHACL shapes that follow from the relation files: of classes, relations, statements and qualifiers.

Each carries in `sh:message` what must hold, in Chinese and in English, so that any SHACL engine says
in plain words what is wrong. Only SHACL Core is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, RdfFormat

from extract.language.relations import Qualifier, Relation, Text
from extract.records import ENTITY_TYPES
from kg.resolve import POST_RELATION
from kg.vocabulary import DATA, GOV, RDFS

POST_CLASS = "org:Post"
_POST_LABEL = Text("职务", "office")
_DATES = ("xsd:date", "xsd:gYearMonth", "xsd:gYear")
_DATATYPES = {"string": ("xsd:string",), "boolean": ("xsd:boolean",), "date": _DATES}
_DATATYPE_LABELS = {
    "string": Text("文字", "a text"),
    "boolean": Text("是或否", "yes or no"),
    "date": Text("日期（年、年月或年月日）", "a date: year, month or day"),
}
_A_DATE = _DATATYPE_LABELS["date"]


def shape_part(
    core: str, relations: Mapping[str, Relation], qualifiers: Mapping[str, tuple[Qualifier, list[str]]]
) -> str:
    """Return the Turtle of the shapes.

    `core` is the hand-written part of the ontology, which labels the classes; `qualifiers` gives those
    that relation files declare, with the relations that use each.
    """
    labels = _class_labels(core)
    blocks = ["# Shapes\n"]
    blocks += [_class_shape(kind, labels[kind]) for kind in ENTITY_TYPES]
    for relation in relations.values():
        blocks.append(_direct_shape(relation, labels))
        blocks.append(_stated_shape(relation, labels))
    blocks += [_qualifier_shape(name, *each, relations) for name, each in sorted(qualifiers.items())]
    blocks.append(_predicates_shape(relations))
    return "\n".join(blocks)


def direct_range(relation: Relation) -> tuple[str, ...]:
    """Return the classes a direct triple leads to: an office's is the post, not the institution or place."""
    return (POST_CLASS,) if relation.name == POST_RELATION else relation.range


def class_name(kind: str) -> str:
    """Return the class as it is written in Turtle."""
    return kind if ":" in kind else f"gov:{kind}"


def quoted(text: str) -> str:
    """Return the text as a Turtle string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _class_labels(core: str) -> dict[str, Text]:
    found: dict[str, dict[str, str]] = {}
    for triple in ox.parse(core.encode(), RdfFormat.TURTLE):
        if triple.predicate == RDFS.label and isinstance(triple.object, Literal):
            name = GOV.local_name(triple.subject.value) if isinstance(triple.subject, NamedNode) else None
            if name in ENTITY_TYPES:
                language = "en" if triple.object.language == "en" else "zh"
                found.setdefault(name, {})[language] = triple.object.value
    labels = {name: Text(each["zh"], each["en"]) for name, each in found.items()}
    return {**labels, POST_CLASS: _POST_LABEL, "Date": _A_DATE}


def _message(text: Text) -> str:
    return f"sh:message {quoted(text.zh)}@zh-Hans , {quoted(text.en)}@en"


def _either(kinds: Iterable[str], labels: Mapping[str, Text]) -> Text:
    found = [labels[kind] for kind in kinds]
    return Text("或".join(label.zh for label in found), " or ".join(label.en for label in found))


def _class_shape(kind: str, label: Text) -> str:
    address = Text(
        f"{label.zh}的 IRI 须以 {DATA}{kind.lower()}/ 开头。",
        f"The IRI of what is of type {label.en} must begin with {DATA}{kind.lower()}/.",
    )
    named = Text(
        f"{label.zh}须有名称，每种语言只有一个。",
        f"What is of type {label.en} must have a name, and only one in each language.",
    )
    single = Text(
        f"{label.zh}不能同时属于另一类。", f"What is of type {label.en} must not be of another type as well."
    )
    return (
        f"shape:{kind}\n    a sh:NodeShape ;\n    sh:targetClass gov:{kind} ;\n    sh:nodeKind sh:IRI ;\n"
        f'    sh:pattern "^{DATA}{kind.lower()}/." ;\n    {_message(address)} ;\n'
        "    sh:property\n"
        f"        [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ;\n"
        f"          {_message(named)} ] ,\n"
        f"        [ sh:path rdf:type ; sh:maxCount 1 ;\n          {_message(single)} ] .\n"
    )


def _ends(relation: Relation, kinds: tuple[str, ...], labels: Mapping[str, Text]) -> tuple[Text, Text]:
    """What is said of a subject and of an object of the wrong kind."""
    subject, obj = _either(relation.domain, labels), _either(kinds, labels)
    zh, en = relation.label.zh, relation.label.en
    return (
        Text(f"“{zh}”的主语须为{subject.zh}。", f"The subject of “{en}” must be of type {subject.en}."),
        Text(f"“{zh}”的宾语须为{obj.zh}。", f"The object of “{en}” must be of type {obj.en}.")
        if "Date" not in kinds
        else Text(f"“{zh}”的宾语须为{obj.zh}。", f"The object of “{en}” must be {obj.en}."),
    )


def _direct_shape(relation: Relation, labels: Mapping[str, Text]) -> str:
    """The shape of the direct triples between canonical entities."""
    subject_message, object_message = _ends(relation, direct_range(relation), labels)
    if "Date" in relation.range:
        value = "sh:nodeKind sh:Literal ; " + _one_of([f"sh:datatype {name}" for name in _DATES])
    else:
        classes = [f"sh:class {class_name(kind)}" for kind in direct_range(relation)]
        value = "sh:nodeKind sh:IRI ; " + _one_of(classes)
    subject = _one_of([f"sh:class gov:{kind}" for kind in relation.domain])
    return (
        f"shape:{relation.name}\n    a sh:NodeShape ;\n    sh:targetSubjectsOf gov:{relation.name} ;\n"
        f"    {subject} ;\n    {_message(subject_message)} ;\n"
        f"    sh:property [ sh:path gov:{relation.name} ; {value} ;\n        {_message(object_message)} ] .\n"
    )


def _stated_shape(relation: Relation, labels: Mapping[str, Text]) -> str:
    """The shape of the relation's statements, which are found from the relation backwards."""
    subject_message, object_message = _ends(relation, relation.range, labels)
    if "Date" in relation.range:
        value = "sh:path rdf:object ; " + _one_of([f"sh:datatype {name}" for name in _DATES])
    else:
        value = f"sh:path ( rdf:object gov:entityType ) ; sh:minCount 1 ; {_in(relation.range)}"
    whole = Text(
        f"“{relation.label.zh}”的陈述不合定义。",
        f"A statement of “{relation.label.en}” breaks its definition.",
    )
    return (
        f"shape:{relation.name}-stated\n    a sh:NodeShape ;\n    sh:targetNode gov:{relation.name} ;\n"
        f"    sh:property [ sh:path [ sh:inversePath rdf:predicate ] ;\n        {_message(whole)} ;\n"
        "        sh:node [ sh:property\n"
        f"            [ sh:path ( rdf:subject gov:entityType ) ; sh:minCount 1 ; {_in(relation.domain)} ;\n"
        f"              {_message(subject_message)} ] ,\n"
        f"            [ {value} ;\n              {_message(object_message)} ] ] ] .\n"
    )


def _qualifier_shape(
    name: str, qualifier: Qualifier, used_by: list[str], relations: Mapping[str, Relation]
) -> str:
    labels = [relations[each].label for each in used_by]
    kind = _DATATYPE_LABELS[qualifier.type]
    only = Text(
        f"限定“{qualifier.zh}”只用于{'、'.join(f'“{label.zh}”' for label in labels)}。",
        f"Only {' and '.join(f'“{label.en}”' for label in labels)} can be qualified by “{qualifier.en}”.",
    )
    typed = Text(f"“{qualifier.zh}”须为{kind.zh}。", f"“{qualifier.en}” must be {kind.en}.")
    value = _one_of([f"sh:datatype {each}" for each in _DATATYPES[qualifier.type]])
    return (
        f"shape:{name}-qualifier\n    a sh:NodeShape ;\n    sh:targetSubjectsOf gov:{name} ;\n"
        "    sh:property\n"
        f"        [ sh:path rdf:predicate ; {_in(used_by)} ;\n          {_message(only)} ] ,\n"
        f"        [ sh:path gov:{name} ; {value} ;\n          {_message(typed)} ] .\n"
    )


def _predicates_shape(relations: Mapping[str, Relation]) -> str:
    message = Text(
        "陈述须恰好用一个已定义的关系。", "A statement must have one relation, of those that are defined."
    )
    names = "\n            ".join(f"gov:{name}" for name in relations)
    return (
        "shape:StatedRelation\n    a sh:NodeShape ;\n    sh:targetSubjectsOf rdf:predicate ;\n"
        "    sh:property [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ;\n"
        f"        {_message(message)} ;\n"
        f"        sh:in (\n            {names}\n        ) ] .\n"
    )


def _in(names: Iterable[str]) -> str:
    return f"sh:in ( {' '.join(class_name(name) for name in names)} )"


def _one_of(constraints: list[str]) -> str:
    if len(constraints) == 1:
        return constraints[0]
    return f"sh:or ( {' '.join(f'[ {constraint} ]' for constraint in constraints)} )"
