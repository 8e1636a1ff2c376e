"""Problems are told in plain words, with the article and the sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.store import Store
from kg.validation.checking import violations
from kg.validation.data import Data
from kg.validation.words import Finding, findings
from tests.kg.validation.broken_data import CHANGES, quads_matching, sample_store

CHAIRING = "酒泉市委政法委书记陶望舒主持会议，酒泉市推行主动创稳。"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with sample_store(tmp_path_factory.mktemp("stores")) as made:
        yield made


def told(store: Store, name: str, language: str) -> list[Finding]:
    (change,) = [change for change in CHANGES if change[0] == name]
    deletes = quads_matching(store.database, change[1])
    broken = ox.Store()
    broken.extend(quad for quad in store.database if quad not in deletes)
    broken.extend(change[2])
    return list(findings(broken, violations(Data(broken)), language))


@pytest.mark.parametrize(
    ("name", "language", "message", "about", "found"),
    [
        ("a person chairs a place", "en", "The object of “chaired” must be of type Event.",
         "陶望舒 (Person)", "“chaired”: 酒泉市 (Place)"),
        ("a person chairs a place", "zh", "“主持”的宾语须为活动。", "陶望舒 (人物)", "“主持”：酒泉市 (地方)"),
        ("no rule", "en", "A statement must name the one rule that found it.",
         "陶望舒 (Person) “chaired” 酒泉市市域社会治理推进会议 (Event)", "rule: it is missing"),
        ("a second confidence", "zh", "置信度须为 0 到 1 的一个数。",
         "陶望舒 (人物) “主持” 酒泉市市域社会治理推进会议 (活动)", "置信度：多于一个"),
        ("an office nowhere", "en", "An office must be in an Institution or belong to a Place.",
         "酒泉市委政法委书记", ""),
    ],
)  # fmt: skip
def test_a_problem_names_what_must_hold_what_was_found_and_the_sentence(
    store: Store, name: str, language: str, message: str, about: str, found: str
) -> None:
    (finding,) = told(store, name, language)

    assert (finding.message, finding.about, finding.found) == (message, about, found)
    assert (finding.article, finding.sentence) == ("one", CHAIRING)


def test_a_problem_behind_which_no_article_stands_is_told_too(store: Store) -> None:
    (finding,) = told(store, "a person among the places", "en")

    assert (finding.article, finding.sentence) == ("", "")
    assert finding.about == "无名 (Person)"


# govkg validate


def govkg_validate(path: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["validate", "--store", str(path), *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    with sample_store(tmp_path) as made:
        return made.path


@pytest.fixture
def broken(sound: Path) -> Path:
    (change,) = [change for change in CHANGES if change[0] == "a person chairs a place"]
    with Store.open(sound, write=True) as store:
        store.database.extend(change[2])
        store.optimize()
        store.publish()
    return sound


def test_the_command_is_content_with_what_was_built(sound: Path) -> None:
    status, out, err = govkg_validate(sound)
    assert (status, out) == (0, "")
    assert "no problems" in err


def test_the_command_tells_problems_and_fails(broken: Path) -> None:
    status, out, err = govkg_validate(broken)
    assert status == 1
    assert out.splitlines() == [
        "The object of “chaired” must be of type Event.",
        "  陶望舒 (Person)",
        "  “chaired”: 酒泉市 (Place)",
        f"  one: {CHAIRING}",
        "",
    ]
    assert "1 problem;" in err
    assert "govkg curate" in err


def test_the_command_writes_tables_and_json(broken: Path, tmp_path: Path) -> None:
    status, _, _ = govkg_validate(broken, "--format", "csv", "-o", str(tmp_path / "p.csv"))
    assert status == 1
    head, row = (tmp_path / "p.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head == "problem,about,found,article,sentence,node,shape"
    assert row.endswith(",chaired")
    _, out, _ = govkg_validate(broken, "--format", "json", "--language", "zh")
    (problem,) = json.loads(out)
    assert problem["message"] == "“主持”的宾语须为活动。"
