"""What workers of a cluster answer, as data."""

from __future__ import annotations

import msgspec

from extract.chunks import Outcome
from extract.parts import PartDone, PartOrder


class Refused(msgspec.Struct, tag="refused"):
    """A worker has other code or rules than were asked for."""

    worker: str
    code: str


class Unable(msgspec.Struct, tag="unable"):
    """A worker cannot do any part: what is wrong with the place the parts go to, say."""

    problem: str
    file: str | None = None
    entry: str | int | None = None
    remedy: str | None = None


class Made(msgspec.Struct, tag="made"):
    """A part is written."""

    done: PartDone


class Read(msgspec.Struct, tag="read"):
    """What became of items that belong to no part yet."""

    outcomes: list[Outcome]


Answer = Refused | Unable | Made | Read

pack = msgspec.msgpack.Encoder().encode
unpack_order = msgspec.msgpack.Decoder(PartOrder).decode
unpack_answer = msgspec.msgpack.Decoder(Answer).decode
