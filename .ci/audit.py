"""Audits what governance-kg stands on, offline: `make check` runs it.

    python .ci/audit.py            compare what is installed with .ci/dependencies.toml
    python .ci/audit.py --table    the record as a Markdown table

`.ci/dependencies.toml` records every distribution that the core and its extras for users bring along: its
licence, the least version without a published weakness that could reach us, the version up to which it was
read, and what was found. The audit fails for a distribution that is not recorded or older than its safe
version, and for a range in pyproject.toml that would admit one; it only tells of a licence stated otherwise
and of a version newer than what was read. Nothing is fetched: whoever hears of a weakness raises `safe`.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
RECORD = ROOT / ".ci" / "dependencies.toml"
PROJECT = ROOT / "pyproject.toml"
NOT_FOR_USERS = frozenset(("test", "check", "bench", "fuzz"))
"""The extras that only those who work on the project install."""


@dataclass(frozen=True)
class Entry:
    """What is recorded of a distribution."""

    licence: str
    safe: Version
    read_below: Version
    note: str


@dataclass(frozen=True)
class Finding:
    """A distribution and what is wrong with it; a grave one fails the audit."""

    name: str
    problem: str
    remedy: str
    grave: bool = True


def read_record(path: Path = RECORD) -> dict[str, Entry]:
    """Return the recorded distributions by their canonical names."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        canonicalize_name(name): Entry(
            licence=table["licence"],
            safe=Version(table.get("safe", "0")),
            read_below=Version(table["read-below"]),
            note=table.get("note", ""),
        )
        for name, table in tables.items()
    }


def installed(name: str, extras: Iterable[str]) -> dict[str, Distribution]:
    """Return a distribution, and all that it needs with these extras on this machine, by name."""
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, str]] = set()
    wanted = [(name, extra) for extra in ("", *extras)]
    while wanted:
        one, extra = wanted.pop()
        key = canonicalize_name(one)
        if (key, extra) in asked:
            continue
        asked.add((key, extra))
        try:
            found[key] = distribution(key)
        except PackageNotFoundError:
            continue  # an extra that is not installed
        for line in found[key].requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                wanted += [(need.name, more) for more in ("", *need.extras)]
    return found


def licence(dist: Distribution) -> str:
    """Return the licence as the distribution's metadata states it."""
    stated = dist.metadata
    if "License-Expression" in stated:
        return stated["License-Expression"]
    classes = [line for line in stated.get_all("Classifier") or () if line.startswith("License ::")]
    if classes:
        return "; ".join(line.rpartition(" :: ")[2] for line in classes)
    lines = stated.get_all("License") or [""]
    return lines[0].partition("\n")[0].strip() or "not stated"


def findings(found: Mapping[str, Distribution], record: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield what is wrong with what is installed."""
    for name, dist in sorted(found.items()):
        entry, version = record.get(name), Version(dist.version)
        if entry is None:
            yield Finding(
                name, "is not in the record", "read it and its licence, then add it to .ci/dependencies.toml"
            )
            continue
        if licence(dist) != entry.licence:
            problem = f"its licence is now {licence(dist)!r}, recorded was {entry.licence!r}"
            yield Finding(name, problem, "see whether we may still use it", grave=False)
        if version < entry.safe:
            problem = f"{version} is older than {entry.safe} ({entry.note})"
            yield Finding(name, problem, f"install {name}>={entry.safe}")
        if version >= entry.read_below:
            problem = f"{version} is newer than what was read (below {entry.read_below})"
            yield Finding(name, problem, "read what has changed, then raise read-below", grave=False)


def unsafe_ranges(needs: Iterable[str], record: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield the requirements of ours that admit a version below the safe one."""
    for line in needs:
        need = Requirement(line)
        entry = record.get(canonicalize_name(need.name))
        if entry is not None and not _begins_at(need.specifier, entry.safe):
            problem = f"the range {need.specifier} admits versions before {entry.safe} ({entry.note})"
            yield Finding(need.name, problem, "raise its lower bound in pyproject.toml")


def _begins_at(range_: SpecifierSet, least: Version) -> bool:
    bounds = [Version(spec.version) for spec in range_ if spec.operator in (">=", ">", "==", "~=")]
    return least == Version("0") or any(bound >= least for bound in bounds)


def table(record: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the record as lines of a Markdown table."""
    yield "| distribution | licence | safe from | read below | note |"
    yield "|---|---|---|---|---|"
    for name, entry in sorted(record.items()):
        safe = "" if entry.safe == Version("0") else str(entry.safe)
        yield f"| {name} | {entry.licence} | {safe} | {entry.read_below} | {entry.note} |"


def main() -> int:
    """Print the findings, or the record; return 1 if one of them is grave."""
    parser = argparse.ArgumentParser(description="Audit the dependencies against the record, offline.")
    parser.add_argument("--table", action="store_true", help="print the record as a Markdown table")
    record = read_record()
    if parser.parse_args().table:
        print("\n".join(table(record)))
        return 0
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = {n: needs for n, needs in project["optional-dependencies"].items() if n not in NOT_FOR_USERS}
    found = installed(project["name"], extras)
    del found[canonicalize_name(project["name"])]
    needs = [*project["dependencies"], *(need for list_ in extras.values() for need in list_)]
    told = [*findings(found, record), *unsafe_ranges(needs, record)]
    for finding in told:
        grade = "" if finding.grave else " (to be read)"
        print(f"{finding.name}: {finding.problem}; {finding.remedy}{grade}", file=sys.stderr)
    print(f"{len(found)} dependencies audited, {len(told)} findings", file=sys.stderr)
    return 1 if any(finding.grave for finding in told) else 0


if __name__ == "__main__":
    sys.exit(main())
