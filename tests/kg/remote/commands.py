"""The command line as the tests run it: here, or in a process that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys

from click.testing import CliRunner, Result

from kg.cli import main


def govkg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def process(*arguments: object) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own, with the modules of the tests."""
    code = "from kg.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
