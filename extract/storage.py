"""Files that are named by a URL, on object storage or elsewhere, through fsspec; folders of either kind."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from glob import has_magic
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from extract.errors import GovkgError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
_INSTALL = "install the extra that reaches other machines: pip install 'governance-kg[cluster]'"


class StorageError(GovkgError):
    """A place on object storage, or a folder for parts, that cannot be used."""


class Stored(NamedTuple):
    """A file found under a URL: its own URL, its path below the place looked in, size, and what dates it."""

    url: str
    below: str
    size: int
    stamp: str


def is_url(given: str) -> bool:
    """Tell whether a name of an input or output is a URL (`s3://bucket/news/`) and no path."""
    return _URL.match(given) is not None


def find_stored(url: str) -> Iterator[Stored]:
    """Yield the files that a URL names (a file, a folder to its bottom, a pattern), sorted.

    Raises StorageError where the place cannot be reached, or holds nothing of the kind.
    """
    with _told(url):
        system, path = _system(url)
        if has_magic(path):
            found = system.glob(path, detail=True)
            root = path[: min(path.find(sign) for sign in "*?[" if sign in path)].rpartition("/")[0]
        else:
            found = system.find(path, detail=True)
            root = path if path not in found else path.rpartition("/")[0]
        if not found:
            raise StorageError("nothing is there", file=url, remedy="check the URL")
        for name, info in sorted(found.items()):
            if info.get("type") == "file":
                below = name.removeprefix(root).lstrip("/")
                stamp = "".join(str(info.get(key, "")) for key in ("ETag", "etag", "mtime", "LastModified"))
                yield Stored(str(system.unstrip_protocol(name)), below, int(info.get("size") or 0), stamp)


@contextmanager
def open_stored(url: str) -> Iterator[IO[bytes]]:
    """Open the file at a URL for reading; raises StorageError where that fails."""
    with _told(url):
        system, path = _system(url)
        opening = system.open(path, "rb")
    with opening as stream:
        yield cast(IO[bytes], stream)


class Folder:
    """A folder for the parts of a result, given as a path or a URL; its files are small enough for memory."""

    def __init__(self, place: str) -> None:
        """Name the folder; it is made when something is first written."""
        self.place = place
        self._made: set[str] = set()

    def names(self, below: str = "") -> set[str]:
        """Return the names of the files in the folder, or in one below it."""
        if not is_url(self.place):
            folder = Path(self.place, below)
            return {path.name for path in folder.iterdir() if path.is_file()} if folder.is_dir() else set()
        with _told(self.place):
            system, path = _system(self._url(below))
            system.invalidate_cache()  # others write to it
            if not system.exists(path):
                return set()
            found = system.ls(path, detail=True)
            return {info["name"].rstrip("/").rpartition("/")[2] for info in found if info["type"] == "file"}

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        with _told(self._url(name)):
            if not is_url(self.place):
                return Path(self.place, name).read_bytes()
            system, path = _system(self._url(name))
            return bytes(system.cat_file(path))

    def write(self, name: str, data: bytes) -> None:
        """Write a file: it appears whole or not at all, and takes the place of another of its name."""
        with _told(self._url(name)):
            if is_url(self.place):
                system, path = _system(self._url(name))
                with system.open(path, "wb") as stream:
                    stream.write(data)
                return
            target = Path(self.place, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            scratch = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
            try:
                with scratch.open("wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                scratch.replace(target)
            finally:
                scratch.unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        with _told(self._url(name)):
            if not is_url(self.place):
                Path(self.place, name).unlink(missing_ok=True)
                return
            system, path = _system(self._url(name))
            if system.exists(path):
                system.rm_file(path)

    def _url(self, name: str) -> str:
        return f"{self.place.rstrip('/')}/{name}" if name else self.place


def _system(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the path in it."""
    from fsspec.core import url_to_fs

    system, path = url_to_fs(url)
    return system, path


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        remedy = _INSTALL if error.name == "fsspec" else "install the package named"
        raise StorageError(f"cannot be reached ({error})", file=place, remedy=remedy) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        remedy = "check the name, the permissions, and that it can be reached from here"
        raise StorageError(f"cannot be used ({reason})", file=place, remedy=remedy) from error
