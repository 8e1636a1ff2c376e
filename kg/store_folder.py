"""The folder of a store: `store.json` says which format it has, `db/` is the database that a writer works
on, `published/` what readers open (kg/published.py), and `unpublished` is there while the two differ."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

FORMAT = 2
"""The version of the layout and of the RDF shape; a store of another version is not opened."""

MANIFEST = "store.json"
DATABASE = "db"
UNPUBLISHED = "unpublished"

_PART = f".{MANIFEST}.part"
_CORRUPTION = "Corruption"
"""How RocksDB, under Oxigraph, begins what it says of files whose checksums do not hold."""


def make_folder(folder: Path) -> None:
    """Make the folder of a new store with its manifest.

    Raises StoreError if the folder holds anything or cannot be written.
    """
    try:
        if not is_unused(folder):
            raise StoreError(
                "is not an empty folder",
                file=str(folder),
                remedy="name a new folder, or open the store in it",
            )
        folder.mkdir(parents=True, exist_ok=True)
        manifest = {"format": FORMAT, "tool": f"governance-kg {tool_version()}"}
        part = folder / _PART
        part.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        (folder / UNPUBLISHED).touch()
        part.replace(folder / MANIFEST)
    except OSError as exc:
        raise StoreError(
            f"a store cannot be made here ({exc.strerror})",
            file=str(folder),
            remedy="name a folder you may write in",
        ) from exc


def is_unused(folder: Path) -> bool:
    """Return whether a store can be made here: nothing is there, or what a killed attempt left."""
    if not folder.exists():
        return True
    return folder.is_dir() and {path.name for path in folder.iterdir()} <= {_PART, UNPUBLISHED}


def open_database(folder: Path, write: bool) -> ox.Store:
    """Return the database in a folder, made for a writer if it is not there; raises StoreError if damaged."""
    try:
        return ox.Store(str(folder)) if write else ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as exc:
        raise StoreError(
            f"the database cannot be opened ({exc})",
            file=str(folder),
            remedy="close the program that uses it, or build the store again from its facts files",
        ) from exc


def damage_told_by(error: Exception) -> StoreError | None:
    """Return what an error of Oxigraph's says of damaged files of a database, None for any other error.

    Blocks are checked when they are read, so that damage shows in the middle of whatever reads them.
    """
    text = str(error)
    if not text.startswith(_CORRUPTION):
        return None
    _, _, file = text.partition(" in ")
    return StoreError(
        f"the database is damaged ({text.partition(':')[2].partition(' = ')[0].strip()})",
        file=file.partition(" offset ")[0].strip() or None,
        remedy="build the store again from its facts files, or restore its folder from a copy",
    )


def check_manifest(folder: Path) -> None:
    """Raise StoreError, with what to do, if the folder holds no store of the present format."""
    manifest = folder / MANIFEST
    if not folder.exists():
        raise StoreError(
            "there is no such folder", file=str(folder), remedy="make a store with `govkg build`"
        )
    try:
        described = json.loads(manifest.read_text(encoding="utf-8"))
        version = described["format"]
    except FileNotFoundError:
        raise StoreError(
            "is not a store: it has no store.json",
            file=str(folder),
            remedy="name the folder that `govkg build` made",
        ) from None
    except NotADirectoryError:
        raise StoreError(
            "is a file, not a store", file=str(folder), remedy="name the store's folder"
        ) from None
    except OSError as exc:
        raise StoreError(
            f"cannot be read ({exc.strerror})", file=str(manifest), remedy="check its permissions"
        ) from exc
    except (ValueError, KeyError, TypeError):
        raise StoreError(
            "does not say which format the store has",
            file=str(manifest),
            remedy="restore it, or build the store again from its facts files",
        ) from None
    if version != FORMAT:
        raise StoreError(
            f"the store has format {version!r}, this version reads {FORMAT}",
            file=str(folder),
            remedy="build it again from its facts files, or use the version that made it",
        )


def tool_version() -> str:
    """Return the version of this program, "unknown" where it is not installed."""
    try:
        return metadata.version("governance-kg")
    except metadata.PackageNotFoundError:
        return "unknown"
