"""Verdicts: curators' rulings on identity, brought to the mentions they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.identity.decisions import Decision


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What curators say of the mentions of a block, by local IRI.

    `same` and `different` are pairs; `single` are mentions to be told from others of their key; `names`
    gives day and new name of those that shall be called otherwise.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    single: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


NO_VERDICTS = Verdicts()
