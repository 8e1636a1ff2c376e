"""The root of every error that a user of governance-kg can meet."""

from __future__ import annotations


class GovkgError(Exception):
    """Something a user can understand and mend.

    Carries what is wrong (`problem`), in which file, in which entry of it (a line number, a
    table key, a query name), and what to do (`remedy`). `str()` joins them into one line.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        entry: str | int | None = None,
        remedy: str | None = None,
    ) -> None:
        """Say what is wrong, and as far as known where, and what to do."""
        self.problem = problem
        self.file = file
        self.entry = entry
        self.remedy = remedy
        super().__init__(problem)

    def __str__(self) -> str:
        """Return file, entry, problem and remedy as one line."""
        where = self.file or ""
        if self.entry is not None:
            where = f"{where}:{self.entry}" if where else str(self.entry)
        text = f"{where}: {self.problem}" if where else self.problem
        return f"{text}; {self.remedy}" if self.remedy else text


class ArticleError(GovkgError):
    """An input that cannot be read as an article."""


class FactsError(GovkgError):
    """A facts file that does not keep the contract."""


class LanguageDataError(GovkgError):
    """A lexicon or relation file that is not valid."""


class GoldError(GovkgError):
    """A gold file that does not keep its format."""
