"""What a command says to the person at the terminal: errors, summaries, progress, tables."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from extract.errors import GovkgError
from kg.cli.pace import Pace

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 1
INTERRUPTED = 130

_WIDE = 100_000
_REFRESHES_A_SECOND = 4
# Characters that turn the direction of what follows could make a name read as another one.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    r"""Return the text with its control characters written out, so that none reaches the terminal.

    >>> printable("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in ("Cc", "Cs") or char in _TURNING
        else char
        for char in text
    )


def tell(line: str) -> None:
    """Print a line on stderr."""
    click.echo(printable(line), err=True)


def tell_error(error: GovkgError) -> None:
    """Print an error as one line on stderr, below it the place of a mistake in a query."""
    tell(f"error: {error}")
    for line in getattr(error, "excerpt", "").splitlines():
        tell(f"  {line}")


class Reporter:
    """Tells errors as they come and counts them; shows progress on a terminal unless quiet."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Start with no errors."""
        self.failed = 0
        self._quiet = quiet
        self._console: Console | None = None

    def error(self, error: GovkgError) -> None:
        """Tell of an input that failed."""
        self.failed += 1
        if self._console is None:
            tell_error(error)
        else:
            line = printable(f"error: {error}")
            self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def summary(self, line: str) -> None:
        """Print a line about what was done, with the number of inputs that failed."""
        if not self._quiet:
            tell(f"{line}; {self.failed} failed" if self.failed else line)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int], None]]:
        """Give a function that takes the number of things done so far."""
        with self._bar(what) as show:
            yield lambda done: show(done, "")

    @contextmanager
    def paced_progress(self, what: str, total: int | None) -> Iterator[Callable[[int, int], None]]:
        """Give a function that takes the number of things done, and how far of the total that is.

        Shows how many are done a second, and how long it will take if there is a total.
        """
        pace = Pace(total)
        with self._bar(what) as show:

            def done(count: int, position: int) -> None:
                pace.note(count, position)
                show(count, str(pace))

            yield done

    @contextmanager
    def _bar(self, what: str) -> Iterator[Callable[[int, str], None]]:
        """Give a function that shows a number of things done, and a remark."""
        if self._quiet or not sys.stderr.isatty():
            yield lambda done, remark: None
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._console = Console(stderr=True)
        columns = (
            SpinnerColumn(),
            TextColumn("{task.completed:,.0f} {task.description}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[remark]}"),
        )
        bar = Progress(
            *columns,
            console=self._console,
            transient=True,
            redirect_stdout=False,
            refresh_per_second=_REFRESHES_A_SECOND,
        )
        try:
            with bar:
                task = bar.add_task(what, total=None, remark="")
                yield lambda done, remark: bar.update(task, completed=done, remark=remark)
        finally:
            self._console = None

    def end(self) -> NoReturn:
        """End the command: exit status 1 if any input failed, else 0."""
        raise click.exceptions.Exit(FAILED if self.failed else 0)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table on stdout: folded to a terminal's width, one line a row elsewhere."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    is_terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if is_terminal else _WIDE, highlight=False)
    if is_terminal:
        console.print(table)
        return
    with console.capture() as capture:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))
