"""The codebook holds every class, relation and rule, with figures, examples and the store's own counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner

from extract.records import ENTITY_TYPES
from kg.cli import main
from kg.codebook.contents import codebook
from kg.codebook.counts import Counts, count
from kg.codebook.measured import Measure, Measured, MeasuredSet, RuleMeasure, measured
from kg.codebook.page import page
from kg.errors import OntologyError
from kg.store import Store
from kg.vocabulary import RELATIONS
from tests.kg.sample_facts import samples

FIGURES = Measured(
    "0" * 64,
    (
        MeasuredSet(
            "cases",
            12,
            {"Person": Measure(8, 2, 0)},
            {"chaired": Measure(3, 1, 2)},
            {"chaired/presided": RuleMeasure(4, 1)},
        ),
    ),
)


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counts]:
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as store:
        store.add(samples())
        yield count(store.database)


def section(html: str, name: str) -> str:
    (found,) = (node for node in lxml.html.fromstring(html).iter("section") if node.get("id") == name)
    return re.sub(r"\s+", " ", " ".join(map(str, found.itertext())))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_class_relation_and_rule_is_there(language: str, counts: Counts) -> None:
    html = page(codebook(measured(), counts), language=language)
    for kind in ENTITY_TYPES:
        assert f"gov:{kind}" in section(html, kind)
    for relation in RELATIONS.values():
        text = section(html, relation.name)
        definition = relation.definition.zh if language == "zh" else relation.definition.en
        assert re.sub(r"\s+", " ", definition) in text
        for rule in relation.rules:
            assert f"{relation.name}/{rule.id}" in text
            for example in rule.examples:
                assert re.sub(r"\s+", " ", example.text) in text


def test_figures_are_those_measured(counts: Counts) -> None:
    html = page(codebook(FIGURES, counts), language="en")
    assert "cases (our own, harder) 0.80 1.00 8" in section(html, "Person")
    assert "0.75 0.60 5" in section(html, "chaired")
    assert "Gold holds none." in section(html, "hosted")


def test_counts_are_the_stores(counts: Counts) -> None:
    html = page(codebook(FIGURES, counts), language="en")
    assert "2 statements, 2 distinct facts, 2 articles" in section(html, "discussed")
    assert "of these only planned 1" in section(html, "practises")
    assert "5 articles" in html
    people = section(html, "Person")
    assert "陶望舒" in people
    assert "柳青禾" not in people  # a resident is counted, and not named


def test_without_a_store_there_are_no_counts() -> None:
    html = page(codebook(FIGURES, None), language="zh")
    assert "未指定图谱" in html
    assert "陈述" not in section(html, "discussed")


def test_it_says_when_rules_have_changed_since_they_were_measured() -> None:
    assert "may no longer be exact" in page(codebook(FIGURES, None), language="en", is_stale=True)
    assert "may no longer be exact" not in page(codebook(FIGURES, None), language="en")


def test_the_page_runs_and_loads_nothing(counts: Counts) -> None:
    html = page(codebook(FIGURES, counts), language="zh", title="<script>alert(1)</script>")
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)


def test_figures_that_are_broken_say_so(tmp_path: Path) -> None:
    (tmp_path / "measured.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"benchmarks\.measured"):
        measured(tmp_path / "measured.json")


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    target = tmp_path / "codebook.html"
    result = CliRunner().invoke(main, ["codebook", "--language", "en", "-o", str(target)])
    assert result.exit_code == 0, result.stderr
    assert "<h1>Codebook</h1>" in target.read_text(encoding="utf-8")
