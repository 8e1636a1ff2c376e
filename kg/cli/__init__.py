"""The command line: `govkg`, one command a task, each in a module with its neighbours."""

from __future__ import annotations

import os
import sys

import click

from extract.errors import GovkgError
from kg.cli.asking import articles, info, query
from kg.cli.building import build, remove
from kg.cli.curating import curate, review
from kg.cli.describing import codebook
from kg.cli.drawing import explore, export
from kg.cli.evaluating import evaluate
from kg.cli.extraction import extract
from kg.cli.measuring import stats, views
from kg.cli.merging import merge
from kg.cli.pushing import push
from kg.cli.serving import serve
from kg.cli.snapshots import diff, snapshot
from kg.cli.terminal import FAILED, INTERRUPTED, tell_error
from kg.cli.validating import validate
from kg.errors import QueryError, ViewError
from kg.store_folder import damage_told_by

WRONG_USAGE = 2


class _Commands(click.Group):
    """A group whose errors are one line each, and which ends quietly when interrupted."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; exit 1 for an error of the data, 2 for what was asked wrongly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except GovkgError as error:
            tell_error(error)
            ctx.exit(WRONG_USAGE if isinstance(error, QueryError | ViewError) else FAILED)
        except BrokenPipeError:
            # Nobody reads on; Python's flush at exit must not complain about it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(FAILED)
        except (RuntimeError, OSError) as error:
            damage = damage_told_by(error)
            if damage is None:
                raise
            tell_error(damage)
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            click.echo("interrupted: nothing half written was left", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="governance-kg", prog_name="govkg")
def main() -> None:
    """Chinese local-governance news as a knowledge graph.

    Every fact leads back to the sentence that states it.

    \b
    Examples:
      govkg build my-articles/ --store my.kg
      govkg query offices-of --store my.kg
      govkg explore --store my.kg -o graph.html
      govkg stats --view coattendance --store my.kg

    Exit status: 0 all well, 1 some inputs failed, 2 wrong usage.
    """


for _command in (
    extract,
    merge,
    evaluate,
    build,
    remove,
    validate,
    review,
    curate,
    articles,
    info,
    query,
    serve,
    views,
    stats,
    explore,
    export,
    push,
    codebook,
    snapshot,
    diff,
):
    main.add_command(_command)
