import io
import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, Quad

from kg.errors import ExportError
from kg.snapshot import check_snapshot, versions, write_snapshot
from kg.snapshot_description import About
from kg.sorted_lines import sorted_lines
from kg.store import Store
from tests.kg.sample_facts import many, samples

ROOT = Path(__file__).parents[2]
ABOUT = About(title="一个测试集", creator="某某", licence="https://example.org/by", issued="2024-06-30")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as store:
        store.add(samples())
        yield store


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_snapshot(store, tmp_path_factory.mktemp("snapshots") / "one", ABOUT).folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_dataset_is_the_store_in_order(store: Store, folder: Path) -> None:
    out = io.BytesIO()
    store.dump(out)
    assert (folder / "dataset.nq").read_bytes() == out.getvalue()


def test_another_process_another_order_and_removals_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from kg.store import Store; from kg.snapshot import write_snapshot\n"
        "from tests.kg.sample_facts import many, samples; from tests.kg.test_snapshot import ABOUT\n"
        "with Store.create(sys.argv[1]) as store:\n"
        "    for record in [*many(3), *reversed(samples())]: store.add([record])\n"
        "    for record in many(3): store.remove(record.article.id)\n"
        "    write_snapshot(store, sys.argv[2], ABOUT)\n"
    )
    made = tmp_path / "two"
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "b.kg"), str(made)], cwd=ROOT, check=True)
    assert files(made) == files(folder)


def test_checksums_cover_every_file_and_tell_of_damage(folder: Path, tmp_path: Path) -> None:
    check_snapshot(folder)
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert listed == set(files(folder)) - {"SHA256SUMS"}
    copy = tmp_path / "copy"
    copy.mkdir()
    for name, content in files(folder).items():
        (copy / name).write_bytes(content)
    with (copy / "dataset.nq").open("ab") as dataset:
        dataset.write(b"\n")
    with pytest.raises(ExportError, match=r"dataset\.nq: differs from its checksum"):
        check_snapshot(copy)
    (copy / "CITATION.txt").unlink()
    with pytest.raises(ExportError, match=r"CITATION\.txt: is missing"):
        check_snapshot(copy)
    with pytest.raises(ExportError, match="is no snapshot"):
        check_snapshot(tmp_path)


def test_the_description_counts_what_the_dataset_holds(store: Store, folder: Path) -> None:
    graph = rdflib.Graph().parse(folder / "description.ttl", format="turtle")
    (dataset,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    counts = store.counts()
    assert int(str(graph.value(dataset, VOID.triples))) == counts["quads"]
    assert int(str(graph.value(dataset, VOID.documents))) == 5
    people = graph.value(
        predicate=VOID["class"], object=rdflib.URIRef("https://w3id.org/governance-kg/ontology#Person")
    )
    assert int(str(graph.value(people, VOID.entities))) == counts["Person"]
    used = sum(int(str(number)) for number in graph.objects(None, VOID.triples)) - counts["quads"]
    assert used == counts["quads"], "every quad has one property"
    period = graph.value(dataset, rdflib.DCTERMS.temporal)
    assert str(graph.value(period, DCAT.startDate)) == "2023-06-28"
    assert str(graph.value(dataset, rdflib.DCTERMS.license)) == ABOUT.licence
    size = graph.value(graph.value(dataset, DCAT.distribution), DCAT.byteSize)
    assert int(str(size)) == (folder / "dataset.nq").stat().st_size


def test_input_versions_and_citation(folder: Path) -> None:
    head, *rows = (folder / "articles.tsv").read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == ["id", "date", "source", "text sha256", "record sha256"]
    assert [row.split("\t")[:3] for row in rows][:2] == [
        ["five", "", "甘肃政法网"],
        ["four", "2024-06-01", "甘肃政法网"],
    ]
    assert json.loads((folder / "versions.json").read_text()) == versions()
    cited = (folder / "CITATION.txt").read_text(encoding="utf-8")
    digest = next(
        line.split()[0]
        for line in (folder / "SHA256SUMS").read_text().splitlines()
        if line.endswith("dataset.nq")
    )
    assert cited.startswith("某某 (2024). 一个测试集. Snapshot ")
    assert digest in cited
    assert "from 5 articles, 2023-06-28 to 2024-06-01. Issued 2024-06-30." in cited


def test_what_is_published_can_be_transformed_first(store: Store, tmp_path: Path) -> None:
    def without_labels(quads: Iterable[Quad]) -> Iterator[Quad]:
        return (quad for quad in quads if not isinstance(quad.object, Literal) or not quad.object.language)

    written = write_snapshot(store, tmp_path / "bare", ABOUT, transform=without_labels)
    lines = (tmp_path / "bare" / "dataset.nq").read_bytes().splitlines()
    assert lines == sorted(lines)
    assert written.contents.quads == len(lines) < store.counts()["quads"]
    assert not any(b'"@zh' in line for line in lines)


def test_untransformed_lines_are_those_of_quads(store: Store, folder: Path, tmp_path: Path) -> None:
    write_snapshot(store, tmp_path / "same", ABOUT, transform=lambda quads: quads)
    assert files(tmp_path / "same") == files(folder)


def test_a_snapshot_is_never_written_over(store: Store, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is there already"):
        write_snapshot(store, folder, ABOUT)
    (tmp_path / "file").touch()
    with pytest.raises(ExportError):
        write_snapshot(store, tmp_path / "file" / "x", ABOUT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_lines_are_sorted_in_runs() -> None:
    lines = [f"{number}\n".encode() for number in range(1000)]
    random.Random(1).shuffle(lines)
    for run in (1, 7, 999, 1000, 1001):
        assert list(sorted_lines(lines, run)) == sorted(lines)
    assert list(sorted_lines([])) == []


def test_an_empty_store_has_a_snapshot(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        write_snapshot(store, tmp_path / "empty", About())
    assert "0 facts from 0 articles." in (tmp_path / "empty" / "CITATION.txt").read_text()
    check_snapshot(tmp_path / "empty")


def test_many_articles_are_counted_as_the_store_counts_them(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(many(30))
        written = write_snapshot(store, tmp_path / "s", About())
        counts = store.counts()
    found = written.contents
    assert (found.quads, found.triples, found.articles, found.facts) == (
        counts["quads"],
        counts["triples"],
        counts["articles"],
        counts["facts"],
    )
