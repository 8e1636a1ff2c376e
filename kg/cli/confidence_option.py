"""The option of commands that leave out facts of little confidence."""

from __future__ import annotations

import click

min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out facts with less confidence than X, from 0 to 1.",
)
