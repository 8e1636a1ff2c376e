"""The audit of dependencies: each thing it should tell, told of real distributions."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType

import pytest
from packaging.version import Version

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", AUDIT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


def test_what_is_installed_has_no_grave_finding() -> None:
    run = subprocess.run([sys.executable, str(AUDIT)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "dependencies audited" in run.stderr


def test_needs_of_needs_are_audited(audit: ModuleType) -> None:
    found = audit.installed("rich", [])
    assert {"rich", "markdown-it-py", "mdurl"} <= found.keys()


@pytest.mark.parametrize(
    ("changed", "problem", "grave"),
    [
        (None, "not in the record", True),
        ({"safe": Version("999")}, "older than 999", True),
        ({"read_below": Version("1")}, "newer than what was read", False),
        ({"licence": "Proprietary"}, "its licence is now", False),
    ],
)
def test_each_kind_of_finding(
    audit: ModuleType, changed: dict[str, object] | None, problem: str, grave: bool
) -> None:
    entry = audit.read_record()["rich"]
    fields = {name: getattr(entry, name) for name in ("licence", "safe", "read_below", "note")}
    record = {} if changed is None else {"rich": audit.Entry(**(fields | changed))}
    (finding,) = audit.findings({"rich": distribution("rich")}, record)
    assert problem in finding.problem
    assert finding.grave is grave


def test_a_range_that_admits_an_unsafe_version_is_told(audit: ModuleType) -> None:
    record = audit.read_record()
    told = [finding.name for finding in audit.unsafe_ranges(["jinja2>=3,<4", "lxml>=5.2", "rich"], record)]
    assert told == ["jinja2"]
