"""What is published does not hold the names of private people, and still holds everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, Quad

from kg import iris
from kg.labels import pinyin
from kg.privacy.rewriting import Pseudonyms
from kg.privacy.stores import PrivatePeople, shown_store
from kg.rulings import COLUMNS, read_rulings
from kg.store import Store
from kg.validation.checking import violations
from kg.validation.data import Data
from kg.vocabulary import DATA, GOV, OA, RDFS
from tests.kg.privacy.private_samples import HIDDEN, NEIGHBOUR, RESIDENT, records, visit

OFFICIAL = f"{DATA}person/{RESIDENT}@绍兴市委政法委"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as made:
        made.add(records())
        yield made


@pytest.fixture(scope="module")
def pseudonymised(store: Store) -> list[Quad]:
    return list(Pseudonyms(store.database).quads(store.quads()))


@pytest.fixture(scope="module")
def left_out(store: Store) -> list[Quad]:
    return list(Pseudonyms(store.database, leave_out=True).quads(store.quads()))


def of_visit(quads: list[Quad]) -> list[str]:
    """The lines that are about the visit or what is in it: all but the official's and their namesakes'."""
    public = (f"{RESIDENT}@绍兴市委政法委", "2024%2F06%2F04", f"{NEIGHBOUR}@place", f"{NEIGHBOUR}@330681")
    return [str(quad) for quad in quads if not any(mark in str(quad) for mark in public)]


def test_no_form_of_a_name_is_left(pseudonymised: list[Quad], left_out: list[Quad]) -> None:
    forms = [form for name in HIDDEN for form in (name, quote(name), pinyin(name), f"{name[0]}大爷")]
    for quads in (pseudonymised, left_out):
        for line in of_visit(quads):
            if "诸暨市" in line or "article/both#e-" in line:
                continue  # the official of the neighbour's name
            assert not any(form in line for form in forms), line


def test_quotations_keep_their_length_and_the_rest_of_their_words(
    store: Store, pseudonymised: list[Quad]
) -> None:
    before = sorted(len(text(q)) for q in store.quads() if q.predicate == OA.exact)
    after = sorted(len(text(q)) for q in pseudonymised if q.predicate == OA.exact)
    assert before == after
    assert "居民某某某和某某某参加座谈。" in quotations(pseudonymised)


def test_an_official_of_the_name_keeps_it(pseudonymised: list[Quad]) -> None:
    lines = {str(quad) for quad in pseudonymised}
    assert f'<{OFFICIAL}> <{RDFS.label.value}> "{RESIDENT}"@zh-hans' in lines
    assert any(f"绍兴市委政法委书记{RESIDENT}出席座谈会。" in line for line in lines)


def test_an_official_keeps_the_name_beside_a_resident_of_the_same(pseudonymised: list[Quad]) -> None:
    quotes = quotations(pseudonymised)
    assert f"诸暨市副市长{NEIGHBOUR}主持会议。" in quotes
    assert "居民某某某参加会议。" in quotes


def test_pseudonyms_tell_people_apart_and_count_them(store: Store, pseudonymised: list[Quad]) -> None:
    before = {q.subject for q in store.quads() if q.predicate == GOV.publicFigure and not is_local(q)}
    after = {q.subject for q in pseudonymised if q.predicate == GOV.publicFigure and not is_local(q)}
    assert len(before) == len(after) == 3
    labels = {str(q.object) for q in pseudonymised if q.subject in after and q.predicate == RDFS.label}
    assert len([label for label in labels if "匿名者" in label]) == 3


def quotations(quads: list[Quad]) -> set[str]:
    return {text(quad) for quad in quads if quad.predicate == OA.exact}


def text(quad: Quad) -> str:
    assert isinstance(quad.object, Literal)
    return quad.object.value


def is_local(quad: Quad) -> bool:
    return "#" in str(quad.subject)


def test_nothing_else_changes(store: Store, pseudonymised: list[Quad]) -> None:
    """As many quads but for the residents' other names and who was compared with them; the rest as it was."""
    whole = [q for q in store.quads() if q.graph_name != iris.LEDGER]
    rest = [q for q in pseudonymised if q.graph_name != iris.LEDGER]
    assert len(rest) == len(whole) - len([q for q in whole if "大爷" in str(q) and not is_local(q)])
    untouched = [q for q in whole if "/article/two" in str(q.graph_name)]
    assert untouched
    assert set(untouched) <= set(pseudonymised)


def test_the_result_is_sound(pseudonymised: list[Quad], left_out: list[Quad]) -> None:
    for quads in (pseudonymised, left_out):
        db = ox.Store()
        db.extend(quads)
        assert list(violations(Data(db))) == []


def test_pseudonyms_do_not_depend_on_names(tmp_path: Path) -> None:
    """Were a name used, whoever guesses it could try it: another name must give the same pseudonym."""

    def labels(rename: dict[str, str], folder: str) -> list[str]:
        record = visit()
        text = record.article.text
        record.article.id = "visit"
        for entity in record.entities:
            for old, new in rename.items():
                entity.name = entity.name.replace(old, new)
        for old, new in rename.items():
            text = text.replace(old, new)
        record.article.text = text
        with Store.create(tmp_path / folder) as store:
            store.add([record])
            quads = Pseudonyms(store.database).quads(store.quads())
            return sorted(str(quad) for quad in quads if "匿名" in str(quad))

    assert labels({}, "a") == labels({RESIDENT: "乔望水", NEIGHBOUR: "葛大雨"}, "b")


def test_the_ledger_does_not_pair_a_pseudonym_with_a_namesake(pseudonymised: list[Quad]) -> None:
    pairs = [str(quad.object) for quad in pseudonymised if quad.predicate == GOV.pair]
    assert pairs
    assert not any(name in pair for name in HIDDEN for pair in pairs)


def test_what_curators_rule_of_private_people_is_withheld_too(tmp_path: Path) -> None:
    at = f"article/2024%2F慰问{RESIDENT}#person/{RESIDENT}"
    rows = [
        (
            "missing",
            at,
            "received",
            "honour/五好家庭",
            "",
            "村委会公示",
            "某编者",
            "2024-07-01",
            f"{RESIDENT}也获奖",
        ),
        ("wrong", at, "received", "honour/好邻居", "", "", "某编者", "2024-07-01", ""),
        ("different", at, "", f"person/{RESIDENT}@绍兴市委政法委", "", "", "某编者", "2024-07-01", ""),
    ]
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in rows)]
    with Store.create(tmp_path / "a.kg") as store:
        store.add(records())
        store.curate(read_rulings(lines, "rulings.tsv"))
        assert any("五好家庭" in str(quad) for quad in store.quads())
        for leave_out in (False, True):
            quads = list(Pseudonyms(store.database, leave_out=leave_out).quads(store.quads()))
            rulings = [line for line in map(str, quads) if "ruling" in line]
            assert rulings
            for line in rulings:
                assert RESIDENT not in line, line


def test_left_out_people_leave_no_statement(store: Store, left_out: list[Quad]) -> None:
    assert not any(quad.predicate == GOV.publicFigure for quad in left_out)
    assert not any("匿名" in str(quad) for quad in left_out)
    before = {q.subject for q in store.quads() if q.predicate == GOV.confidence}
    after = {q.subject for q in left_out if q.predicate == GOV.confidence}
    assert len(before) - len(after) == 5


def test_without_private_people_the_store_itself_is_shown(tmp_path: Path, store: Store) -> None:
    with shown_store(store, PrivatePeople.SHOW) as shown:
        assert shown is store
    with Store.create(tmp_path / "public.kg") as public:
        public.add(records()[1:3])
        with shown_store(public, PrivatePeople.PSEUDONYMS) as shown:
            assert shown is public


def test_a_shown_store_is_read_like_any_other(store: Store, pseudonymised: list[Quad]) -> None:
    with shown_store(store, PrivatePeople.PSEUDONYMS) as shown:
        assert set(shown.quads()) == set(pseudonymised)
        assert shown.counts()["Person"] == store.counts()["Person"]
