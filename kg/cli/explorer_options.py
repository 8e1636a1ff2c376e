"""The options by which `explore` asks for the part of a network around some entities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def focus_options(command: _Command) -> _Command:
    """Give a command the options `focus`, a tuple of names, and `depth`, a number of steps."""
    options = (
        click.option(
            "--focus",
            multiple=True,
            metavar="NAME",
            help="Only what is near the entity of that name or alias; may be repeated.",
        ),
        click.option(
            "--depth",
            type=click.IntRange(min=0),
            default=1,
            show_default=True,
            metavar="N",
            help="How many steps from the --focus still count as near.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
