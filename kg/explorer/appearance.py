"""How the page shows each entity type: its names, its shape, the lines of its label.

Colours and radii are those of every export (kg.appearance); shapes differ as well, so that a
black-and-white print can still be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import GovkgError
from extract.records import ENTITY_TYPES


@dataclass(frozen=True, slots=True)
class TypeLook:
    """The zh and en name of a type, its vis-network shape, and what makes shapes look equally large."""

    zh: str
    en: str
    shape: str
    enlarged: float


TYPE_LOOKS: dict[str, TypeLook] = {
    "Person": TypeLook("人物", "Person", "dot", 1.3),
    "Institution": TypeLook("机构", "Institution", "square", 1.2),
    "Place": TypeLook("地方", "Place", "triangle", 1.5),
    "Event": TypeLook("活动", "Event", "diamond", 1.5),
    "Practice": TypeLook("治理做法", "Practice", "star", 1.8),
    "Document": TypeLook("文件", "Document", "hexagon", 1.35),
    "Honour": TypeLook("荣誉", "Honour", "triangleDown", 1.5),
}

_LINE = 9  # characters of a label on one line of the canvas
_ELLIPSIS = "…"
_BREAK_AFTER = frozenset("年月日省市县区与和及、，·）》”")
_BREAK_BEFORE = frozenset("“《（")


def look_of(node: object, type_: object) -> TypeLook:
    """Return how the type of a node looks; raises GovkgError for a type we do not draw."""
    look = TYPE_LOOKS.get(str(type_))
    if look is None:
        raise GovkgError(
            f"the type {type_!r} cannot be drawn",
            entry=str(node),
            remedy=f"give the node one of the types {', '.join(ENTITY_TYPES)}",
        )
    return look


def canvas_label(label: str) -> str:
    """Return the label as the canvas shows it: at most two lines, the rest behind an ellipsis."""
    text = " ".join(label.split())
    if len(text) <= _LINE:
        return text
    if len(text) > 2 * _LINE:
        text = text[: 2 * _LINE - 1] + _ELLIPSIS
    at = min(range(2, len(text) - 1), key=lambda place: _awkwardness(text, place))
    return f"{text[:at].rstrip()}\n{text[at:].lstrip()}"


def _awkwardness(text: str, place: int) -> float:
    """Return how badly the text breaks at a place: far from its middle, or inside a word."""
    natural = (
        text[place - 1] in _BREAK_AFTER or text[place] in _BREAK_BEFORE or " " in text[place - 1 : place + 1]
    )
    forbidden = text[place] in _BREAK_AFTER - _BREAK_BEFORE and not text[place].isalnum()
    return abs(place - len(text) / 2) + (0.0 if natural else 3.0) + (9.0 if forbidden else 0.0)
