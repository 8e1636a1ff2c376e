"""The examples in docstrings are true."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["dates", "iris", "labels", "names", "register", "sparql", "spreadsheet"])
def test_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"kg.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
