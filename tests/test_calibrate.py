"""The fit of confidence to gold: on observations made for the purpose, and that it is always the same."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.calibrate import (
    FIRST_SIGHT_FILE,
    FRESH,
    TUNED,
    Observation,
    cross_validated,
    first_sight,
    fit,
    written,
)
from extract.calibration import OWN, calibration_from
from extract.reliability import area_under_roc, calibration_error


def observations(right: dict[str, float], kind: str, facts: int = 600) -> list[Observation]:
    """Return made-up facts: each has one of the signals, and is right as often as that says."""
    rng = random.Random(f"{kind} {right}")
    rows = []
    for number in range(facts):
        signal = rng.choice(sorted(right))
        is_right = rng.random() < right[signal]
        rows.append(Observation(f"{kind}{number % 40}", kind, {OWN: 1.0, signal: 1.0}, is_right))
    return rows


def test_confidence_comes_near_the_share_that_is_right() -> None:
    shares = {"inherits twice": 0.3, "long evidence": 0.6, "relation issued": 0.9}
    rows = observations(shares, FRESH)

    calibration = fit(rows)
    for signal, share in shares.items():
        assert abs(calibration.confidence({OWN: 1.0, signal: 1.0}) - share) < 0.08
    (outcomes,) = cross_validated(rows, 1).values()
    assert calibration_error(outcomes) < 0.06
    assert (area_under_roc(outcomes) or 0.0) > 0.75


def test_what_tuned_texts_add_is_left_out() -> None:
    fresh = observations({"relation issued": 0.6}, FRESH, facts=200)
    tuned = observations({"relation issued": 0.98}, TUNED)

    calibration = fit([*fresh, *tuned])
    assert abs(calibration.confidence({OWN: 1.0, "relation issued": 1.0}) - 0.6) < 0.1
    assert TUNED not in calibration.weights


def test_the_file_is_the_same_each_time_and_can_be_read(tmp_path: Path) -> None:
    rows = observations({"inherits twice": 0.3, "relation issued": 0.9}, FRESH)
    file = tmp_path / "calibration.toml"
    file.write_text(written(fit(rows)), encoding="utf-8")

    assert written(fit(rows)) == file.read_text(encoding="utf-8")
    assert calibration_from(file) == fit(rows)


def test_the_observations_at_first_sight_can_be_read() -> None:
    rows = list(first_sight(FIRST_SIGHT_FILE))

    assert {row.right for row in rows} == {True, False}
    assert all(OWN in row.signals for row in rows)
