"""Mixing: whether like is tied to like, by type, level, province and degree.

Over ties without weights; a tie counts where both its ends are known. The coefficients are Newman's
(2003, Physical Review E 67, 026126): 1 where ties stay within groups, 0 where they are as by chance,
below 0 where they seek other groups. Where all known ends are alike there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.measures.ties import Ties, Values


def mixing(ties: Ties, groups: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the groups and how many ties run between each two, a tie within one counted once.

    `groups` gives each node's group, "" for one not known. The matrix is symmetric.
    """
    names = sorted(set(groups) - {""})
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    for one, other in ties.pairs.tolist():
        if groups[one] and groups[other]:
            a, b = place[groups[one]], place[groups[other]]
            counts[a, b] += 1
            if a != b:
                counts[b, a] += 1
    return names, counts


def assortativity(ties: Ties, groups: Sequence[str]) -> float | None:
    """Return the assortativity coefficient of groups that have no order."""
    _, counts = mixing(ties, groups)
    # Each tie from either end: one within a group lies twice on the diagonal.
    ends = counts + np.diag(np.diag(counts))
    total = ends.sum()
    if not total:
        return None
    shares = ends / total
    expected = float((shares.sum(axis=0) * shares.sum(axis=1)).sum())
    return None if expected >= 1 - 1e-12 else (float(np.trace(shares)) - expected) / (1 - expected)


def ranked_assortativity(ties: Ties, ranks: Values) -> float | None:
    """Return the assortativity coefficient of numbers, the correlation over ties; NaN is not known."""
    one, other = ranks[ties.pairs[:, 0]], ranks[ties.pairs[:, 1]]
    known = ~(np.isnan(one) | np.isnan(other))
    ends = np.concatenate((one[known], other[known]))
    others = np.concatenate((other[known], one[known]))
    if len(ends) == 0 or float(ends.std()) < 1e-12:
        return None
    return float(((ends - ends.mean()) * (others - others.mean())).mean() / ends.var())
