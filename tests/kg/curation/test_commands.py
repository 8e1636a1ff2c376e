"""`govkg review` and `govkg curate` as a curator uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.records import write_facts
from kg.cli import main
from kg.store import Store
from tests.kg.curation.test_questions import doubtful

SIGNED = ("--by", "某编者", "--date", "2024-07-01")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.jsonl"
    with path.open("wb") as out:
        write_facts(doubtful(), out)
    return path


@pytest.fixture
def store(facts: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.kg"
    govkg("build", facts, "--store", path)
    return path


def govkg(*arguments: object, answers: str | None = None, status: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=answers)
    assert result.exit_code == status, result.output
    return result


def lines(path: Path) -> list[str]:
    with Store.open(path) as store:
        return sorted(str(quad) for quad in store.quads())


def test_the_dialogue_shows_what_it_asks_and_keeps_the_answers(store: Path, tmp_path: Path) -> None:
    rulings = tmp_path / "rulings.tsv"
    answers = "what\nd 行当不同\nn\nw\n"
    shown = govkg("review", "--store", store, "--rulings", rulings, *SIGNED, answers=answers)
    assert "绍兴市委政法委书记乔望山出席平安建设推进会议。 (official 2024-06-04)" in shown.stdout
    assert "confidence 0.6: received/test" in shown.stdout
    assert "2 rulings added" in shown.stderr
    _, different, wrong = rulings.read_text(encoding="utf-8").splitlines()
    assert different.endswith("某编者\t2024-07-01\t行当不同")
    assert wrong.startswith("wrong\tarticle/resident#person/乔望山,2\treceived")


def test_what_was_answered_stays_where_the_dialogue_is_left(store: Path, tmp_path: Path) -> None:
    rulings = tmp_path / "rulings.tsv"
    govkg("review", "--store", store, "--rulings", rulings, *SIGNED, answers="s\nq\n")
    assert len(rulings.read_text(encoding="utf-8").splitlines()) == 2
    govkg("review", "--store", store, "--rulings", rulings, *SIGNED, answers="d\nq\n")
    assert len(rulings.read_text(encoding="utf-8").splitlines()) == 2


def test_a_sheet_is_filled_in_and_applied_and_survives_a_rebuild(
    store: Path, facts: Path, tmp_path: Path
) -> None:
    sheet, rulings = tmp_path / "sheet.csv", tmp_path / "rulings.tsv"
    govkg("review", "--store", store, "-o", sheet)
    text = sheet.read_text(encoding="utf-8-sig")
    filled = [
        ("same" if "same /" in row else "wrong" if "好邻居" in row else "") + row for row in text.split("\n")
    ]
    sheet.write_text("\n".join(filled), encoding="utf-8-sig")

    before = lines(store)
    told = govkg("curate", rulings, "--sheet", sheet, "--store", store, *SIGNED).stderr
    assert "2 rulings hold" in told and "2 new, 0 taken back" in told
    curated = lines(store)
    assert curated != before
    assert "0 new, 0 taken back" in govkg("curate", rulings, "--store", store).stderr
    assert lines(store) == curated

    rebuilt = tmp_path / "b.kg"
    govkg("build", facts, "--store", rebuilt, "--rulings", rulings)
    assert lines(rebuilt) == curated

    rulings.write_text(rulings.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    govkg("curate", rulings, "--store", store)
    assert lines(store) == before


def test_rulings_about_nothing_are_noted(store: Path, tmp_path: Path) -> None:
    rulings = tmp_path / "rulings.tsv"
    head = "ruling\tsubject\trelation\tobject\tqualifiers\tsource\tby\tdate\tnote"
    rulings.write_text(
        f"{head}\nrename\tperson/无此人@某地\t\t某某\t\t\t编者\t2024-07-01\n", encoding="utf-8"
    )
    told = govkg("curate", rulings, "--store", store).stderr
    assert "nothing in the store is meant by: rename person/无此人@某地" in told


def test_wrong_rulings_change_nothing(store: Path, tmp_path: Path) -> None:
    rulings = tmp_path / "rulings.tsv"
    rulings.write_text("nonsense\n", encoding="utf-8")
    before = lines(store)
    assert (
        "the first line does not name the columns"
        in govkg("curate", rulings, "--store", store, status=1).stderr
    )
    assert lines(store) == before
    govkg("curate", tmp_path / "none.tsv", "--store", store, status=1)
    govkg("review", "--store", store, status=2)
    govkg("review", "--store", store, "--rulings", rulings, "--date", "soon", status=2)
