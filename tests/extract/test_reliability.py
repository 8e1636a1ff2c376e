"""Calibration error and ranking power, against values worked out by hand."""

from __future__ import annotations

import pytest

from extract.reliability import Outcome, area_under_roc, bins, calibration_error

PERFECT: list[Outcome] = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]


def test_bins_are_of_equal_width_and_the_last_holds_one() -> None:
    found = bins([(0.0, False), (0.3, True), (0.69, True), (0.7, False), (1.0, True)])

    assert [(round(b.low, 1), round(b.high, 1)) for b in found][:2] == [(0.0, 0.1), (0.1, 0.2)]
    assert [b.facts for b in found] == [1, 0, 0, 1, 0, 0, 1, 1, 0, 1]


@pytest.mark.parametrize(
    ("outcomes", "error"),
    [
        ([], 0.0),
        (PERFECT, 0.0),
        ([(0.9, True), (0.9, False)], 0.4),
        ([(0.9, True), (0.1, True), (0.1, False), (0.1, False)], (0.1 + 3 * (1 / 3 - 0.1)) / 4),
    ],
)
def test_calibration_error(outcomes: list[Outcome], error: float) -> None:
    assert calibration_error(outcomes) == pytest.approx(error)


@pytest.mark.parametrize(
    ("outcomes", "area"),
    [
        ([(0.9, True), (0.2, False)], 1.0),
        ([(0.2, True), (0.9, False)], 0.0),
        (PERFECT, 0.5),
        ([(0.9, True), (0.5, True), (0.5, False), (0.1, False)], 3.5 / 4),
        ([(0.9, True)], None),
        ([], None),
    ],
)
def test_area_under_roc(outcomes: list[Outcome], area: float | None) -> None:
    assert area_under_roc(outcomes) == area
