"""A store as others may see it: with pseudonyms for private people, or without them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from kg.privacy.rewriting import Pseudonyms
from kg.store import Store


class PrivatePeople(Enum):
    """What is done about private people in what is written."""

    SHOW = "show"
    PSEUDONYMS = "pseudonyms"
    LEAVE_OUT = "leave-out"


def pseudonyms_of(store: Store, private: PrivatePeople) -> Pseudonyms | None:
    """Return how the store reads with that done about private people; None where nothing changes."""
    if private is PrivatePeople.SHOW:
        return None
    return Pseudonyms(store.database, leave_out=private is PrivatePeople.LEAVE_OUT) or None


@contextlib.contextmanager
def shown_store(store: Store, private: PrivatePeople) -> Iterator[Store]:
    """Give the store itself, or a passing copy in which private people have pseudonyms or are not.

    So everything that reads a store can read it without their names. Without private people it is the
    store itself.
    """
    pseudonyms = pseudonyms_of(store, private)
    if pseudonyms is None:
        yield store
        return
    with tempfile.TemporaryDirectory() as folder, Store.create(Path(folder) / "shown.kg") as copy:
        copy.database.bulk_extend(pseudonyms.quads(store.quads()))
        yield copy
