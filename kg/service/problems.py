"""Why a query has no answer, other than its own mistakes."""

from __future__ import annotations

from extract.errors import GovkgError


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
