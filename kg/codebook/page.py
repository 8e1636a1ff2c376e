"""The codebook as one HTML page, without scripts and without anything from elsewhere."""

from __future__ import annotations

from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined

from extract.language.relations import Text
from kg.codebook.contents import Codebook
from kg.codebook.words import WORDS
from kg.term_labels import ontology_terms

_TEMPLATE = "codebook.html"


def page(book: Codebook, *, language: str, title: str | None = None, is_stale: bool = False) -> str:
    """Return the page in Chinese (`zh`) or English (`en`).

    `is_stale` says that the figures were measured with other rules than those of now.
    """

    def say(text: Text) -> str:
        return text.zh if language == "zh" else text.en

    source = (resources.files("kg.codebook") / _TEMPLATE).read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({_TEMPLATE: source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(say=say, share=_share, shown=_shown)
    return environment.get_template(_TEMPLATE).render(
        book=book,
        language="zh-Hans" if language == "zh" else "en",
        words={name: say(text) for name, text in WORDS.items()},
        title=title or say(WORDS["title"]),
        is_stale=is_stale,
        kind=lambda name: say(WORDS["date"] if name == "Date" else ontology_terms()[name].label),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _shown(value: object) -> str:
    """A part of a rule as text: lists joined, yes and no by their signs."""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, (tuple, list)):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} {_shown(each)}" for name, each in value.items() if each not in ("", None))
    return str(value)
