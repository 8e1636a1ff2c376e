"""The command line: every command as a user runs it, on real articles and on bad input."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sysconfig
import time
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from kg.cli.terminal import printable
from kg.gexf_reading import read_drawn
from kg.questions import questions
from kg.store import Store
from kg.view_files import read_views
from tests.kg.explorer.page_blocks import block, rows

ARTICLES = Path(__file__).parent.parent.parent / "data" / "articles"
GOLD = ARTICLES.parent / "gold"
SENTENCE = "会议在酒泉市肃州区召开。酒泉市委书记欧阳明川出席会议并讲话。"


def govkg(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def process(arguments: Sequence[object], **environment: str) -> subprocess.Popen[bytes]:
    script = Path(sysconfig.get_path("scripts")) / "govkg"
    if not script.exists():
        pytest.skip("governance-kg is not installed here; `make test` does")
    return subprocess.Popen(
        [str(script), *map(str, arguments)],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    result = govkg("extract", ARTICLES, "-o", path)
    assert result.exit_code == 0, result.stderr
    return path


@pytest.fixture(scope="module")
def store(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "sample.kg"
    result = govkg("build", facts, "--store", path)
    assert result.exit_code == 0, result.stderr
    return path


# Help.


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = govkg(name, "--help")

    assert result.exit_code == 0
    assert f"  govkg {name} " in result.stdout
    for parameter in main.commands[name].params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_wrong_usage_is_told_apart() -> None:
    assert govkg("nothing").exit_code == 2
    assert govkg("build", ARTICLES).exit_code == 2
    assert govkg("extract", ARTICLES, "--encoding", "no-such").exit_code == 2


# extract


def test_extract_writes_one_record_an_article(facts: Path) -> None:
    records = [json.loads(line) for line in facts.read_bytes().splitlines()]

    assert len(records) == 22
    assert all(record["article"]["text"] and record["entities"] for record in records)


def test_extract_to_stdout_is_the_same(facts: Path) -> None:
    result = govkg("extract", ARTICLES / "01-jiuquan-opening.txt", "--base", ARTICLES)

    assert result.exit_code == 0
    assert "1 articles" in result.stderr
    first = json.loads(facts.read_bytes().splitlines()[0])
    again = json.loads(result.stdout)
    assert again["facts"] == first["facts"]
    assert again["article"]["id"] == first["article"]["id"]


def test_extract_reads_stdin_and_columns() -> None:
    table = f"编号,正文字段\n7,{SENTENCE}\n".encode("gb18030")

    result = govkg("extract", "-", "--format", "csv", "--text-column", "正文字段", stdin=table)

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["article"]["text"] == SENTENCE


def test_min_confidence_leaves_out_the_less_sure(facts: Path, tmp_path: Path) -> None:
    out = tmp_path / "sure.jsonl"
    result = govkg("extract", ARTICLES, "--min-confidence", "0.9", "-o", out, "-q")
    assert (result.exit_code, result.stderr) == (0, "")

    sure = [fact for line in out.read_bytes().splitlines() for fact in json.loads(line)["facts"]]
    found = [fact for line in facts.read_bytes().splitlines() for fact in json.loads(line)["facts"]]
    assert sure == [fact for fact in found if fact["confidence"] >= 0.9]
    assert 0 < len(sure) < len(found)


def test_plans_come_out_only_with_planned(tmp_path: Path) -> None:
    article = tmp_path / "plan.txt"
    article.write_text("静宁县将成立乡村治理研究院。", encoding="utf-8")

    assert json.loads(govkg("extract", article, "-q").stdout)["facts"] == []
    (fact,) = json.loads(govkg("extract", article, "--with-planned", "-q").stdout)["facts"]
    assert (fact["relation"], fact["qualifiers"]) == ("established", {"modality": "planned"})


@pytest.fixture(scope="module")
def bad_inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "english.txt").write_text("Nothing here is Chinese.\n" * 9, encoding="utf-8")
    (folder / "long.jsonl").write_text(f'{{"text": "{"会议召开。" * 1_400_000}"}}\n', encoding="utf-8")
    (folder / "broken.jsonl").write_text(
        '{"text": "会议\n' + json.dumps({"text": SENTENCE}) + "\n", encoding="utf-8"
    )
    (folder / "columns.csv").write_text(f"a,b\n1,{SENTENCE}\n", encoding="utf-8")
    (folder / "dangling.txt").symlink_to(folder / "gone")
    return folder


def test_bad_inputs_are_named_with_a_remedy_and_the_others_read(bad_inputs: Path) -> None:
    result = govkg("extract", bad_inputs, bad_inputs / "missing.txt")

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    errors = result.stderr.splitlines()[:-1]
    names = ("empty", "binary", "english", "long", "broken", "columns", "dangling", "missing")
    for name in names:
        (error,) = [line for line in errors if f"{name}." in line]
        assert error.startswith("error: ")
        assert "; " in error
    assert len(errors) == len(names)
    assert result.stderr.endswith("; 8 failed\n")


@pytest.mark.parametrize("target", ["/proc/nowhere/facts.jsonl", "no-such-folder/facts.jsonl"])
def test_a_place_that_cannot_be_written_is_told(target: str) -> None:
    result = govkg("extract", ARTICLES, "-o", target)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {target}: cannot be written (")
    assert "Traceback" not in result.stderr


def test_output_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"
    out.write_text("before")
    running = process(["extract", "-", "--format", "jsonl", "-o", out])
    assert running.stdin is not None
    running.stdin.write(json.dumps({"text": SENTENCE}).encode() + b"\n")
    running.stdin.flush()
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".*.part")) and time.monotonic() < deadline:
        time.sleep(0.05)

    running.send_signal(signal.SIGINT)
    # Not closed before: the command waits for more.
    assert running.wait(timeout=30) == 130
    assert running.stderr is not None
    assert running.stderr.read() == b"interrupted: nothing half written was left\n"
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["facts.jsonl"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    result = govkg("extract", ARTICLES / "01-jiuquan-opening.txt", "-o", os.devnull)

    assert result.exit_code == 0
    assert not Path(os.devnull).is_file()


# evaluate


def test_evaluate_prints_figures_and_mistakes(facts: Path) -> None:
    result = govkg("evaluate", GOLD, facts, "--errors")

    assert result.exit_code == 0
    assert "evidence grounded" in result.stdout
    assert "fact missed\t" in result.stdout

    figures = json.loads(govkg("evaluate", GOLD, facts, "--json").stdout)
    assert figures["articles_missing"] == []
    assert figures["entities"]["ALL"]["f1"] > 0.8
    assert figures["evidence_grounded"] == 1.0


def test_evaluate_names_a_line_that_is_no_record(facts: Path) -> None:
    result = govkg("evaluate", GOLD, "-", stdin=facts.read_bytes() + b'{"article": 3}\n')

    assert result.exit_code == 1
    assert result.stderr.startswith("error: stdin:23: not a facts record")
    assert "evidence grounded" in result.stdout


# build


def content(store: Path) -> list[str]:
    with Store.open(store) as opened:
        return sorted(map(str, opened.quads()))


def test_building_twice_changes_nothing(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "my.kg"
    assert "22 articles added" in govkg("build", facts, "--store", path).stderr
    before = content(path)

    from_facts = govkg("build", facts, "--store", path)
    from_articles = govkg("build", ARTICLES, "--store", path)
    replaced = govkg("build", facts, "--store", path, "--replace")

    for result in (from_facts, from_articles, replaced):
        assert result.exit_code == 0, result.stderr
        assert "0 articles added, 0 replaced, 22 unchanged" in result.stderr
    assert content(path) == before


def test_articles_and_facts_build_the_same(facts: Path, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    lines = facts.read_bytes().splitlines(keepends=True)
    (folder / "some-facts.jsonl").write_bytes(b"".join(lines[:9]))
    (folder / "more.jsonl").write_bytes(b"".join(lines[9:]))

    folder_result = govkg("build", folder, "--store", tmp_path / "folder.kg")
    stdin_result = govkg("build", "-", "--store", tmp_path / "stdin.kg", stdin=facts.read_bytes())
    copied = govkg("build", ARTICLES, "--store", tmp_path / "articles.kg", "--facts", tmp_path / "copy.jsonl")

    for result in (folder_result, stdin_result, copied):
        assert result.exit_code == 0, result.stderr
    expected = content(store)
    assert content(tmp_path / "folder.kg") == expected
    assert content(tmp_path / "stdin.kg") == expected
    assert content(tmp_path / "articles.kg") == expected
    assert (tmp_path / "copy.jsonl").read_bytes() == facts.read_bytes()


def test_an_article_that_changed_is_refused_unless_replaced(tmp_path: Path) -> None:
    article, path = tmp_path / "one.txt", tmp_path / "my.kg"
    article.write_text(SENTENCE, encoding="utf-8")
    assert govkg("build", article, "--store", path).exit_code == 0
    article.write_text(SENTENCE.replace("欧阳明川", "司马远山"), encoding="utf-8")

    refused = govkg("build", article, "--store", path)
    assert refused.exit_code == 1
    assert "'one' is stored with other content" in refused.stderr
    assert any("欧阳明川" in quad for quad in content(path))

    assert "1 replaced" in govkg("build", article, "--store", path, "--replace").stderr
    assert any("司马远山" in quad for quad in content(path))
    assert not any("欧阳明川" in quad for quad in content(path))


def test_bad_inputs_leave_the_rest_in_the_store(bad_inputs: Path, facts: Path, tmp_path: Path) -> None:
    lines = facts.read_bytes().splitlines(keepends=True)
    (tmp_path / "facts.jsonl").write_bytes(
        b"".join([lines[0], b'{"article": {}, "entities": 1}\n', lines[1]])
    )

    result = govkg("build", bad_inputs / "empty.txt", tmp_path / "facts.jsonl", "--store", tmp_path / "my.kg")

    assert result.exit_code == 1
    assert "facts.jsonl:2: not a facts record" in result.stderr
    assert "empty.txt" in result.stderr
    assert "2 articles added" in result.stderr
    assert "; 2 failed" in result.stderr


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    result = govkg("build", ARTICLES, "--store", tmp_path)

    assert result.exit_code == 1
    assert "is not a store" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_store_in_use_is_told_and_keeps_its_content(store: Path, facts: Path) -> None:
    before = content(store)
    with Store.open(store, write=True):
        running = process(["build", facts, "--store", store])
        _, told = running.communicate(timeout=60)
        reading = process(["articles", "--store", store])
        listed, _ = reading.communicate(timeout=60)

    assert running.returncode == 1
    assert told.startswith(b"error: ")
    assert b"the store is being written by another program; try again when it has finished" in told
    assert len(told.splitlines()) == 1
    assert reading.returncode == 0
    assert b"01-jiuquan-opening" in listed
    assert content(store) == before


def test_remove_takes_an_article_out(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "my.kg"
    govkg("build", facts, "--store", path)

    assert govkg("remove", "01-jiuquan-opening", "--store", path).exit_code == 0
    listed = govkg("articles", "--store", path).stdout
    assert "01-jiuquan-opening" not in listed
    assert "02-jiuquan-scholars" in listed
    assert govkg("remove", "01-jiuquan-opening", "--store", path).exit_code == 1


# query, info, articles


def test_query_in_every_format(store: Path) -> None:
    question = ("query", "offices-of", "-p", "official=唐盛利", "--store", store)

    table = govkg(*question)
    assert table.exit_code == 0, table.stderr
    assert table.stdout.splitlines()[0].split()[:3] == ["official", "person", "office"]
    assert "甘肃省委政法委副书记" in table.stdout
    assert govkg(*question, "--format", "csv").stdout.startswith("official,person,office,")
    assert govkg(*question, "--format", "tsv").stdout.startswith("?official\t?person\t")
    assert "<literal xml:lang=" in govkg(*question, "--format", "xml").stdout
    assert govkg(*question, "--format", "markdown").stdout.startswith("| official | person |")
    answer = json.loads(govkg(*question, "--format", "json").stdout)
    assert {row["official"]["value"] for row in answer["results"]["bindings"]} == {"唐盛利"}


def test_query_from_text_file_stdin_and_to_file(store: Path, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(?p) AS ?people) { ?p a gov:Person }"
    (tmp_path / "people.rq").write_text(sparql, encoding="utf-8")
    options = ("--format", "csv", "--store", store)

    as_text = govkg("query", sparql, *options).stdout
    assert int(as_text.splitlines()[1]) > 10
    assert govkg("query", tmp_path / "people.rq", *options).stdout == as_text
    assert govkg("query", "-", *options, stdin=sparql.encode()).stdout == as_text
    assert govkg("query", sparql, *options, "-o", tmp_path / "people.csv").exit_code == 0
    assert (tmp_path / "people.csv").read_text(encoding="utf-8").splitlines() == as_text.splitlines()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("office-of",), "offices-of"),
        (("offices-of", "-p", "name=x"), "it has official"),
        (("offices-of", "-p", "official"), "NAME=VALUE"),
        (("SELECT * { ?s ?p }",), "line 1"),
        (("DELETE WHERE { ?s ?p ?o }",), "is an update"),
        ((), "--list"),
    ],
)
def test_a_wrong_question_is_told_with_the_choices(
    store: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = govkg("query", *arguments, "--store", store)

    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_name_the_store_does_not_know_is_told_with_similar_ones(store: Path) -> None:
    result = govkg("query", "leadership-of", "-p", "institution=甘肃政法委", "--store", store)

    assert result.exit_code == 0
    assert "nothing in the store is called 甘肃政法委; similar: 甘肃省委政法委" in result.stderr


def test_questions_are_listed_by_topic_in_the_language_chosen() -> None:
    chinese, english = govkg("query", "--list").stdout, govkg("query", "--list", "--language", "en").stdout

    assert "人物与任职" in chinese
    assert "某人的任职及原文" in chinese
    assert "People and offices" in english
    assert "某人" not in english
    for name in questions():
        assert name in chinese
        assert name in english


def test_a_question_is_explained_with_an_example_that_runs(store: Path) -> None:
    explained = govkg("query", "--explain", "leadership-at", "--language", "en").stdout
    (command,) = (line.strip() for line in explained.splitlines() if line.strip().startswith("govkg query"))

    result = govkg(*shlex.split(command.replace("my.kg", str(store)))[1:])
    assert result.stderr.strip() == "1 row"
    assert "label (Institution, Place)" in explained
    assert "start of the spell as stated" in explained
    assert "SELECT DISTINCT ?on ?institution" in explained
    assert "# title" not in explained


def test_tables_call_relations_and_values_in_the_language_chosen(store: Path) -> None:
    question = ("query", "practices-of", "-p", "place=甘肃省", "--store", store)
    assert "采用" in govkg(*question).stdout
    assert "adopted" in govkg(*question, "--language", "en").stdout
    markdown = govkg("query", "appearances-of", "--format", "markdown", "--language", "en", "--store", store)
    assert "| chaired |" in markdown.stdout


def test_a_query_with_a_mistake_shows_its_place_and_one_with_a_slip_warns(store: Path) -> None:
    broken = govkg("query", "SELECT ?a {\n ?a rdfs:label ?b FILTR(?b) }", "--store", store)
    assert broken.exit_code == 2
    assert "did you mean FILTER by FILTR?" in broken.stderr
    assert broken.stderr.splitlines()[-1].strip() == "|                   ^"
    slip = govkg("query", "SELECT ?a { ?a gov:holdPost ?b }", "--store", store)
    assert slip.exit_code == 0
    assert "warning: gov:holdPost in line 1 is not in the ontology" in slip.stderr
    assert "gov:holdsPost (任职于" in slip.stderr


def test_a_query_gives_a_data_frame(store: Path) -> None:
    found = kg.query(store, "leadership-of", institution="酒泉市委政法委")
    with Store.open(store) as opened:
        again = kg.query(opened, "leadership-of", institution="酒泉市委政法委")

    assert list(found["title"]) == ["书记"]
    assert found.equals(again)
    assert len(kg.query(store, "SELECT ?p { ?p a gov:Person }")) > 40


def test_info_tells_what_there_is(store: Path) -> None:
    told = json.loads(govkg("info", "--store", store, "--json").stdout)

    assert told["counts"]["articles"] == 22
    assert sum(told["relations"].values()) == told["counts"]["facts"]
    assert told["sources"]["甘肃政法网"] == 4
    assert told["dates"] == ["2019-12-03", "2024-02-05"]
    assert "holdsPost" in govkg("info", "--store", store).stdout
    assert govkg("info", "--store", store, "--brief").stdout.startswith("22 articles: ")


def test_a_store_may_be_named_by_the_environment(store: Path) -> None:
    result = CliRunner().invoke(main, ["info", "--brief"], env={"GOVKG_STORE": str(store)})

    assert result.exit_code == 0


@pytest.mark.parametrize("command", ["info", "articles", "explore", "export"])
def test_what_is_no_store_is_told(command: str, tmp_path: Path) -> None:
    more = {"explore": ("-o", tmp_path / "x.html"), "export": ("gexf", "-o", tmp_path / "x.gexf")}

    missing = govkg(command, *more.get(command, ()), "--store", tmp_path / "none")
    other = govkg(command, *more.get(command, ()), "--store", tmp_path)

    assert (missing.exit_code, other.exit_code) == (1, 1)
    assert "no such folder" in missing.stderr
    assert "is not a store" in other.stderr


# explore, export


def test_explore_writes_a_page(store: Path, tmp_path: Path) -> None:
    result = govkg(
        "explore", "--store", store, "-o", tmp_path / "page.html", "--title", "试一试", "--limit", 20
    )

    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>试一试</title>" in page
    assert "甘肃省委政法委" in page


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("gexf", "<?xml"),
        ("gephi", "<?xml"),
        ("graphml", "<?xml"),
        ("pajek", "*Vertices"),
        ("dot", "digraph"),
        ("json", '"directed"'),
        ("turtle", "@prefix"),
        ("trig", "@prefix"),
        ("nquads", "<https://"),
        ("jsonld", "["),
    ],
)
def test_every_export_goes_to_file_and_stdout(store: Path, tmp_path: Path, form: str, begins: str) -> None:
    result = govkg("export", form, "--store", store, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    written = (tmp_path / "out").read_bytes()

    assert written.decode().lstrip("{").startswith(begins)
    assert len(written) > 10_000
    assert govkg("export", form, "--store", store, "-o", "-").stdout_bytes == written


def test_tables_go_into_a_folder(store: Path, tmp_path: Path) -> None:
    result = govkg("export", "csv", "--view", "offices", "--store", store, "-o", tmp_path / "deep" / "tables")

    assert result.exit_code == 0, result.stderr
    names = sorted(path.name for path in (tmp_path / "deep" / "tables").iterdir())
    assert names == ["offices-edges.csv", "offices-nodes.csv"]


@pytest.mark.parametrize(
    "arguments", [("export", "gexf", "--view", "office"), ("explore", "--view", "office"), ("export", "gefx")]
)
def test_unknown_views_and_formats_are_told_with_the_choices(
    store: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = govkg(*arguments, "--store", store, "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert "offices" in result.stderr or "graphml" in result.stderr
    assert not list(tmp_path.iterdir())


def test_filters_go_with_every_export(store: Path) -> None:
    sizes = []
    for more in (
        (),
        ("--since", "2024"),
        ("--place", "浙江省"),
        ("--relation", "chaired"),
        ("--min-confidence", "0.95"),
    ):
        result = govkg("export", "json", "--view", "events", *more, "--store", store, "-o", "-")
        assert result.exit_code == 0, result.stderr
        sizes.append(len(json.loads(result.stdout)["edges"]))
    assert sizes[0] > max(sizes[1:]) and all(size > 0 for size in sizes[:4])


def test_a_dataset_takes_no_filters(store: Path, tmp_path: Path) -> None:
    result = govkg("export", "turtle", "--place", "浙江省", "--store", store, "-o", tmp_path / "x.ttl")
    assert result.exit_code == 2
    assert "--place chooses a network; turtle writes the whole dataset" in result.stderr


def test_measures_can_go_with_an_export(store: Path) -> None:
    result = govkg("export", "json", "--view", "offices", "--measures", "--store", store, "-o", "-")
    assert {"degree", "betweenness", "community"} <= json.loads(result.stdout)["nodes"][0].keys()


def test_a_layout_from_gephi_is_taken_over(store: Path, tmp_path: Path) -> None:
    net, page = tmp_path / "net.gexf", tmp_path / "page.html"
    assert (
        govkg(
            "export", "gephi", "--view", "coattendance", "--measures", "--store", store, "-o", net
        ).exit_code
        == 0
    )
    result = govkg("explore", "--view", "coattendance", "--layout", net, "--store", store, "-o", page)
    assert result.exit_code == 0, result.stderr

    drawn = read_drawn(net)
    data = block(page.read_text(encoding="utf-8"), "graph")
    entities = [entity for entity in rows(data["entities"]) if entity["drawn"]]
    assert len(entities) == len(drawn.positions)
    one, other = entities[0], entities[-1]
    there = [drawn.positions[entity["iri"]] for entity in (one, other)]
    scale = (one["x"] - other["x"]) / (there[0][0] - there[1][0])
    assert scale > 0
    # downwards on the page what is upwards in Gephi
    assert one["y"] - other["y"] == pytest.approx(-scale * (there[0][1] - there[1][1]), abs=0.5)
    assert {entity["community"] for entity in entities} == set(data["communities"])
    assert len(data["communities"]) == len(set(data["communities"].values())) == 3


def test_group_by_needs_a_layout(store: Path, tmp_path: Path) -> None:
    result = govkg("explore", "--group-by", "level", "--store", store, "-o", tmp_path / "x.html")
    assert result.exit_code == 2 and "--layout" in result.stderr


# views, stats


def test_views_are_listed_and_explained() -> None:
    listed = govkg("views").stdout
    assert all(name in listed for name in read_views())
    told = govkg("views", "coattendance").stdout
    assert "共同出席" in told and "shared_by_size" in told and "SELECT ?member ?via ?statement" in told
    assert json.loads(govkg("views", "--json").stdout)[0]["name"] == "all"
    wrong = govkg("views", "coatendance")
    assert wrong.exit_code == 2 and "did you mean coattendance?" in wrong.stderr


def test_stats_are_told_and_written(store: Path, tmp_path: Path) -> None:
    result = govkg("stats", "--view", "coattendance", "--store", store, "--csv", tmp_path / "t", "--top", 2)
    assert result.exit_code == 0, result.stderr
    assert "density" in result.stdout and "betweenness" in result.stdout and "more" in result.stdout
    names = {file.name for file in (tmp_path / "t").iterdir()}
    assert {"coattendance-overview.csv", "coattendance-nodes.csv", "coattendance-years.csv"} <= names
    nodes = (tmp_path / "t" / "coattendance-nodes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert nodes[0].startswith("label,pinyin,type,level,province,degree,")
    one = govkg("stats", "--view", "coattendance", "--store", store, "--result", "nodes", "--format", "csv")
    assert one.stdout_bytes == (tmp_path / "t" / "coattendance-nodes.csv").read_bytes()


def test_stats_of_practices_as_json(store: Path) -> None:
    asked = ("stats", "--view", "diffusion", "--practice", "枫桥经验", "--store", store, "--format", "json")
    (adopted, ways) = json.loads(govkg(*asked, "--result", "adoptions", "--result", "paths").stdout)
    assert {row["practice"] for row in adopted["rows"]} == {"枫桥经验"}
    assert all("枫桥经验" in row["sentence"] for row in adopted["rows"])
    assert {row["channel"] for row in ways["rows"]} <= {"official", "event", "neighbours"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--view", "offices", "--result", "paths"), "the view offices has no paths"),
        (("--format", "csv"), "csv on stdout takes one --result"),
        (("--place", "无此地"), "the store knows no place '无此地'"),
        (("--view", "offices", "--weight", "shared"), "is not weighed by 'shared'"),
        (
            ("--view", "offices", "--engine", "networkx", "--communities", "leiden"),
            "has no leiden communities",
        ),
    ],
)
def test_what_cannot_be_measured_is_told(store: Path, arguments: tuple[str, ...], message: str) -> None:
    result = govkg("stats", "--store", store, *arguments)
    assert result.exit_code in (1, 2) and message in result.stderr


def test_figures_are_the_same_in_every_process(store: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        folder = tmp_path / seed
        arguments = [
            "stats",
            "--view",
            "diffusion",
            "--store",
            store,
            "--figures",
            folder,
            "--figure-format",
            "svg",
        ]
        running = process([*arguments, "--csv", folder], PYTHONHASHSEED=seed)
        _, told = running.communicate(timeout=180)
        if b"no font with Chinese" in told:
            pytest.skip("there is no font with Chinese characters")
        assert running.returncode == 0, told
    one, two = (sorted((tmp_path / seed).iterdir()) for seed in ("1", "2"))
    assert len(one) > 15
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]


# Snapshots.


def test_snapshots_are_written_compared_and_never_written_over(
    store: Path, facts: Path, tmp_path: Path
) -> None:
    less = tmp_path / "less.kg"
    govkg("build", facts, "--store", less)
    govkg("remove", "01-jiuquan-opening", "--store", less)
    one, other = tmp_path / "one", tmp_path / "other"
    written = govkg("snapshot", "--store", less, "-o", one, "--creator", "某某", "--issued", "2024-06-30")
    assert written.exit_code == 0, written.stderr
    assert written.stdout.strip().endswith("one/dataset.nq")
    assert govkg("snapshot", "--store", store, "-o", other).exit_code == 0

    told = govkg("diff", one, other).stdout.splitlines()

    assert told[:2] == ["articles: 1 added", "+ 01-jiuquan-opening"]
    assert any(line.startswith("+ ") and "[01-jiuquan-opening]" in line for line in told[2:])
    assert told[-1].startswith("quads: ")
    assert json.loads(govkg("diff", one, other, "--json").stdout)["articles_added"] == ["01-jiuquan-opening"]
    assert govkg("diff", one, one).stdout == "the same\n"
    again = govkg("snapshot", "--store", store, "-o", one)
    assert again.exit_code == 1
    assert "is there already; name a new folder" in again.stderr


@pytest.mark.parametrize("option", ["--issued=May", "--licence=CC BY"])
def test_what_cannot_stand_in_a_description_is_wrong_usage(store: Path, tmp_path: Path, option: str) -> None:
    result = govkg("snapshot", "--store", store, "-o", tmp_path / "s", option)

    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())


# The same every time, and quiet when nobody listens.


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for seed in ("1", "2"):
        facts, store, quads = (tmp_path / f"{name}-{seed}" for name in ("facts", "store", "quads"))
        for arguments in (
            ["extract", ARTICLES, "-o", facts],
            ["build", facts, "--store", store],
            ["export", "nquads", "--store", store, "-o", quads],
            ["export", "gexf", "--store", store, "-o", f"{quads}.gexf"],
        ):
            running = process(arguments, PYTHONHASHSEED=seed)
            _, told = running.communicate(timeout=120)
            assert running.returncode == 0, told
        written.append([facts.read_bytes(), quads.read_bytes(), Path(f"{quads}.gexf").read_bytes()])

    assert written[0] == written[1]


def test_a_reader_that_stops_is_no_error(store: Path) -> None:
    running = process(["export", "nquads", "--store", store, "-o", "-"])
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(100)
    running.stdout.close()

    assert running.wait(timeout=60) == 1
    assert running.stderr.read() == b""


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    name = "a\x1b[2Jb.txt"
    (tmp_path / name).write_bytes(b"")

    result = govkg("extract", tmp_path)

    assert "\x1b" not in result.stderr
    assert "a\\x1b[2Jb.txt" in result.stderr
    assert printable("酒泉\u202e市\n") == "酒泉\\u202e市\\n"
