"""Commands for curators: what to look at, and what they rule."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.store_option import copying, reading_options, store_option
from kg.cli.terminal import printable, tell, tell_error
from kg.whole_files import STDOUT, whole_file

if TYPE_CHECKING:
    from kg.curation.questions import End, Question, Quotation
    from kg.rulings import Signed

_KEYS = {"s": "same", "d": "different", "r": "right", "w": "wrong"}

_by_option = click.option(
    "--by", metavar="NAME", default=getpass.getuser, help="Who rules; by default your user name."
)
_date_option = click.option("--date", metavar="DAY", help="Day of the rulings, 2024-05-31; by default today.")


@click.command()
@reading_options
@click.option(
    "-o", "--output", metavar="FILE", help="Write a sheet (CSV) to fill in, and ask nothing; `-` is stdout."
)
@click.option(
    "--rulings", metavar="FILE", type=click.Path(path_type=Path), help="File that takes the answers."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N questions.")
@click.option(
    "--only",
    type=click.Choice(("pairs", "facts")),
    help="Only pairs that may be one, or only facts.",
)
@click.option(
    "--low",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    metavar="X",
    help="Ask about facts with less confidence than X.",
)
@_by_option
@_date_option
def review(
    store_path: Path | None,
    endpoint: str | None,
    output: str | None,
    rulings: Path | None,
    limit: int | None,
    only: str | None,
    low: float,
    by: str,
    date: str | None,
) -> None:
    """Look through what is unsure in a store, the most consequential first.

    Asks about pairs that may be one, and about facts of low confidence, with the sentences they rest
    on. Answers go to the file of rulings at once; `govkg curate` applies them. With -o the questions go
    to a sheet instead, which `govkg curate --sheet` reads when it is filled in.

    \b
    Examples:
      govkg review --store my.kg --rulings rulings.tsv
      govkg review --store my.kg --only pairs -o sheet.csv
    """
    if output is None and rulings is None:
        raise click.UsageError("give --rulings FILE for the answers, or -o FILE for a sheet")
    signed = _signed(by, date)
    from kg.curation.questions import PairQuestion, questions

    with copying(store_path, endpoint) as store:
        found = questions(store.database, low=low)
    if only is not None:
        found = [q for q in found if isinstance(q, PairQuestion) is (only == "pairs")]
    found = found[:limit]
    if output is not None:
        from kg.curation.sheet import write_sheet

        with whole_file(output) as out:
            out.write(write_sheet(found).encode("utf-8"))
        tell(f"{len(found):,} questions" + ("" if output == STDOUT else f" in {output}"))
        return
    assert rulings is not None
    _ask(found, rulings, signed)


def _ask(found: list[Question], rulings: Path, signed: Signed) -> None:
    from kg.curation.answers import ANSWERS, append_rulings, ruling_of
    from kg.errors import RulingsError
    from kg.rulings import Signed

    added = 0
    for number, question in enumerate(found, 1):
        click.echo(f"\n{number} of {len(found)}")
        _show(question)
        allowed = ANSWERS[type(question)]
        answer, note = _answer(allowed)
        if answer == "quit":
            break
        if answer in allowed:
            ruling = ruling_of(question, answer, Signed(signed.by, signed.date, note))
            try:
                added += append_rulings(rulings, [ruling])
            except RulingsError as error:
                tell_error(error)
    if not found:
        tell("nothing is unsure")
    tell(f"{added:,} rulings added to {rulings}; `govkg curate {rulings} --store …` applies what it holds")


def _answer(allowed: Iterable[str]) -> tuple[str, str]:
    """Ask until the answer is understood; return it, "" to pass over, and the note written after it."""
    keys = {key: word for key, word in _KEYS.items() if word in allowed}
    choices = ", ".join(f"[{key}]{word[1:]}" for key, word in keys.items())
    while True:
        try:
            line = click.prompt(
                f"{choices}, [n]ext, [q]uit; a note may follow", default="n", show_default=False
            )
        except click.Abort:
            click.echo()
            return "quit", ""
        word, _, note = line.strip().partition(" ")
        if word[:1] in ("q", "n"):
            return ("quit" if word[:1] == "q" else ""), ""
        if word in keys or word in keys.values():
            return keys.get(word, word), " ".join(note.split())


def _show(question: Question) -> None:
    from kg.curation.questions import PairQuestion
    from kg.curation.sheet import fact_text, pair_text

    if isinstance(question, PairQuestion):
        click.echo(printable(pair_text(question)))
        click.echo(printable(f"  score {question.score:g}: {question.reasons}"))
        for end in (question.first, question.second):
            _show_end(end)
    else:
        click.echo(printable(fact_text(question)))
        click.echo(printable(f"  confidence {question.confidence:g}: {question.rule}"))
        _show_quotations(question.quotations)


def _show_end(end: End) -> None:
    click.echo(printable(f"  {end.label}"))
    _show_quotations(end.quotations)


def _show_quotations(quotations: Iterable[Quotation]) -> None:
    for quotation in quotations:
        where = " ".join(filter(None, (quotation.article, quotation.date)))
        click.echo(printable(f"    {quotation.sentence or quotation.title} ({where})".replace("\n", " ")))


@click.command()
@click.argument("rulings", type=click.Path(path_type=Path, dir_okay=False))
@store_option()
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="First add what was filled in on a sheet of `govkg review -o` to the rulings.",
)
@_by_option
@_date_option
def curate(rulings: Path, store_path: Path, sheets: tuple[Path, ...], by: str, date: str | None) -> None:
    """Apply curators' rulings to a store: all that the file RULINGS holds, and no others.

    The file is a table with a ruling a line: same, different, rename, wrong or missing. A ruling that
    is taken out of it is undone. Rulings hold for articles that are added later, too; to a store that
    is built anew, they are applied again.

    \b
    Examples:
      govkg curate rulings.tsv --store my.kg
      govkg curate rulings.tsv --sheet filled.csv --by 编者 --store my.kg
    """
    signed = _signed(by, date)
    from kg.curation.answers import append_rulings, read_rulings_file
    from kg.curation.sheet import read_sheet
    from kg.curation.unmet import unmet
    from kg.rulings import ruling_line
    from kg.store import Store

    for sheet in sheets:
        added = append_rulings(rulings, read_sheet(sheet.read_bytes(), str(sheet), signed))
        tell(f"{added:,} rulings of {sheet} added to {rulings}")
    wanted = read_rulings_file(rulings)
    with Store.open(store_path, write=True) as store:
        before = {ruling_line(ruling) for ruling in store.rulings()}
        after = {ruling_line(ruling) for ruling in wanted}
        if before != after:
            store.curate(wanted)
        for ruling in unmet(store.database, wanted):
            tell(f"note: nothing in the store is meant by: {' '.join(ruling_line(ruling).split())}")
    tell(
        f"{len(after):,} rulings hold in {store_path}: "
        f"{len(after - before):,} new, {len(before - after):,} taken back"
    )


def _signed(by: str, date: str | None) -> Signed:
    from kg.rulings import Signed

    day = date or datetime.date.today().isoformat()
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        raise click.UsageError(f"--date takes a day such as 2024-05-31, not {day!r}") from None
    if not by.strip():
        raise click.UsageError("--by needs a name")
    return Signed(by.strip(), day)
