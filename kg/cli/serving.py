"""The command that serves a store: an endpoint for programs and pages for people."""

from __future__ import annotations

import webbrowser
from dataclasses import replace
from pathlib import Path

import click

from kg.cli.store_option import store_option
from kg.cli.terminal import tell

_MEGABYTE = 1_000_000


@click.command()
@store_option()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port to listen on; 0 is any free one.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Another name by which this service is reached.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Site whose pages may ask, such as https://example.org; * is all.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="Seconds a query may take.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=500_000, show_default=True, help="Rows an answer may have."
)
@click.option(
    "--max-megabytes", type=click.IntRange(1), default=200, show_default=True, help="Length of an answer."
)
@click.option(
    "--max-memory",
    type=click.IntRange(50),
    default=1000,
    show_default=True,
    help="Megabytes of memory a query may take.",
)
@click.option(
    "--workers",
    type=click.IntRange(2, 256),
    default=None,
    help="Queries answered at once.  [default: 8 or more]",
)
@click.option("--open", "in_browser", is_flag=True, help="Open the pages in a browser.")
def serve(
    store_path: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    seconds: float,
    max_rows: int,
    max_megabytes: int,
    max_memory: int,
    workers: int | None,
    in_browser: bool,
) -> None:
    """Serve a store: pages to look around in, and a SPARQL endpoint.

    Everything stays on this computer unless --host says otherwise. Nothing can be changed through it. What a
    writer publishes meanwhile is seen by the next request. Ctrl-C ends it.

    \b
    Examples:
      govkg serve --store my.kg --open
      govkg serve --store my.kg --port 9000 --timeout 120
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ?p { ?p a gov:Person }' \\
        http://localhost:8765/sparql
    """
    from kg.service.running import run
    from kg.service.security import is_loopback
    from kg.service.settings import Limits, Settings

    limits = Limits(seconds, max_rows, max_megabytes * _MEGABYTE, max_memory * _MEGABYTE)
    settings = Settings(host, port, hosts, origins, limits)
    if workers is not None:
        settings = replace(settings, workers=workers)

    if not is_loopback(host):
        tell(
            "anybody who can reach this computer over the network can ask now, by the names"
            f" {', '.join((host, *hosts))}; name others with --allow-host"
        )

    def ready(address: str) -> None:
        tell(f"{address} has the pages, {address}sparql the endpoint; Ctrl-C ends it")
        if in_browser:
            webbrowser.open(address)

    run(store_path, settings, ready)
