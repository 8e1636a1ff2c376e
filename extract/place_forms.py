"""The names of places as phrases to search for, compiled once a register."""

from __future__ import annotations

from functools import lru_cache

from extract.language.places import PlaceRegister
from extract.phrases import Phrases

GENERIC_COUNTIES = frozenset({"矿区", "郊区", "城区", "市区", "新区", "林区", "特区"})
"""Counties that are called like what any city has; one is meant only after the place it lies in."""


@lru_cache(maxsize=4)
def place_forms(register: PlaceRegister) -> Phrases[str]:
    """Return every full and short name of two characters or more."""
    return Phrases({form: form for form in register.forms() if len(form) > 1})
