"""Results in parts: so many articles a file, in a folder that any number of machines write to.

Beside the parts, `_done/` tells of each which inputs it was made of, by a digest, and what was counted; a
part that tells of the same inputs, code and rules need not be made again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from extract.chunks import Job, Outcome
from extract.errors import GovkgError
from extract.parquet_facts import SUFFIX as PARQUET
from extract.parquet_facts import to_parquet
from extract.records import ArticleFacts
from extract.sources import Failure, Item
from extract.storage import Folder

JSONL = ".jsonl"
SUFFIXES = (JSONL, PARQUET)
"""What a part may end in."""

_DONE = "_done"
_DIGEST_BYTES = 16
_NAME = re.compile(r"part-\d{6,}")
_records = msgspec.json.Decoder(ArticleFacts)


class PartsError(GovkgError):
    """A folder of parts that cannot be written to."""


class PartDone(msgspec.Struct):
    """What is told of a part that is done: what it was made of, and what was counted.

    `failures` are the inputs that gave no article.
    """

    made_of: str
    suffix: str
    articles: int
    characters: int
    entities: int
    facts: int
    failures: list[Failure]


class PartOrder(msgspec.Struct, frozen=True):
    """A part to be made: where, out of what, how, and by which code and rules."""

    place: str
    number: int
    suffix: str
    job: Job
    items: list[Item]
    code: str

    @property
    def name(self) -> str:
        """The part's name without its suffix."""
        return f"part-{self.number:06}"

    def made_of(self) -> str:
        """Return a digest of all that the part depends on; how far the inputs are read is no part of that."""
        items = [msgspec.structs.replace(item, position=0) for item in self.items]
        seen = msgspec.msgpack.encode((self.code, self.suffix, self.job, items))
        return blake2b(seen, digest_size=_DIGEST_BYTES).hexdigest()


def write_part(order: PartOrder, outcomes: Sequence[Outcome]) -> PartDone:
    """Write the part that the outcomes make, and what is told of it; return the latter."""
    lines = [outcome.line for outcome in outcomes if outcome.failure is None]
    data = b"".join(lines) if order.suffix == JSONL else to_parquet(map(_records.decode, lines))
    done = PartDone(
        made_of=order.made_of(),
        suffix=order.suffix,
        articles=len(lines),
        characters=sum(outcome.characters for outcome in outcomes),
        entities=sum(outcome.entities for outcome in outcomes),
        facts=sum(outcome.facts for outcome in outcomes),
        failures=[outcome.failure for outcome in outcomes if outcome.failure is not None],
    )
    folder = Folder(order.place)
    folder.write(order.name + order.suffix, data)
    folder.write(f"{_DONE}/{order.name}.json", msgspec.json.encode(done))
    return done


class PartsFolder:
    """The folder that the parts of a run are written to."""

    def __init__(self, place: str) -> None:
        """Look at what is in the folder.

        Raises PartsError where it holds something else than parts, StorageError where it cannot be used.
        """
        self.place = place
        self._folder = Folder(place)
        self._there = self._folder.names()
        self._told = self._folder.names(_DONE)
        strange = sorted(name for name in self._there if not _is_part(name) and not name.startswith("."))
        if strange:
            raise PartsError(
                f"holds other files than parts ({strange[0]})", file=place, remedy="name a folder of its own"
            )

    def done(self, order: PartOrder) -> PartDone | None:
        """Return what is told of a part that was made before as it is ordered now, or None."""
        told = f"{order.name}.json"
        if told not in self._told or order.name + order.suffix not in self._there:
            return None
        try:
            done = msgspec.json.decode(self._folder.read(f"{_DONE}/{told}"), type=PartDone)
        except msgspec.MsgspecError:
            return None
        return done if done.made_of == order.made_of() else None

    def keep(self, count: int, suffix: str) -> None:
        """Delete the parts of former runs that the run of so many parts, which is done, has no part in."""
        kept = {f"part-{number:06}" for number in range(count)}
        for name in sorted(self._there):
            if _is_part(name) and name not in {part + suffix for part in kept}:
                self._folder.delete(name)
        for name in sorted(self._told):
            if name.removesuffix(".json") not in kept:
                self._folder.delete(f"{_DONE}/{name}")


def _is_part(name: str) -> bool:
    stem, dot, suffix = name.partition(".")
    return _NAME.fullmatch(stem) is not None and dot + suffix in SUFFIXES
