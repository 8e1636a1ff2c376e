"""The option that says what is done about private people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_CHOICES = ("show", "pseudonyms", "leave-out")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def private_option(default: str) -> Callable[[_Command], _Command]:
    """Return a decorator that gives a command the option `--private-people`, as the argument `private`."""
    return click.option(
        "--private-people",
        "private",
        type=click.Choice(_CHOICES),
        default=default,
        show_default=True,
        help="Residents and others without an office: by name, by pseudonym, or not at all.",
    )
