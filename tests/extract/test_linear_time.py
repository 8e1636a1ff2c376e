"""Hostile texts end in time: nothing is quadratic in the text.

Each runs in a process of its own that is stopped after a minute; a linear engine needs some seconds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.agreement import grounded_facts
from extract.records import read_facts
from tests.extract.hostile_texts import hostile_texts

_ROOT = Path(__file__).parent.parent.parent
_SECONDS = 60
_LONGEST_NAME = 100


@pytest.mark.parametrize("name", hostile_texts())
def test_a_hostile_text_ends_in_time_with_a_sane_record(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.extract.hostile_texts", name],
        cwd=_ROOT,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    (record,) = read_facts(done.stdout.splitlines(), "hostile texts")
    text = hostile_texts()[name]
    assert record.article.text == text
    assert all(len(entity.name) <= _LONGEST_NAME for entity in record.entities)
    assert all(entity.name for entity in record.entities)
    assert all(grounded_facts(record))
    assert len(record.facts) <= len(text)
