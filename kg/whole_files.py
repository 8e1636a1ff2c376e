"""Files that appear under their names once they are whole, and not at all if writing them fails."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from kg.errors import ExportError

STDOUT = "-"

_LONGEST_STEM = 60


@contextlib.contextmanager
def whole_file(target: str | Path) -> Iterator[IO[bytes]]:
    """Give a stream for one file, or for standard output where the target is `-`."""
    if str(target) == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_files([Path(target)]) as (stream,):
        yield stream


@contextlib.contextmanager
def whole_files(targets: Sequence[Path]) -> Iterator[list[IO[bytes]]]:
    """Give a stream for each target; all appear together when the block ends well.

    A target that is there and no regular file, such as a device or a pipe, is written to directly.
    Raises ExportError, naming the first target, where a place cannot be written to.
    """
    try:
        with contextlib.ExitStack() as stack:
            scratch = [None if _is_special(target) else _scratch(target) for target in targets]
            for path in scratch:
                if path is not None:
                    stack.callback(path.unlink, missing_ok=True)
            streams: list[IO[bytes]] = [
                stack.enter_context((path or target).open("wb"))
                for path, target in zip(scratch, targets, strict=True)
            ]
            yield streams
            for path, stream in zip(scratch, streams, strict=True):
                stream.flush()
                if path is not None:
                    os.fsync(stream.fileno())
                stream.close()
            for path, target in zip(scratch, targets, strict=True):
                if path is not None:
                    path.replace(target)
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise ExportError(
            f"cannot be written ({exc.strerror or exc})",
            file=str(targets[0]),
            remedy="choose a folder that exists and that you may write to, with room left",
        ) from exc


def _is_special(target: Path) -> bool:
    return target.exists() and not target.is_file() and not target.is_dir()


def _scratch(target: Path) -> Path:
    return target.with_name(f".{target.name[:_LONGEST_STEM]}.{os.getpid()}.part")
