"""The words of news pages: furniture, labels and by-lines, as sets ready for use.

Read once from `furniture.tsv`, `byline_labels.tsv`, `byline_words.tsv` and `common_characters.tsv`, which
say what belongs in them; they are in simplified characters, and traditional forms are added.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from extract.errors import LanguageDataError
from extract.language.lexicon_files import Column, Row, read_rows, read_table, split_list
from extract.scripts import traditional_forms


def _kinds(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FURNITURE_KINDS = _kinds(
    "navigation clock size counter share action copyright footer browser list image original filler"
)
_LABEL_KINDS = _kinds("source author editor date update counter credit where")
_WORD_KINDS = _kinds("role own activity column media credit-end agency not-name")
_FURNITURE = (
    Column("form"),
    Column("kind", _FURNITURE_KINDS),
    Column("match", frozenset({"word", "start", "inside"})),
)
_LABELS = (
    Column("form"),
    Column("kind", _LABEL_KINDS),
    Column("place", frozenset({"head", "line", "any"})),
)
_WORDS = (Column("form"), Column("kinds"))
_CHARACTERS = (Column("characters"), Column("script", _kinds("simplified traditional punctuation")))


@dataclass(frozen=True, slots=True)
class Label:
    """A label before a colon: what follows it, and where it counts (head, line, any)."""

    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class PageLexicon:
    """All words of pages; `by_word`, `by_start` and `inside` give a furniture kind for a form."""

    by_word: dict[str, str]
    by_start: dict[str, str]
    inside: dict[str, str]
    labels: dict[str, Label]
    words: dict[str, frozenset[str]]
    surnames: frozenset[str]


@cache
def page_lexicon() -> PageLexicon:
    """Return the lexicon of pages. Raises LanguageDataError where a file of it is not valid."""
    furniture = _in_both_scripts(_read("furniture", _FURNITURE))
    words: dict[str, set[str]] = {kind: set() for kind in _WORD_KINDS}
    for form, kinds in _in_both_scripts(_read("byline_words", _WORDS)):
        for kind in split_list(kinds):
            if kind not in _WORD_KINDS:
                raise LanguageDataError(
                    f"{form}: kind cannot be {kind!r}",
                    file="byline_words.tsv",
                    remedy=f"choose of {', '.join(sorted(_WORD_KINDS))}",
                )
            words[kind].add(form)
    labels = _in_both_scripts(_read("byline_labels", _LABELS))
    return PageLexicon(
        by_word={form: kind for form, kind, match in furniture if match == "word"},
        by_start={form: kind for form, kind, match in furniture if match == "start"},
        inside={form: kind for form, kind, match in furniture if match == "inside"},
        labels={form: Label(kind, place) for form, kind, place in labels},
        words={kind: frozenset(forms) for kind, forms in words.items()},
        surnames=frozenset(row[0] for row in _in_both_scripts(read_table("surnames"))),
    )


def _in_both_scripts(rows: list[Row]) -> list[Row]:
    """Return the rows, and each again for the traditional forms of its first cell that are no row yet."""
    present = {row[0] for row in rows}
    more = [(form, *row[1:]) for row in rows for form in sorted(traditional_forms(row[0]) - present)]
    return rows + more


@cache
def common_characters() -> frozenset[str]:
    """Return the commonest characters of Chinese news, simplified, traditional and punctuation."""
    return frozenset("".join(characters for characters, _ in _read("common_characters", _CHARACTERS)))


def _read(name: str, columns: tuple[Column, ...]) -> list[Row]:
    return read_rows(resources.files("extract.language") / "lexicon" / f"{name}.tsv", columns)
