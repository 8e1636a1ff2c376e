"""A partition of numbered things that is only ever joined, and never across what is forbidden."""

from __future__ import annotations


class Partition:
    """Disjoint sets of numbers below `size`."""

    def __init__(self, size: int) -> None:
        """Put every number in a set of its own."""
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {number: [number] for number in range(size)}
        self._forbidden: dict[int, set[int]] = {}

    def root(self, number: int) -> int:
        """Return the least number of the set: the same for all in it."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def forbid(self, one: int, other: int) -> None:
        """Keep two numbers apart for good, unless they are together already."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._forbidden.setdefault(first, set()).add(second)
            self._forbidden.setdefault(second, set()).add(first)

    def may_join(self, one: int, other: int) -> bool:
        """Return whether nothing forbids two numbers to be together."""
        return self.root(other) not in self._forbidden.get(self.root(one), ())

    def join(self, one: int, other: int) -> bool:
        """Put the sets of two numbers together if nothing forbids it; return whether they are together."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return True
        if not self.may_join(first, second):
            return False
        self._parent[second] = first
        self._members[first] += self._members.pop(second)
        enemies = self._forbidden.pop(second, set())
        for enemy in enemies:
            self._forbidden[enemy].discard(second)
            self._forbidden[enemy].add(first)
        if enemies:
            self._forbidden.setdefault(first, set()).update(enemies)
        return True

    def sets(self) -> list[list[int]]:
        """Return the sets, each sorted, by their least numbers."""
        return [sorted(self._members[root]) for root in sorted(self._members)]
