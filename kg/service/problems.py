"""Why a query has no answer, other than its own mistakes."""

from __future__ import annotations

from extract.errors import GovkgError
from kg.errors import QueryError
from kg.service.messages import Limit, Outcome
from kg.service.settings import Limits


class LimitReachedError(GovkgError):
    """A query that was stopped because it took more than it may."""


class BusyError(GovkgError):
    """A query that was sent away because too many others are being answered."""


class FormatError(GovkgError):
    """An answer that cannot be written in any format that was asked for."""


class WorkerError(GovkgError):
    """A worker that ended, or could not answer, for a reason of its own."""


class ServiceError(GovkgError):
    """A service that cannot be started."""


def problem_of(outcome: Outcome, limits: Limits) -> GovkgError:
    """Return why a worker has no answer."""
    problem = outcome.problem
    if problem == "refused":
        return QueryError(outcome.message, entry=outcome.entry or None, remedy=outcome.remedy or None)
    if problem == "format":
        what = "a graph" if outcome.kind == "graph" else "a table"
        return FormatError(
            f"the answer is {what}, and none of the formats asked for can hold it",
            remedy="accept Turtle, N-Triples, JSON-LD or RDF/XML"
            if outcome.kind == "graph"
            else "accept SPARQL JSON or XML, CSV or TSV",
        )
    if problem in ("time", "rows", "bytes", "memory"):
        return stopped(problem, limits)
    return WorkerError(outcome.message, remedy=outcome.remedy or None)


def stopped(limit: Limit, limits: Limits) -> LimitReachedError:
    """Return which limit stopped a query."""
    reached = {
        "time": f"{limits.seconds:g} seconds",
        "rows": f"{limits.rows:,} rows",
        "bytes": f"{limits.bytes:,} bytes of answer",
        "memory": f"{limits.memory:,} bytes of memory",
    }
    return LimitReachedError(
        f"the query was stopped at the limit of {reached[limit]}",
        remedy="ask for less at a time, with LIMIT and OFFSET or with more conditions; whoever runs the"
        " service can raise the limit",
    )


def too_deep() -> QueryError:
    """Return why a query made its worker run out of stack."""
    return QueryError("the query is nested too deeply", remedy="take out brackets, or split it")


def too_many() -> BusyError:
    """Return why a query is sent away."""
    return BusyError("too many queries are waiting", remedy="ask again in a few seconds")
