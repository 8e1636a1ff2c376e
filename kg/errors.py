"""Errors that a user of the graph can meet; each names what is wrong and the remedy."""

from __future__ import annotations

from extract.errors import GovkgError


class StoreError(GovkgError):
    """A store that cannot be opened, written or read."""


class QueryError(GovkgError):
    """A question that cannot be asked: unknown, malformed, or not a read."""


class QuerySyntaxError(QueryError):
    """A query that is not valid SPARQL; `excerpt` is the line of the mistake with a caret below it."""

    def __init__(self, problem: str, *, line: int, remedy: str, excerpt: str = "") -> None:
        """Say what is wrong in which line, counted from 1."""
        self.line = line
        self.excerpt = excerpt
        super().__init__(problem, entry=f"line {line}", remedy=remedy)


class ExportError(GovkgError):
    """An export that cannot be written."""


class OntologyError(GovkgError):
    """An ontology file that is missing, or relation files that contradict it."""


class ShapeError(GovkgError):
    """An article whose facts would break the ontology's shapes."""


class VocabularyError(GovkgError, AttributeError):
    """A term that its namespace does not have, most often a misspelling."""


class ViewError(GovkgError):
    """A network view that does not exist, or whose file is not valid."""


class MeasureError(GovkgError):
    """A measure or a figure that cannot be made."""


class LayoutError(GovkgError):
    """A file with a layout that cannot be read, or that does not fit the network."""


class RulingsError(GovkgError):
    """A file of curators' rulings that does not keep its format, or contradicts itself."""


class EndpointError(GovkgError):
    """A server that cannot be reached, or does not answer as a SPARQL service does."""


class EndpointRefusedError(EndpointError):
    """An answer of a server that says no; `status` is the HTTP status."""

    def __init__(self, status: int, problem: str, *, file: str, remedy: str) -> None:
        """Say which status the server gave, and what it means."""
        super().__init__(problem, file=file, remedy=remedy)
        self.status = status
