"""The option that names a store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def store_option(*, must_exist: bool = True, required: bool = True) -> Callable[[_Command], _Command]:
    """Return a decorator that gives a command the option `--store`, as the argument `store_path`."""
    described = "Folder of the store." if must_exist else "Folder of the store; made if it is not there."
    return click.option(
        "--store",
        "store_path",
        required=required,
        envvar="GOVKG_STORE",
        show_envvar=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=described,
    )
