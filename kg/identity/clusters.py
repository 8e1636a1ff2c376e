"""Clusters: which keys of one block are one, decided pair by pair from the surest down.

A block's profiles come in two kinds. Those that say something of their own (an office, a day, where a village
lies) are compared with each other and joined from the highest score down, unless a negative pair would come
to stand in one cluster. The others are then compared with these clusters, each by itself, so that their
order makes no difference: one joins the best if that is positive and clearly better than the next. What is
left is gone through by date, each joining the best of the clusters that those before it make.

Where more than a few dozen would have to be compared with all others, only those that share something are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.identity.decisions import Comparison, Decision, Verdict
from kg.identity.memory import Compare, Memory
from kg.identity.partition import Partition
from kg.identity.profiles import Profile

_ALL_PAIRS = 40
"""Of so many profiles each is compared with all; of more, with those that share a feature."""

_NEIGHBOURS = 3
"""How many of those before it that share a feature are compared with one."""

_MARGIN = 0.5
"""By how much the best of several clusters must be better than the next."""

_KEPT = 3
"""How many decisions that join nothing are kept of each cluster."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """How the keys of one type are compared.

    `tells` says whether a profile says something of its own, `features` what two must share to be
    compared where there are many. `by_name` gives the comparison of one that says nothing with the only
    cluster there is, where their name is all it takes; None where the two must be compared in full.
    """

    compare: Compare
    positive: float
    negative: float
    tells: Callable[[Profile], bool]
    features: Callable[[Profile], Iterable[str]]
    by_name: Callable[[Profile, Profile], Comparison | None] = lambda one, other: None


@dataclass(frozen=True, slots=True)
class Clusters:
    """Profiles that are one, and the decisions that say so or say why not."""

    groups: list[list[Profile]]
    decisions: list[Decision]


def cluster(
    profiles: Sequence[Profile],
    matcher: Matcher,
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
    memory: Memory | None = None,
) -> Clusters:
    """Return the clusters of a block's profiles, which must be sorted by key.

    `same` and `different` are pairs of numbers of profiles that a curator has decided; the latter go first.
    """
    work = _Work(profiles, matcher, memory or Memory())
    for one, other in different:
        work.partition.forbid(one, other)
    for one, other in same:
        work.partition.join(one, other)
    telling = [n for n, profile in enumerate(profiles) if matcher.tells(profile)]
    others = [n for n, profile in enumerate(profiles) if not matcher.tells(profile)]
    work.join_telling(telling)
    left = work.join_to_clusters(others, telling)
    work.join_rest(left)
    return Clusters([[profiles[n] for n in each] for each in work.partition.sets()], work.kept())


class _Leader:
    """A growing cluster, its profile made anew whenever it has doubled."""

    def __init__(self, first: Profile) -> None:
        self.profile = first
        self._waiting: list[Profile] = []

    def follow(self, profile: Profile) -> None:
        self._waiting.append(profile)
        if len(self._waiting) >= len(self.profile.mentions):
            self.profile = Profile.joined((self.profile, *self._waiting))
            self._waiting = []


class _Work:
    """Profiles on their way into clusters."""

    def __init__(self, profiles: Sequence[Profile], matcher: Matcher, memory: Memory) -> None:
        self.memory = memory
        self.profiles = profiles
        self.matcher = matcher
        self.partition = Partition(len(profiles))
        self.joins: list[Decision] = []
        self.others: list[tuple[Decision, int, int]] = []

    def decide(self, one: Profile, other: Profile, *, only: bool = False) -> Decision:
        """Compare two; `only` says that the second is the only cluster there is."""
        comparison = (self.matcher.by_name(one, other) if only else None) or self.matcher.compare(one, other)
        return comparison.decide(one.key, other.key, self.matcher.positive, self.matcher.negative)

    def _decide_again(self, one: Profile, other: Profile) -> Decision:
        comparison = self.memory.compare(one, other, self.matcher.compare)
        return comparison.decide(one.key, other.key, self.matcher.positive, self.matcher.negative)

    def join_telling(self, numbers: list[int]) -> None:
        decided = [
            (self._decide_again(self.profiles[one], self.profiles[other]), one, other)
            for one, other in self._pairs(numbers)
        ]
        for decision, one, other in decided:
            if decision.verdict is Verdict.NEGATIVE:
                self.partition.forbid(one, other)
        decided.sort(key=lambda each: (-each[0].score, each[0].pair))
        for decision, one, other in decided:
            if decision.verdict is Verdict.POSITIVE and self.partition.join(one, other):
                self.joins.append(decision)
            else:
                self.others.append((decision, one, other))

    def _pairs(self, numbers: list[int]) -> list[tuple[int, int]]:
        if len(numbers) <= _ALL_PAIRS:
            return [(one, other) for n, one in enumerate(numbers) for other in numbers[n + 1 :]]
        found: set[tuple[int, int]] = set()
        sharing: dict[str, list[int]] = {}
        for number in numbers:
            for feature in dict.fromkeys(self.matcher.features(self.profiles[number])):
                before = sharing.setdefault(feature, [])
                found.update((other, number) for other in before[-_NEIGHBOURS:])
                before.append(number)
        return sorted(found)

    def join_to_clusters(self, numbers: list[int], telling: list[int]) -> list[int]:
        """Join each to the one cluster it clearly fits; return those that fit none."""
        roots = sorted({self.partition.root(n) for n in telling})
        clusters = {root: self._profile_of(root, telling) for root in roots}
        found, left = [], []
        for number in numbers:
            decided = sorted(
                (
                    (self.decide(self.profiles[number], clusters[root], only=len(roots) == 1), root)
                    for root in roots
                ),
                key=lambda each: (-each[0].score, each[0].pair),
            )
            if decided and self._fits(decided, number):
                found.append((decided[0][0], number, decided[0][1]))
            else:
                left.append(number)
            self.others += [(d, number, root) for d, root in decided[:1] if d.verdict is not Verdict.POSITIVE]
            for decision, root in decided:
                if decision.verdict is Verdict.NEGATIVE:
                    self.partition.forbid(number, root)
        for decision, number, root in found:
            if self.partition.join(number, root):
                self.joins.append(decision)
            else:
                left.append(number)
        return left

    def _fits(self, decided: list[tuple[Decision, int]], number: int) -> bool:
        best, root = decided[0]
        if best.verdict is not Verdict.POSITIVE or not self.partition.may_join(number, root):
            return False
        return len(decided) == 1 or best.score - decided[1][0].score >= _MARGIN

    def _profile_of(self, root: int, numbers: list[int]) -> Profile:
        return Profile.joined(self.profiles[n] for n in numbers if self.partition.root(n) == root)

    def join_rest(self, numbers: list[int]) -> None:
        """Go through what fits no cluster by date, each joining the best that those before it make."""
        order = sorted(numbers, key=lambda n: ((self.profiles[n].days or [""])[0], self.profiles[n].key))
        leaders: dict[int, _Leader] = {}
        for number in order:
            profile = self.profiles[number]
            decided = sorted(
                (
                    (self.decide(profile, leader.profile, only=len(leaders) == 1), root)
                    for root, leader in leaders.items()
                ),
                key=lambda each: (-each[0].score, each[0].pair),
            )
            joined = None
            for decision, root in decided:
                if decision.verdict is not Verdict.POSITIVE:
                    self.others.append((decision, number, root))
                    break
                if self.partition.join(number, root):
                    self.joins.append(decision)
                    joined = root
                    break
            if joined is None:
                leaders[number] = _Leader(profile)
            else:
                leaders[joined].follow(profile)

    def kept(self) -> list[Decision]:
        """The decisions that joined, and of each cluster the few closest that did not."""
        best: dict[tuple[int, int], Decision] = {}
        for decision, one, other in self.others:
            roots = sorted((self.partition.root(one), self.partition.root(other)))
            pair = (roots[0], roots[1])
            if pair[0] == pair[1]:
                continue
            known = best.get(pair)
            if known is None or (-decision.score, decision.pair) < (-known.score, known.pair):
                best[pair] = decision
        counts: dict[int, int] = {}
        kept = {decision.pair: decision for decision in self.joins}
        for pair, decision in sorted(best.items(), key=lambda each: (-each[1].score, each[1].pair)):
            if any(counts.get(root, 0) >= _KEPT for root in pair):
                continue
            for root in pair:
                counts[root] = counts.get(root, 0) + 1
            kept.setdefault(decision.pair, decision)
        return [kept[pair] for pair in sorted(kept)]
