"""The stores and commands that trials work on, made once, and how the state of a store is told."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extract.records import ArticleFacts, read_facts, write_facts
from kg.errors import StoreError
from kg.rulings import COLUMNS
from kg.store import Store

GOVKG = (sys.executable, "-m", "kg.cli")
ARTICLES = 70
"""At most so many articles are in the store after `build`; three of seven were there before."""


@dataclass(frozen=True)
class Command:
    """A command that writes: its arguments for a store and a folder beside it, and what it leaves there.

    `made` is the file or folder it makes, None where it changes the store.
    """

    name: str
    arguments: Callable[[Path, Path], Sequence[object]]
    made: str | None = None


class Bench:
    """A store, and each command's state of it before and after."""

    def __init__(self, facts: Path, folder: Path) -> None:
        self.folder = folder
        self.more = folder / "more.jsonl"
        records = _records(facts)
        first = records[: len(records) * 3 // 7]
        self._write(folder / "first.jsonl", first)
        self._write(self.more, records[len(first) :])
        self.articles = _articles(folder / "articles.jsonl", records)
        self.rulings = _rulings(folder / "rulings.tsv", first)
        self.base = folder / "base.kg"
        run(["build", folder / "first.jsonl", "--store", self.base])
        self.removed = records[1].article.id
        self.before = state(self.base)
        self.after: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        for command in self.commands():
            store, beside = self.fresh("model")
            started = time.monotonic()
            run(command.arguments(store, beside))
            self.seconds[command.name] = time.monotonic() - started
            self.after[command.name] = made(command, store, beside)

    def commands(self) -> list[Command]:
        """Return the commands that write."""
        return [
            Command("extract", self._extract, "facts.jsonl"),
            Command("build", lambda store, _: ["build", self.more, "--store", store]),
            Command("remove", lambda store, _: ["remove", self.removed, "--store", store]),
            Command("curate", lambda store, _: ["curate", self.rulings, "--store", store]),
            Command("snapshot", lambda s, at: ["snapshot", "--store", s, "-o", at / "snapshot"], "snapshot"),
            Command(
                "export", lambda s, at: ["export", "turtle", "--store", s, "-o", at / "all.ttl"], "all.ttl"
            ),
            Command("explore", lambda s, at: ["explore", "--store", s, "-o", at / "page.html"], "page.html"),
        ]

    def _extract(self, _: Path, beside: Path) -> Sequence[object]:
        return ["extract", self.articles, "-j", 2, "-o", beside / "facts.jsonl"]

    def fresh(self, name: str, parent: Path | None = None) -> tuple[Path, Path]:
        """Return a copy of the store as it was before, and an empty folder beside it."""
        at = (parent or self.folder) / name
        shutil.rmtree(at, ignore_errors=True)
        beside = at / "beside"
        beside.mkdir(parents=True)
        shutil.copytree(self.base, at / "store.kg")
        return at / "store.kg", beside

    @staticmethod
    def _write(path: Path, records: Sequence[ArticleFacts]) -> None:
        with path.open("wb") as out:
            write_facts(records, out)


def run(arguments: Sequence[object]) -> None:
    """Run a command to its end; raises CalledProcessError where it fails."""
    subprocess.run([*GOVKG, *map(str, arguments)], check=True, capture_output=True)


def start(arguments: Sequence[object], **environment: str) -> subprocess.Popen[str]:
    """Start a command, its messages kept."""
    return subprocess.Popen(
        [*GOVKG, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def state(store: Path) -> str:
    """Return the digest of what readers see of a store."""
    with Store.open(store) as opened:
        digest = hashlib.sha256()
        opened.dump(_Lines(digest))  # type: ignore[arg-type]
    return digest.hexdigest()


def made(command: Command, store: Path, beside: Path) -> str:
    """Return the digest of what a command makes: the store's, or that of a file or folder; "" for none."""
    if command.made is None:
        return state(store)
    target = beside / command.made
    if not target.exists():
        return ""
    digest = hashlib.sha256()
    for file in sorted(target.rglob("*")) if target.is_dir() else [target]:
        digest.update(str(file.relative_to(beside)).encode() + file.read_bytes())
    return digest.hexdigest()


def opens(store: Path) -> bool:
    """Return whether readers can open a store and list its articles."""
    try:
        with Store.open(store) as opened:
            return bool(opened.articles())
    except StoreError:
        return False


def article_ids(store: Path) -> list[str]:
    """Return the ids of a store's articles."""
    with Store.open(store) as opened:
        return [entry.id for entry in opened.articles()]


class _Lines:
    """What a dump is written to when only its digest matters."""

    def __init__(self, digest: hashlib._Hash) -> None:
        self._digest = digest

    def writelines(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            self._digest.update(line)


def _records(facts: Path) -> list[ArticleFacts]:
    with facts.open("rb") as lines:
        return list(islice(read_facts(lines, str(facts)), ARTICLES))


def _articles(path: Path, records: Sequence[ArticleFacts]) -> Path:
    """Write the articles that the facts are of."""
    names = ("id", "title", "text", "date", "source")
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            row = {name: getattr(record.article, name) for name in names}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _rulings(path: Path, records: Sequence[ArticleFacts]) -> Path:
    """Write rulings that call a few facts of the first articles wrong."""
    rows = ["\t".join(COLUMNS)]
    for record in records:
        names = {entity.id: (entity.type.lower(), entity.name) for entity in record.entities}
        for fact in record.facts[:1]:
            if fact.object in names and not fact.qualifiers:
                ends = [
                    f"article/{record.article.id}#{'/'.join(names[end])}"
                    for end in (fact.subject, fact.object)
                ]
                rows.append(
                    "\t".join(("wrong", ends[0], fact.relation, ends[1], "", "", "trial", "2024-05-31", ""))
                )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
