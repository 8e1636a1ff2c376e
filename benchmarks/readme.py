"""What the README shows, made by running it: the output of its commands, and the figures.

    python -m benchmarks.readme

runs every command and the Python of README.md in a scratch folder with the sample articles, and writes
the outputs and figures anew, those of docs/extraction.md too.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import figures, judged

ROOT = Path(__file__).parent.parent

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_JUDGED = re.compile(r"(<!-- judged.*?-->\n).*?(<!-- end of judged -->)", re.DOTALL)
_FIGURES = re.compile(r"(<!-- figures.*?-->\n).*?(<!-- end of figures -->)", re.DOTALL)


class CommandError(Exception):
    """A command of the README that does not end well."""


def blocks(text: str, language: str) -> list[str]:
    """Return the contents of the README's blocks of a language."""
    return [body for name, body in _BLOCK.findall(text) if name == language]


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder as after `make demo`, with some articles of one's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").symlink_to(ROOT / "data")
        (folder / "my-articles").symlink_to(ROOT / "data" / "articles")
        (folder / "exports").mkdir()
        run("govkg build data/articles --store exports/demo.kg", folder)
        yield folder


def run(command: str, folder: Path) -> str:
    """Return what a command prints on stdout; raises CommandError if it does not end with status 0."""
    scripts = sysconfig.get_path("scripts")
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"{command}\n{done.stderr}")
    return done.stdout


def with_outputs(text: str, folder: Path) -> str:
    """Return the README with the output of each `$ command` of its console blocks written anew."""

    def renewed(block: re.Match[str]) -> str:
        if block[1] != "console":
            return block[0]
        commands = [line.removeprefix("$ ") for line in block[2].splitlines() if line.startswith("$ ")]
        shown = "".join(f"$ {command}\n{run(command, folder)}" for command in commands)
        return f"```console\n{shown}```"

    return _BLOCK.sub(renewed, text)


def with_figures(text: str) -> str:
    """Return the README with the table of figures written anew; a set that is not here keeps its row."""
    old = {line.split("|")[1].strip(): line for line in text.splitlines() if line.count("|") > 8}
    rows = {line.split("|")[1].strip(): line for line in figures.lines(figures.sets())}
    table = "\n".join({**rows, **{name: line for name, line in old.items() if name not in rows}}.values())
    return _FIGURES.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text)


def with_judged(text: str) -> str:
    """Return the page on extraction with the table of the judged facts written anew."""
    table = "\n".join(judged.lines())
    return _JUDGED.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text)


def python_output(code: str, folder: Path) -> str:
    """Return what the README's Python prints, run in the folder."""
    return run(f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}", folder)


def main() -> None:
    """Write README.md and the page on extraction anew."""
    page = ROOT / "docs" / "extraction.md"
    page.write_text(with_judged(page.read_text(encoding="utf-8")), encoding="utf-8")
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    with scratch_folder() as folder:
        text = with_outputs(text, folder)
    path.write_text(with_figures(text), encoding="utf-8")
    print(f"wrote {path.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
