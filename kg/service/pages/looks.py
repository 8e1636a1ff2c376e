"""How the pages draw things: the sign of each type as an SVG outline, in the colours of every export."""

from __future__ import annotations

import math
from dataclasses import dataclass

from extract.language.relations import Text
from extract.records import ENTITY_TYPES
from kg.appearance import colour
from kg.explorer.appearance import TYPE_LOOKS
from kg.service.pages.words import TYPES

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """A type as pages show it: its name, its colour, the corners of its shape; a dot has none."""

    name: Text
    colour: str
    corners: str


def _round(sides: int, *, turned: float = 0.0, inner: float | None = None) -> list[_Point]:
    """Return the corners of a regular shape; with `inner`, of a star with that smaller radius."""
    steps = sides if inner is None else 2 * sides
    return [
        (reach * math.sin(angle), -reach * math.cos(angle))
        for step in range(steps)
        for angle in (turned + 2 * math.pi * step / steps,)
        for reach in (1.0 if inner is None or step % 2 == 0 else inner,)
    ]


_SHAPES: dict[str, list[_Point]] = {
    "dot": [],
    "square": [(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)],
    "triangle": _round(3),
    "triangleDown": _round(3, turned=math.pi),
    "diamond": _round(4),
    "star": _round(5, inner=0.42),
    "hexagon": _round(6, turned=math.pi / 6),
}


def _sign(name: Text, colour_: str, shape: str) -> Sign:
    corners = " ".join(f"{x * 7:.1f},{y * 7:.1f}" for x, y in _SHAPES[shape])
    return Sign(name, colour_, corners)


SIGNS = {
    **{
        kind: _sign(Text(TYPE_LOOKS[kind].zh, TYPE_LOOKS[kind].en), colour(kind), TYPE_LOOKS[kind].shape)
        for kind in ENTITY_TYPES
    },
    **{kind: _sign(name, "#8c8c8c", "square") for kind, name in TYPES.items()},
}
"""The sign of each type that has pages."""


def shape(look: Sign) -> str:
    """Return the shape of a sign as SVG, to be drawn around the middle of 16 by 16."""
    if look.corners:
        return f'<polygon points="{look.corners}" fill="{look.colour}"/>'
    return f'<circle r="6.4" fill="{look.colour}"/>'


def drawing(look: Sign) -> str:
    """Return a sign as an SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 16 16">{shape(look)}</svg>'
