"""Eigenvector centrality and PageRank, computed with numpy alone.

- Eigenvector centrality (Bonacich 1972, Journal of Mathematical Sociology 2: 113-120): over ties and
  their weights, scaled to length 1. It is defined within one component only: we give that of the
  largest, and 0 to all nodes outside it.
- PageRank (Brin and Page 1998, Computer Networks 30: 107-117): over arcs and their weights, damping
  0.85; a node without arcs of its own leads everywhere alike. All values add up to 1.
"""

from __future__ import annotations

import numpy as np

from kg.measures.ties import Numbers, Ties, Values

DAMPING = 0.85
_TOLERANCE = 1e-12
_MOST_STEPS = 1000
_KRYLOV = 60
_MOST_RESTARTS = 100


def pagerank(ties: Ties) -> Values:
    """Return the PageRank of each node."""
    count = len(ties.nodes)
    if not count:
        return np.zeros(0)
    sources, targets = ties.arcs[:, 0], ties.arcs[:, 1]
    given = np.bincount(sources, ties.arc_weights, count)
    share = ties.arc_weights / np.where(given > 0, given, 1.0)[sources]
    leads_nowhere = given == 0
    ranks: Values = np.full(count, 1 / count)
    for _ in range(_MOST_STEPS):
        passed = np.bincount(targets, ranks[sources] * share, count) + ranks[leads_nowhere].sum() / count
        following: Values = DAMPING * passed + (1 - DAMPING) / count
        if float(np.abs(following - ranks).sum()) < _TOLERANCE:
            return following
        ranks = following
    return ranks


def eigenvector(ties: Ties, components: Numbers) -> Values:
    """Return the eigenvector centrality of each node; `components` number its component, 1 the largest."""
    values = np.zeros(len(ties.nodes))
    members = np.flatnonzero(components == 1)
    inside = components[ties.pairs[:, 0]] == 1 if len(ties.pairs) else np.zeros(0, dtype=bool)
    if not inside.any() or not ties.weights[inside].sum():
        return values
    place = np.zeros(len(ties.nodes), dtype=np.int64)
    place[members] = np.arange(len(members))
    values[members] = _leading_vector(place[ties.pairs[inside]], ties.weights[inside], len(members))
    return values


def _leading_vector(pairs: Numbers, weights: Values, count: int) -> Values:
    """Return the eigenvector of the largest eigenvalue, by Lanczos' method begun again and again."""

    def multiplied(vector: Values) -> Values:
        one, other = pairs[:, 0], pairs[:, 1]
        forth = np.bincount(one, weights * vector[other], count)
        back = np.bincount(other, weights * vector[one], count)
        return np.asarray(forth + back, dtype=np.float64)

    vector: Values = np.ones(count) / np.sqrt(count)
    for _ in range(_MOST_RESTARTS):
        basis = [vector]
        diagonal, beside = [], []
        for _ in range(min(_KRYLOV, count)):
            following = multiplied(basis[-1])
            diagonal.append(float(following @ basis[-1]))
            # Twice, because rounding makes the first pass imperfect.
            for _ in range(2):
                so_far = np.array(basis)
                following = following - so_far.T @ (so_far @ following)
            length = float(np.linalg.norm(following))
            if length < _TOLERANCE * max(abs(diagonal[0]), 1e-300):
                break
            beside.append(length)
            basis.append(following / length)
        size = len(diagonal)
        small = np.diag(diagonal) + np.diag(beside[: size - 1], 1) + np.diag(beside[: size - 1], -1)
        found, vectors = np.linalg.eigh(small)
        # All entries of the vector sought are above zero.
        vector = np.abs(np.array(basis[:size]).T @ vectors[:, -1])
        vector /= np.linalg.norm(vector)
        if float(np.linalg.norm(multiplied(vector) - found[-1] * vector)) < 1e-11 * abs(float(found[-1])):
            break
    return vector
