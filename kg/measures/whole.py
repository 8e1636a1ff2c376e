"""The measures of a whole network: size, density, components, how ties are spread.

- density: ties as a share of all that could be; of arcs, where not all are mutual; in a two-mode
  network, whose arcs all lead from nodes of one kind to nodes of the other, of what could be between
  the two kinds;
- transitivity: the share of ways of two ties that a third closes (0 in two-mode networks);
- centralization: how far the degrees are those of a star (Freeman 1979, Social Networks 1: 215-239).
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.measures.ties import Numbers, Ties


@dataclass(frozen=True)
class Whole:
    """The measures of a network; shares lie between 0 and 1, None is what is not defined.

    `two_mode` holds the numbers of nodes that arcs lead from and to, where the network is two-mode.
    """

    nodes: int
    edges: int
    ties: int
    two_mode: tuple[int, int] | None
    density: float | None
    isolates: int
    components: int
    largest_component: int
    mean_degree: float | None
    largest_degree: int
    mean_strength: float | None
    transitivity: float | None
    centralization: float | None


def whole(ties: Ties, edges: int, components: Numbers) -> Whole:
    """Return the measures of the network; `edges` is their number, parallel ones counted apart."""
    count = len(ties.nodes)
    degrees = ties.degrees
    sides = two_modes(ties)
    return Whole(
        nodes=count,
        edges=edges,
        ties=len(ties.pairs),
        two_mode=sides,
        density=_density(ties, sides),
        isolates=int((degrees == 0).sum()),
        components=int(components.max()) if count else 0,
        largest_component=int((components == 1).sum()),
        mean_degree=float(degrees.mean()) if count else None,
        largest_degree=int(degrees.max()) if count else 0,
        mean_strength=float(ties.strengths.mean()) if count else None,
        transitivity=_transitivity(ties),
        centralization=_centralization(degrees),
    )


def two_modes(ties: Ties) -> tuple[int, int] | None:
    """Return how many nodes arcs lead from and to, if none does both; None for a one-mode network."""
    sources, targets = set(ties.arcs[:, 0].tolist()), set(ties.arcs[:, 1].tolist())
    return (len(sources), len(targets)) if sources and not sources & targets else None


def _density(ties: Ties, sides: tuple[int, int] | None) -> float | None:
    if sides is not None:
        return len(ties.arcs) / (sides[0] * sides[1])
    count = len(ties.nodes)
    return len(ties.arcs) / (count * (count - 1)) if count > 1 else None


def _transitivity(ties: Ties) -> float | None:
    degrees = ties.degrees
    ways = int((degrees * (degrees - 1) // 2).sum())
    if not ways:
        return None
    later = [{other for other in found if other > node} for node, found in enumerate(ties.neighbours)]
    triangles = sum(len(later[one] & later[other]) for one, other in ties.pairs.tolist())
    return 3 * triangles / ways


def _centralization(degrees: Numbers) -> float | None:
    count = len(degrees)
    if count < 3:
        return None
    return float((degrees.max() - degrees).sum()) / ((count - 1) * (count - 2))
