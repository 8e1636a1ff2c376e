"""Brokerage: who stands between whom, by the groups of the three (Gould and Fernandez 1989).

A node b mediates from a to c if an arc leads from a to b and one from b to c, and none from a to c.
By the groups that a, b and c belong to, it does so as

- coordinator: all three in one group;
- itinerant broker (also consultant): a and c in one group, b outside it;
- gatekeeper: b and c in one group, a outside it;
- representative: a and b in one group, c outside it;
- liaison: all three in different groups.

An undirected edge gives two arcs, so what is undirected is mediated both ways and counts twice.
Nodes without a group are left out, as if they were not there.

Gould, R. V. and Fernandez, R. M. (1989): Structures of Mediation: A Formal Approach to Brokerage in
Transaction Networks. Sociological Methodology 19: 89-126.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from kg.measures.ties import Numbers, Ties

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokerage(ties: Ties, groups: Sequence[str]) -> Numbers:
    """Return how often each node mediates in each role: a row a node, a column a role of ROLES.

    `groups` gives each node's group, "" for none.
    """
    leads_to: list[set[int]] = [set() for _ in ties.nodes]
    led_from: list[set[int]] = [set() for _ in ties.nodes]
    for source, target in ties.arcs.tolist():
        if groups[source] and groups[target]:
            leads_to[source].add(target)
            led_from[target].add(source)
    counts = np.zeros((len(ties.nodes), len(ROLES)), dtype=np.int64)
    for broker, group in enumerate(groups):
        if group:
            counts[broker] = _all_ways(broker, groups, led_from[broker], leads_to[broker])
    # Where an arc leads past the broker, nothing is mediated.
    for source in range(len(ties.nodes)):
        for target in leads_to[source]:
            for broker in leads_to[source] & led_from[target]:
                counts[broker, _role(groups[source], groups[broker], groups[target])] -= 1
    return counts


def _all_ways(broker: int, groups: Sequence[str], before: set[int], after: set[int]) -> list[int]:
    """Return the ways through a broker by role, those included that an arc leads past."""
    own = groups[broker]
    coming, going = Counter(groups[n] for n in before), Counter(groups[n] for n in after)
    inside_in, inside_out = coming.pop(own, 0), going.pop(own, 0)
    outside_in, outside_out = sum(coming.values()), sum(going.values())
    same_outside = sum(count * going[group] for group, count in coming.items())
    back = Counter(groups[node] == own for node in before & after)  # from a node to itself
    return [
        inside_in * inside_out - back[True],
        same_outside - back[False],
        outside_in * inside_out,
        inside_in * outside_out,
        outside_in * outside_out - same_outside,
    ]


def _role(source: str, broker: str, target: str) -> int:
    if source == target:
        return 0 if broker == source else 1
    if broker == target:
        return 2
    return 3 if broker == source else 4
