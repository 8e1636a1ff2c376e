"""The options that name a store: its folder, or for commands that read, the SPARQL service that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.terminal import Reporter

if TYPE_CHECKING:
    from kg.endpoint import Endpoint
    from kg.store import Store

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


def reading_options(command: _Command) -> _Command:
    """Give a command `--store` and `--endpoint`, as the arguments `store_path` and `endpoint`."""
    endpoint = click.option(
        "--endpoint",
        envvar="GOVKG_ENDPOINT",
        show_envvar=True,
        metavar="URL",
        help="SPARQL service to read in place of a store.",
    )
    return store_option(required=False)(endpoint(command))


@contextmanager
def reading(store_path: Path | None, endpoint: str | None) -> Iterator[Store | Endpoint]:
    """Give the store or service that the options of a command name, to ask it."""
    from kg.endpoint import Endpoint
    from kg.store import Store

    chosen = _chosen(store_path, endpoint)
    with Endpoint(chosen) if isinstance(chosen, str) else Store.open(chosen) as opened:
        yield opened


@contextmanager
def copying(store_path: Path | None, endpoint: str | None) -> Iterator[Store]:
    """Give the store that the options of a command name, or a passing copy of what the service holds."""
    from kg.endpoint import Endpoint
    from kg.endpoint_copy import copied_store

    with ExitStack() as stack:
        opened = stack.enter_context(reading(store_path, endpoint))
        if not isinstance(opened, Endpoint):
            yield opened
            return
        with Reporter().progress(f"quads copied from {opened.url}") as on_progress:
            copy = stack.enter_context(copied_store(opened, on_progress))
        yield copy


def _chosen(store_path: Path | None, endpoint: str | None) -> Path | str:
    """Return the folder or the address; what is written in the command goes before the environment."""
    context = click.get_current_context()
    written = click.core.ParameterSource.COMMANDLINE
    is_written = [context.get_parameter_source(name) is written for name in ("store_path", "endpoint")]
    if store_path is not None and endpoint is not None:
        if is_written[0] == is_written[1]:
            raise click.UsageError("--store and --endpoint both say what to read; give one")
        return store_path if is_written[0] else endpoint
    chosen = store_path or endpoint
    if chosen is None:
        raise click.UsageError("no store; give --store DIR or --endpoint URL")
    return chosen
