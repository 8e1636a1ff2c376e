from pathlib import Path

import pytest

from extract.errors import GoldError
from kg.identity.gold import COLUMNS, PARTS, b_cubed, read_gold

FOLDER = Path(__file__).parents[3] / "data" / "reconciliation"
HEAD = "\t".join(COLUMNS)


@pytest.mark.parametrize(("kind", "least"), [("person", 400), ("place", 200), ("institution", 200)])
def test_the_gold_is_well_formed_and_large_enough(kind: str, least: int) -> None:
    lines = (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()
    gold = read_gold(lines, kind)
    assert len(gold) >= least
    assert len({(m.article, m.character) for m in gold}) == len(gold)
    parts = {part: {m.name for m in gold if m.part == part} for part in PARTS}
    assert all(parts.values())
    assert parts["tuning"].isdisjoint(parts["final"])


def test_forty_names_are_borne_by_several_people() -> None:
    lines = (FOLDER / "person.tsv").read_text(encoding="utf-8").splitlines()
    bearers: dict[str, set[str]] = {}
    for mention in read_gold(lines, "person"):
        bearers.setdefault(mention.name, set()).add(mention.cluster)
    assert sum(len(found) > 1 for found in bearers.values()) >= 40


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall"),
    [
        ("aabb", "xxyy", 1.0, 1.0),
        ("aabb", "xxxx", 0.5, 1.0),
        ("aabb", "wxyz", 1.0, 0.5),
        ("aaab", "xxyy", 0.75, 2 / 3),
    ],
)
def test_b_cubed(gold: str, found: str, precision: float, recall: float) -> None:
    score = b_cubed(gold, found)
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)


@pytest.mark.parametrize("lines", [["x"], [HEAD, "tuning\ta\tb"], [HEAD, "tuning\ta\tb\tc\td"]])
def test_what_is_no_gold_is_named_with_its_line(lines: list[str]) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(lines, "person.tsv")
    assert str(caught.value).startswith(f"person.tsv:{len(lines)}: ")
