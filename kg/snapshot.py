"""Snapshots: a store as a folder to publish, cite and compare; equal data give equal bytes anywhere.

    dataset.nq       all graphs as N-Quads, one line a quad, in the order of their bytes
    ledger.nq        the lines of the ledger: who was taken for whom, why, decided by whom
    curation.nq      the lines that curators stated
    articles.tsv     the input: id, date, source, SHA-256 of the text and of the facts record
    versions.json    format, program and rules: what besides the input decides the bytes
    description.ttl  VoID and DCAT: what the dataset is, holds and speaks of
    CITATION.txt     how to cite it
    SHA256SUMS       checksums of all these, as `sha256sum --check` reads them

Nothing in it tells the time or the machine: the day of issue is the publisher's to give.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pyoxigraph import Quad, RdfFormat

from extract.language import relations as relation_files
from kg import iris
from kg.errors import ExportError
from kg.ontology import find_ontology
from kg.quad_lines import read_line
from kg.snapshot_description import About, Contents, citation, description
from kg.sorted_lines import sorted_lines
from kg.store import Store
from kg.store_folder import FORMAT, tool_version

DATASET = "dataset.nq"
CHECKSUMS = "SHA256SUMS"
ARTICLES_HEAD = ("id", "date", "source", "text sha256", "record sha256")

_LANGUAGE = Path(relation_files.__file__).parent
_PARTS = {"ledger.nq": iris.LEDGER, "curation.nq": iris.CURATION}
_INPUT = """
SELECT ?id ?date ?source ?sha256 ?digest WHERE { GRAPH ?article {
  ?article dcterms:identifier ?id ; gov:sha256 ?sha256 ; gov:recordDigest ?digest .
  OPTIONAL { ?article dcterms:issued ?date }
  OPTIONAL { ?article gov:source ?source }
} }
"""

Transform = Callable[[Iterable[Quad]], Iterable[Quad]]
"""What is done to the quads before they are published, such as taking the names of private people out."""

Rename = Callable[[str], str]
"""What an article's id is published as."""


@dataclass(slots=True)
class Snapshot:
    """What was written: the folder, the digest of the dataset, and how much is in it."""

    folder: Path
    sha256: str
    contents: Contents


def write_snapshot(
    store: Store,
    target: str | Path,
    about: About,
    *,
    transform: Transform | None = None,
    article_id: Rename = str,
) -> Snapshot:
    """Write the store's snapshot to a new folder, which appears when it is whole.

    `transform` and `article_id` say how quads and the ids of articles are published. Raises ExportError if
    something is there already or it cannot be written.
    """
    folder = Path(target)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(
            "is there already", file=str(folder), remedy="name a new folder: snapshots are never changed"
        )
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        snapshot = _write(store, part, about, transform, article_id)
        part.replace(folder)
    except OSError as exc:
        raise ExportError(
            f"cannot be written ({exc.strerror or exc})",
            file=str(folder),
            remedy="choose a place that you may write to, with room left",
        ) from exc
    finally:
        shutil.rmtree(part, ignore_errors=True)
    snapshot.folder = folder
    return snapshot


def _write(
    store: Store, folder: Path, about: About, transform: Transform | None, article_id: Rename
) -> Snapshot:
    with tempfile.TemporaryFile() as unsorted:
        if transform is None:
            store.database.dump(unsorted, RdfFormat.N_QUADS)
        else:
            unsorted.writelines(f"{quad} .\n".encode() for quad in transform(store.quads()))
        unsorted.seek(0)
        contents = _write_quads(sorted_lines(unsorted), folder)
    _write_table(folder / "articles.tsv", _articles(store, article_id))
    _write_text(folder / "versions.json", json.dumps(versions(), indent=1) + "\n")
    sha256 = sha256_of(folder / DATASET)
    size = (folder / DATASET).stat().st_size
    (folder / "description.ttl").write_bytes(description(about, contents, sha256, size))
    _write_text(folder / "CITATION.txt", citation(about, contents, sha256) + "\n")
    names = sorted(path.name for path in folder.iterdir())
    _write_text(folder / CHECKSUMS, "".join(f"{sha256_of(folder / name)}  {name}\n" for name in names))
    return Snapshot(folder, sha256, contents)


def _write_quads(lines: Iterable[bytes], folder: Path) -> Contents:
    contents = Contents()
    with ExitStack() as stack:
        dataset = stack.enter_context((folder / DATASET).open("wb"))
        parts = {
            graph.value: stack.enter_context((folder / name).open("wb")) for name, graph in _PARTS.items()
        }
        for line in lines:
            dataset.write(line)
            quad = read_line(line)
            contents.count(quad)
            if quad.graph in parts:
                parts[quad.graph].write(line)
    return contents


def _articles(store: Store, article_id: Rename) -> Iterator[tuple[str, ...]]:
    yield ARTICLES_HEAD
    rows = (tuple(term.value if term is not None else "" for term in row) for row in store.select(_INPUT))
    yield from sorted((article_id(row[0]), *row[1:]) for row in rows)


def _write_table(file: Path, rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerows(rows)


def _write_text(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def versions() -> dict[str, str | int]:
    """Return what besides the input decides the bytes: format, program, pinyin, ontology, language data."""
    return {
        "format": FORMAT,
        "governance-kg": tool_version(),
        "pypinyin": metadata.version("pypinyin"),
        "ontology sha256": sha256_of(find_ontology()),
        "language data sha256": _language_digest(),
    }


def _language_digest() -> str:
    digest = hashlib.sha256()
    files = [file for file in _LANGUAGE.rglob("*") if file.suffix in (".tsv", ".toml")]
    for file in sorted(files, key=lambda file: file.relative_to(_LANGUAGE).as_posix()):
        digest.update(f"{sha256_of(file)}  {file.relative_to(_LANGUAGE).as_posix()}\n".encode())
    return digest.hexdigest()


def check_snapshot(folder: Path) -> None:
    """Raise ExportError naming the first file of a snapshot that is missing or differs from its checksum."""
    sums = folder / CHECKSUMS
    if not sums.is_file():
        raise ExportError(
            f"is no snapshot: it has no {CHECKSUMS}",
            file=str(folder),
            remedy="name a folder that `govkg snapshot` wrote",
        )
    for line in sums.read_text(encoding="utf-8").splitlines():
        wanted, name = line.split("  ", 1)
        file = folder / name
        if not file.is_file() or sha256_of(file) != wanted:
            problem = "differs from its checksum" if file.is_file() else "is missing"
            raise ExportError(problem, file=str(file), remedy="get the snapshot again, or write it anew")
