"""The command that loads a store into a server."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.private_option import private_option
from kg.cli.store_option import store_option
from kg.cli.terminal import Reporter

if TYPE_CHECKING:
    from kg.push.targets import Target


@click.command()
@store_option()
@click.option("--endpoint", metavar="URL", help="Address of a SPARQL service that answers what is there.")
@click.option(
    "--update", metavar="URL", help="Address that takes SPARQL Update; by default that of the endpoint."
)
@click.option(
    "--graph-store", metavar="URL", help="Address of a Graph Store, to write by that protocol instead."
)
@click.option("--replace", is_flag=True, help="Replace a dataset there that this store has not sent.")
@private_option("show")
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress.")
def push(
    store_path: Path,
    endpoint: str | None,
    update: str | None,
    graph_store: str | None,
    replace: bool,
    private: str,
    quiet: bool,
) -> None:
    """Load a store into a SPARQL server, and make the server hold what the store holds.

    It is sent in pieces. A push that was ended goes on where it was when it is run again; one of a store
    that has changed sends what has changed. Only the dataset's own graphs and, in the default graph, its
    own subjects are touched, but --graph-store alone replaces the default graph. Where the default graph
    shows all graphs, as in Virtuoso, the direct triples get a graph of their own, …/graph/facts.

    A name and password are taken from GOVKG_ENDPOINT_USER and GOVKG_ENDPOINT_PASSWORD, a token from
    GOVKG_ENDPOINT_TOKEN, when the server asks for them.

    \b
    Examples:
      govkg push --store my.kg --endpoint http://localhost:7878/query
      govkg push --store my.kg --endpoint http://localhost:8890/sparql-auth
      govkg push --store my.kg --graph-store http://localhost:7878/store
    """
    from kg.privacy.stores import PrivatePeople, shown_store
    from kg.push.pushing import push as push_store
    from kg.store import Store

    if endpoint is None and graph_store is None:
        raise click.UsageError("no server; give --endpoint URL or --graph-store URL")
    if update is not None and (graph_store is not None or endpoint is None):
        raise click.UsageError("--update goes with --endpoint, and without --graph-store")
    reporter = Reporter(quiet=quiet)
    with ExitStack() as stack:
        whole = stack.enter_context(Store.open(store_path))
        store = stack.enter_context(shown_store(whole, PrivatePeople(private)))
        target = _target(endpoint, update, graph_store, stack)
        on_progress = stack.enter_context(reporter.progress("triples"))
        done = push_store(store, target, store_path, on_progress, replace=replace)
    removed = f", {done.removed:,} graphs taken away" if done.removed else ""
    checked = "" if done.verified else "; what it holds was not compared: give --endpoint too"
    reporter.summary(
        f"{target.name}: {done.sent:,} triples sent, {done.kept:,} there already{removed}{checked}"
    )


def _target(endpoint: str | None, update: str | None, graph_store: str | None, stack: ExitStack) -> Target:
    from kg.endpoint import Endpoint
    from kg.push.targets import GraphStoreTarget, UpdateTarget
    from kg.web import Web

    asked = stack.enter_context(Endpoint(endpoint)) if endpoint is not None else None
    if graph_store is not None:
        return GraphStoreTarget(stack.enter_context(Web(graph_store)), asked)
    assert endpoint is not None and asked is not None
    return UpdateTarget(asked, stack.enter_context(Web(update or _update_address(endpoint))))


def _update_address(endpoint: str) -> str:
    """Return where the server of an endpoint takes updates: beside it, as Oxigraph and Fuseki have it."""
    address, mark, rest = endpoint.partition("?")
    return (
        address.removesuffix("/query") + "/update" + mark + rest if address.endswith("/query") else endpoint
    )
