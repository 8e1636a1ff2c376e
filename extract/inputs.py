"""Inputs: files, folders, globs and standard input, turned into the files to read, in a fixed order."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import IO, Any, cast

from extract.errors import ArticleError
from extract.storage import StorageError, find_stored, is_url, open_stored

STDIN = "-"
FORMAT_OF_SUFFIX = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}
COMPRESSED = (".gz", ".xz")
_BUFFER = 1 << 16
_UNPACKED: dict[str, Callable[[IO[bytes]], AbstractContextManager[IO[bytes]]]] = {
    ".gz": cast(Any, gzip.open),
    ".xz": cast(Any, lzma.open),
}
OnError = Callable[[ArticleError], None]


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read: its path as the user would write it, and its name below the input's folder.

    `path` may be a URL. `name` has no suffixes and uses `/`; it is what ids are made of. `size` is in bytes,
    0 if unknown; `stamp` changes when the file does.
    """

    path: str
    name: str
    suffix: str
    size: int = 0
    stamp: str = ""


class Stream(io.BufferedReader):
    """A file's bytes, unpacked, and how far it has been read."""

    def __init__(self, unpacked: IO[bytes], packed: IO[bytes]) -> None:
        """Read `unpacked`, which takes its bytes from `packed`."""
        super().__init__(cast(io.RawIOBase, unpacked), _BUFFER)
        self._packed = packed

    def position(self) -> int:
        """Return how many bytes of the file as it is stored have been read."""
        return self._packed.tell()


def find_files(
    inputs: Sequence[str | Path],
    *,
    base: Path | None,
    on_error: OnError,
    suffixes: Collection[str] = FORMAT_OF_SUFFIX,
) -> list[InputFile]:
    """Return the files that the inputs name, each once, in the order of the inputs; folders sorted.

    An input that names none, and a folder that cannot be read, go to `on_error`. `base` is the folder that
    names are relative to; without it a file's name is relative to the folder given as input. Of folders and
    patterns of storage, files with one of the `suffixes` are taken, by default those of articles.
    """
    files: list[InputFile] = []
    seen: set[str] = set()
    for given in inputs:
        if is_url(str(given)):
            files += [file for file in _in_storage(str(given), on_error, suffixes) if file.path not in seen]
            seen.update(file.path for file in files)
            continue
        for path, folder in _paths(str(given), on_error, suffixes):
            key = STDIN if path == STDIN else os.path.realpath(path)
            if key not in seen:
                seen.add(key)
                files.append(_input_file(path, folder, base))
    return _with_own_names(files)


@contextmanager
def opened(file: InputFile, stdin: IO[bytes] | None) -> Iterator[Stream]:
    """Open a file for reading bytes, unpacked if its name ends in .gz or .xz; `-` is `stdin`.

    Raises ArticleError where that fails, while opening or later while reading.
    """
    try:
        with _stream(file, stdin) as stream:
            yield stream
    except (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error) as error:
        raise ArticleError(
            f"cannot be unpacked ({error})", file=file.path, remedy="pack or download it again"
        ) from error
    except OSError as error:
        raise _unreadable(file.path, error) from error
    except StorageError as error:
        raise _of_storage(error) from error


@contextmanager
def _stream(file: InputFile, stdin: IO[bytes] | None) -> Iterator[Stream]:
    if file.path == STDIN:
        if stdin is None:
            raise ArticleError("no standard input here", file=STDIN, remedy="name a file")
        reader = Stream(stdin, stdin)
        yield reader
        reader.detach()
        return
    with ExitStack() as stack:
        if is_url(file.path):
            packed = stack.enter_context(open_stored(file.path))
        else:
            packed = stack.enter_context(Path(file.path).open("rb"))
        unpack = _UNPACKED.get(PurePath(file.path).suffix.lower())
        yield Stream(stack.enter_context(unpack(packed)) if unpack is not None else packed, packed)


def _paths(given: str, on_error: OnError, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths of one input, each with the folder its name is relative to."""
    if given == STDIN:
        yield STDIN, ""
    elif Path(given).is_dir():
        yield from _in_folder(given, on_error, suffixes)
    elif os.path.lexists(given) or not has_magic(given):
        if os.path.lexists(given):
            yield given, str(Path(given).parent)
        else:
            on_error(ArticleError("no such file or folder", file=given, remedy="check the path"))
    else:
        yield from _in_glob(given, on_error, suffixes)


def _in_glob(pattern: str, on_error: OnError, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    found = sorted(glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        remedy = "check the pattern, or name a folder"
        on_error(ArticleError("nothing matches this pattern", file=pattern, remedy=remedy))
    root = _fixed_part(pattern)
    for path in found:
        if not Path(path).is_dir():
            yield path, root
        elif "**" not in pattern:
            yield from _in_folder(path, on_error, suffixes)


def _fixed_part(pattern: str) -> str:
    """Return the folders of a pattern before its first wildcard."""
    parts: list[str] = []
    for part in PurePath(pattern).parts[:-1]:
        if has_magic(part):
            break
        parts.append(part)
    return str(PurePath(*parts)) if parts else "."


def _in_folder(folder: str, on_error: OnError, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    problems: list[OSError] = []
    count = 0
    for where, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where) / name
            if not name.startswith(".") and _suffix(name) in suffixes and not path.is_dir():
                count += 1
                yield str(path), folder
    for problem in problems:
        on_error(_unreadable(problem.filename or folder, problem))
    if not count and not problems:
        remedy = f"it may hold {', '.join(suffixes)}, also packed as {' or '.join(COMPRESSED)}"
        on_error(ArticleError("no articles in this folder", file=folder, remedy=remedy))


def _in_storage(url: str, on_error: OnError, suffixes: Collection[str]) -> Iterator[InputFile]:
    """Yield the files that a URL names; of a folder or pattern those that may hold articles."""
    try:
        found = list(find_stored(url))
    except StorageError as error:
        on_error(_of_storage(error))
        return
    for stored in found:
        suffix = _suffix(stored.below)
        hidden = any(part.startswith(".") for part in PurePath(stored.below).parts)
        if stored.url.endswith(url) or (suffix in suffixes and not hidden):
            name = _unpacked(stored.below)
            name = name[: -len(suffix)] if suffix in FORMAT_OF_SUFFIX else name
            yield InputFile(stored.url, name, suffix, stored.size, stored.stamp)


def _of_storage(error: StorageError) -> ArticleError:
    return ArticleError(error.problem, file=error.file, remedy=error.remedy)


def _unreadable(path: str, error: OSError) -> ArticleError:
    reason = error.strerror or type(error).__name__
    remedy = "check its permissions, or leave it out"
    return ArticleError(f"cannot be read ({reason})", file=path, remedy=remedy)


def _suffix(name: str) -> str:
    """Return the suffix that tells the format, in small letters, the one of packing left aside."""
    return PurePath(_unpacked(name)).suffix.lower()


def _unpacked(name: str) -> str:
    return name[: -len(PurePath(name).suffix)] if PurePath(name).suffix.lower() in COMPRESSED else name


def _input_file(path: str, folder: str, base: Path | None) -> InputFile:
    if path == STDIN:
        return InputFile(STDIN, "stdin", "")
    relative = PurePath(os.path.relpath(path, base or folder))
    if relative.parts[0] == os.pardir:
        relative = PurePath(relative.name)
    name = _unpacked(relative.name)
    suffix = _suffix(relative.name)
    if suffix in FORMAT_OF_SUFFIX:
        name = name[: -len(suffix)]
    name = (relative.parent / name).as_posix()
    try:
        found = Path(path).stat()
    except OSError:
        return InputFile(path, name, suffix)  # reading it will tell what is wrong
    return InputFile(path, name, suffix, found.st_size, str(found.st_mtime_ns))


def _with_own_names(files: list[InputFile]) -> list[InputFile]:
    """Tell files of one name apart: by suffix, else by as many folders above them as it takes."""
    alike: dict[str, list[InputFile]] = {}
    for file in files:
        alike.setdefault(file.name, []).append(file)
    names: dict[str, str] = {}
    for group in alike.values():
        names.update(zip((file.path for file in group), _names(group), strict=True))
    return [replace(file, name=names[file.path]) for file in files]


def _names(group: list[InputFile]) -> list[str]:
    if len(group) == 1:
        return [group[0].name]
    depth = len(PurePath(group[0].name).parts)
    folders = [Path(file.path).absolute().parts[1:-depth] for file in group]
    for above in range(max(map(len, folders)) + 1):
        for with_suffix in (False, True):
            names = [
                "/".join([*parents[len(parents) - min(above, len(parents)) :], file.name])
                + (file.suffix if with_suffix else "")
                for file, parents in zip(group, folders, strict=True)
            ]
            if len(set(names)) == len(names):
                return names
    return [f"{file.name}-{number}" for number, file in enumerate(group, 1)]
