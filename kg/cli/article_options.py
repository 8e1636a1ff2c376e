"""The options by which commands read articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.errors import ArticleError
from extract.tables import FIELDS

if TYPE_CHECKING:
    from extract.articles import ReadOptions

_FORMATS = ("auto", "text", "html", "jsonl", "csv")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def article_options(command: _Command) -> _Command:
    """Give a command the options that `read_options` turns into ReadOptions."""
    for field in reversed(FIELDS):
        described = f"Column or key that holds the {field}; by default its usual names."
        command = click.option(f"--{field}-column", metavar="NAME", help=described)(command)
    options = (
        click.option(
            "--format",
            type=click.Choice(_FORMATS),
            default="auto",
            show_default=True,
            help="Format of the articles.",
        ),
        click.option("--encoding", metavar="NAME", help="Encoding of the articles; by default found out."),
        click.option(
            "--base",
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder that article ids are relative to; by default the folder given.",
        ),
        click.option(
            "--max-characters",
            type=click.IntRange(min=1),
            help="Longest article that is read, in characters.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_options(given: dict[str, Any]) -> ReadOptions:
    """Return what the options of `article_options` say; an unknown encoding is a usage error."""
    from extract.articles import MAX_CHARACTERS, ReadOptions

    columns = {field: given[f"{field}_column"] for field in FIELDS if given[f"{field}_column"] is not None}
    try:
        return ReadOptions(
            format=given["format"],
            columns=columns,
            base=given["base"],
            encoding=given["encoding"],
            max_characters=given["max_characters"] or MAX_CHARACTERS,
        )
    except ArticleError as error:
        raise click.UsageError(str(error)) from error
