"""The command that writes the codebook."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.store_option import copying, reading_options
from kg.cli.terminal import tell
from kg.whole_files import STDOUT, whole_file


@click.command()
@reading_options
@click.option("-o", "--output", required=True, metavar="FILE", help="HTML file to write; `-` is stdout.")
@click.option(
    "--language",
    type=click.Choice(("zh", "en")),
    default="zh",
    show_default=True,
    help="Language of the page.",
)
@click.option("--title", help="Title of the page.")
def codebook(
    store_path: Path | None, endpoint: str | None, output: str, language: str, title: str | None
) -> None:
    """Write the codebook: what each class and relation means, what finds it, how well, how often.

    It is made from the ontology, the relation files and what was measured against gold; with --store or
    --endpoint it also says how often each stands in that store.

    \b
    Examples:
      govkg codebook --store my.kg -o codebook.html
      govkg codebook --language en -o codebook-en.html
    """
    from kg.codebook.contents import codebook as contents
    from kg.codebook.counts import count
    from kg.codebook.measured import measured
    from kg.codebook.page import page
    from kg.snapshot import versions

    counts = None
    if store_path is not None or endpoint is not None:
        with copying(store_path, endpoint) as store:
            counts = count(store.database)
    figures = measured()
    is_stale = figures.language_data != versions()["language data sha256"]
    text = page(contents(figures, counts), language=language, title=title, is_stale=is_stale)
    with whole_file(output) as out:
        out.write(text.encode("utf-8"))
    if output != STDOUT:
        tell(f"wrote {output}")
