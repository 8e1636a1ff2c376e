"""A build refuses an article that would break the shapes, says why, and stores the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import GovkgError
from extract.records import ArticleFacts
from kg.errors import ShapeError
from kg.store import Store
from kg.validation.checking import violations
from kg.validation.data import Data
from tests.kg.sample_facts import Sheet, samples


def with_a_day_that_is_none() -> ArticleFacts:
    """A record that keeps the contract, as qualifiers are texts there, but whose office begins on no day."""
    sheet = Sheet("six", "2024-06-01", "肃州区区长祁连川出席会议。")
    sheet.fact(("Person", "祁连川"), "holdsPost", ("Place", "肃州区"), title="区长")
    sheet.fact(("Place", "肃州区"), "practises", ("Practice", "主动创稳"), modality="perhaps")
    return sheet.record()


def test_an_article_that_breaks_a_shape_is_refused_and_the_others_are_stored(tmp_path: Path) -> None:
    errors: list[GovkgError] = []
    bad = with_a_day_that_is_none()
    with Store.create(tmp_path / "a.kg") as store:
        added = store.add([*samples()[:2], bad, *samples()[2:]], errors.append)

        assert added == (5, 0, 0, 1)
        assert [entry.id for entry in store.articles()] == ["five", "four", "one", "three", "two"]
        assert list(violations(Data(store.database))) == []
    (error,) = errors
    assert isinstance(error, ShapeError)
    assert error.entry == "six"
    assert "A modality can only be planned." in str(error)
    assert "肃州区 (Place) “practises” 主动创稳 (Practice)" in str(error)
    assert "“肃州区区长祁连川出席会议。”" in str(error)


def test_without_a_taker_of_errors_it_is_raised(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        with pytest.raises(ShapeError, match="six"):
            store.add([with_a_day_that_is_none()])
        assert store.articles() == []


def test_a_stored_article_stays_where_what_would_replace_it_is_refused(tmp_path: Path) -> None:
    sound = with_a_day_that_is_none()
    sound.facts.pop()
    errors: list[GovkgError] = []
    with Store.create(tmp_path / "a.kg") as store:
        store.add([*samples(), sound])
        before = {str(quad) for quad in store.quads()}
        added = store.replace([with_a_day_that_is_none()], errors.append)
        assert added.refused == 1
        assert {str(quad) for quad in store.quads()} == before
