"""Memory: what was worked out of a block the last time, so that one mention more costs little."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.identity.decisions import Comparison
from kg.identity.evidence import Evidence
from kg.identity.profiles import Profile

Compare = Callable[[Profile, Profile], Comparison]


class Memory:
    """Profiles and comparisons of a block, found again as long as the mentions behind them are the same.

    A memory made after another takes over from it what is asked for again, and forgets the rest.
    """

    def __init__(self, before: Memory | None = None) -> None:
        """Begin with what another remembers."""
        self._before = before
        self._profiles: dict[str, Profile] = {}
        self._compared: dict[tuple[str, str], tuple[Profile, Profile, Comparison]] = {}

    def profile(self, key: str, mentions: Sequence[Evidence]) -> Profile:
        """Return the profile of mentions that have the key."""
        known = self._before._profiles.get(key) if self._before is not None else None
        if known is None or not _are_the_same(known.mentions, mentions):
            known = Profile(key, mentions)
        self._profiles[key] = known
        return known

    def compare(self, one: Profile, other: Profile, compare: Compare) -> Comparison:
        """Return the comparison of two profiles, made only if either is new."""
        pair = (one.key, other.key)
        known = self._before._compared.get(pair) if self._before is not None else None
        if known is None or known[0] is not one or known[1] is not other:
            known = (one, other, compare(one, other))
        self._compared[pair] = known
        return known[2]

    def close(self) -> None:
        """Forget what came before."""
        self._before = None


def _are_the_same(one: Sequence[Evidence], other: Sequence[Evidence]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
