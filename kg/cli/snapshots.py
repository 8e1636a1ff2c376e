"""Commands for what is published: snapshots of a store, and what changed from one to another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.private_option import private_option
from kg.cli.store_option import copying, reading_options
from kg.cli.terminal import printable, tell

if TYPE_CHECKING:
    from kg.snapshot_diff import FactChange, SnapshotDiff

_EXISTING = click.Path(path_type=Path)


@click.command()
@reading_options
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="New folder to write the snapshot to.",
)
@click.option("--title", metavar="TEXT", help="Title of the dataset.")
@click.option("--creator", default="", metavar="NAME", help="Who publishes it, for the citation.")
@click.option("--licence", default="", metavar="IRI", help="Address of the licence the dataset is under.")
@click.option("--issued", default="", metavar="DATE", help="Day of issue, 2024-05-31; none by default.")
@private_option("pseudonyms")
def snapshot(
    store_path: Path | None,
    endpoint: str | None,
    output: Path,
    title: str | None,
    creator: str,
    licence: str,
    issued: str,
    private: str,
) -> None:
    """Write a store as a folder to publish and cite.

    It holds the whole dataset as sorted N-Quads, the ledger and what curators stated, the digests of
    the input, versions, a description in VoID and DCAT, a citation and checksums. The same articles,
    ledger and curation give the same bytes on any machine.

    \b
    Example:
      govkg snapshot --store my.kg -o my-2024-05/ --creator "A. Scholar" --issued 2024-05-31
    """
    _check_day(issued)
    _check_address(licence)
    from kg.privacy.stores import PrivatePeople, pseudonyms_of
    from kg.snapshot import write_snapshot
    from kg.snapshot_description import About

    given = {"creator": creator, "licence": licence, "issued": issued}
    about = About(title=title, **given) if title else About(**given)
    with copying(store_path, endpoint) as store:
        names = pseudonyms_of(store, PrivatePeople(private))
        if names is None:
            written = write_snapshot(store, output, about)
        else:
            written = write_snapshot(store, output, about, transform=names.quads, article_id=names.article_id)
    tell(f"wrote {output}: {written.contents.quads:,} quads, {written.contents.facts:,} facts")
    click.echo(f"{written.sha256}  {output / 'dataset.nq'}")


def _check_day(issued: str) -> None:
    if issued:
        try:
            datetime.date.fromisoformat(issued)
        except ValueError:
            raise click.UsageError(f"--issued takes a day such as 2024-05-31, not {issued!r}") from None


def _check_address(licence: str) -> None:
    if licence and (not licence.startswith(("https://", "http://")) or any(c in licence for c in '<>" ')):
        raise click.UsageError(f"--licence takes a web address, not {licence!r}")


@click.command()
@click.argument("before", type=_EXISTING)
@click.argument("after", type=_EXISTING)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def diff(before: Path, after: Path, as_json: bool) -> None:
    """Tell what changed from one snapshot to another, in terms of facts.

    BEFORE and AFTER are folders that `govkg snapshot` wrote. Lists the articles, the facts with the
    articles that state them, who is taken for someone else now, and what is called otherwise.

    \b
    Example:
      govkg diff my-2024-04/ my-2024-05/
    """
    import msgspec

    from kg.snapshot_diff import diff as compare

    found = compare(before, after)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1))
        return
    for line in _lines(found):
        click.echo(printable(line))


def _lines(found: SnapshotDiff) -> Iterator[str]:
    if found.is_empty:
        yield "the same"
        return
    yield from _section("articles", found.articles_added, found.articles_removed, found.articles_changed)
    yield from _section(
        "facts",
        map(_fact, found.facts_added),
        map(_fact, found.facts_removed),
        map(_fact, found.facts_supported_otherwise),
    )
    moved = [f"{each.before} is now {each.after}{_where(each.articles)}" for each in found.identities]
    yield from _section("identities", [], [], moved)
    renamed = [f"{each.iri}: {each.before} is now {each.after}" for each in found.labels]
    yield from _section("names", [], [], renamed)
    yield f"quads: {found.quads_added:,} added, {found.quads_removed:,} removed"


def _section(
    name: str, added: Iterable[str], removed: Iterable[str], changed: Iterable[str]
) -> Iterator[str]:
    lists = (("+", list(added)), ("-", list(removed)), ("~", list(changed)))
    if not any(items for _, items in lists):
        return
    counts = zip(("added", "removed", "changed"), lists, strict=True)
    yield f"{name}: " + ", ".join(f"{len(items):,} {what}" for what, (_, items) in counts if items)
    for sign, items in lists:
        yield from (f"{sign} {item}" for item in items)


def _fact(change: FactChange) -> str:
    counts = (("gained", change.gained), ("lost", change.lost), ("changed", change.changed))
    told = ", ".join(f"{count} {what}" for what, count in counts if count)
    statements = f"; statements: {told}" if told else ""
    return f"{change.subject} {change.relation} {change.object}{statements}{_where(change.articles)}"


def _where(articles: Iterable[str]) -> str:
    listed = ", ".join(articles)
    return f" [{listed}]" if listed else ""
