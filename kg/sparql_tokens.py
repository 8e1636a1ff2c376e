"""The tokens of a query: enough to find its words, names, variables and braces."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                                  # IRI
    | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'              # strings
    | \#[^\n\r]*                                                 # comment
    | [?$][\w]+                                                  # variable
    | [\w.-]*:(?:[\w.:%-]|\\.)*                                  # prefixed name; \# begins no comment
    | \w+ | .
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(sparql: str) -> list[str]:
    """Return the query's tokens, blanks and comments among them: joined, they are the query."""
    return _TOKEN.findall(sparql)
