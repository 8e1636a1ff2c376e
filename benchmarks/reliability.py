"""The tables of docs/reliability.md, from the counts that the trials kept.

    python -m benchmarks.reliability

`make fuzz` and `make faults` keep counts under data/reliability; this puts their tables into the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.faults.run import RESULT as FAULTS
from benchmarks.faults.run import table as fault_table
from benchmarks.faults.trials import Outcome
from benchmarks.fuzzing.run import RESULT as FUZZING
from benchmarks.fuzzing.run import table as fuzzing_table

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"


def with_tables(page: str) -> str:
    """Return the page with its tables written anew."""
    page = _with(page, "fuzzing", fuzzing_table(json.loads(FUZZING.read_text(encoding="utf-8"))))
    outcomes = [Outcome(**row) for row in json.loads(FAULTS.read_text(encoding="utf-8"))]
    return _with(page, "faults", fault_table(outcomes))


def _with(page: str, name: str, lines: Iterable[str]) -> str:
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    table = "\n".join(lines)
    return place.sub(lambda found: f"{found[1]}{table}\n{found[2]}", page)


def main() -> None:
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE.name}")


if __name__ == "__main__":
    main()
