"""Confidence from signals, and the file that weighs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.calibration import OWN, Calibration, calibration_from, read_calibration, signals_of
from extract.errors import LanguageDataError
from extract.pipeline import Extractor
from extract.records import Article, ArticleFacts, Entity, Fact
from tests.extract.readings import read


def record(context: list[tuple[int, int]], own: float = 0.9) -> ArticleFacts:
    text = "静宁县来了客人。静宁县推行积分制。"
    return ArticleFacts(
        article=Article(id="a", text=text),
        entities=[
            Entity(
                id="l1",
                type="Place",
                name="静宁县",
                mentions=[(0, 3), (8, 11)],
                attributes={"code": "620826"},
            ),
            Entity(id="c1", type="Practice", name="积分制", mentions=[(13, 16)]),
        ],
        facts=[
            Fact(
                subject="l1",
                relation="practises",
                object="c1",
                evidence=(8, 16),
                rule="practises/verb",
                confidence=own,
                context=context,
            )
        ],
    )


def test_signals_name_the_rule_the_ends_and_what_is_inherited() -> None:
    (signals,) = signals_of(record([(0, 3)]))

    assert signals.pop(OWN) == pytest.approx(2.197, abs=0.001)
    assert set(signals) == {
        "rule practises/verb", "relation practises", "subject Place", "object Practice", "object named once",
        "object short Practice", "inherits once",
    }  # fmt: skip
    assert set(signals.values()) == {1.0}


def test_weights_of_the_signals_add_up_to_log_odds() -> None:
    weights = {OWN: 1.0, "inherits once": -1.0}
    calibration = Calibration(intercept=0.0, facts=1, articles=1, weights=weights)

    alone, inheriting = calibration.apply(record([])), calibration.apply(record([(0, 3)]))
    assert (alone.facts[0].confidence, inheriting.facts[0].confidence) == (0.9, 0.77)


def test_confidence_is_never_certainty() -> None:
    sure = Calibration(intercept=50.0, facts=1, articles=1, weights={})
    unsure = Calibration(intercept=-50.0, facts=1, articles=1, weights={})

    assert (sure.confidence({}), unsure.confidence({})) == (0.99, 0.02)


def test_the_pipeline_calibrates_unless_asked_for_the_rules_own(extractor: Extractor) -> None:
    (fact,) = read(extractor, "静宁县委印发《乡村治理三年行动方案》。").facts

    weights = read_calibration()
    own = Extractor(own_confidence=True)
    raw = read(own, "静宁县委印发《乡村治理三年行动方案》。")
    assert raw.facts[0].confidence == 0.88
    assert fact.confidence == weights.confidence(signals_of(raw)[0])


@pytest.mark.parametrize(
    "text", ["", "intercept = 1", "intercept = 'x'\nfacts = 1\narticles = 1\n[weights]", "= 3"]
)
def test_a_file_that_is_not_valid_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(LanguageDataError, match=r"calibration\.toml.*make calibrate"):
        calibration_from(file)
