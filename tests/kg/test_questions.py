from pathlib import Path

import pytest

from extract.language.relations import Text
from kg.errors import QueryError
from kg.questions import TOPICS, common_columns, find_question, parse_question, questions

README = Path(__file__).parent.parent.parent / "README.md"
HEAD = """# topic: people
# title.zh: 谁
# title.en: Who
# answers.zh: 何人
# answers.en: Which person
# param who label(Person|Place) example "某人"
# param.who.zh: 人名
# param.who.en: a name
# column.what.en: what it is

PREFIX gov: <https://w3id.org/governance-kg/ontology#>
SELECT DISTINCT ?who (COUNT(?x) AS ?what) { { SELECT ?x ?who { ?x gov:y ?who } } }
"""


def test_the_library_answers_many_questions_on_every_topic() -> None:
    found = questions()

    assert f"The library has {len(found)} questions" in README.read_text(encoding="utf-8")
    assert list(dict.fromkeys(question.topic for question in found.values())) == list(TOPICS)
    assert all(found[name].name == name for name in found)


def test_every_question_has_a_parameter_with_an_example() -> None:
    for question in questions().values():
        assert question.parameters
        assert all(parameter.example for parameter in question.parameters)


def test_a_parameter_can_be_bound_as_it_is_selected() -> None:
    for question in questions().values():
        columns = {column.name for column in question.columns}
        assert {parameter.name for parameter in question.parameters} <= columns


def test_common_columns_are_used() -> None:
    used = {column.name for question in questions().values() for column in question.columns}

    assert set(common_columns()) <= used


def test_a_head_is_read_whole() -> None:
    question = parse_question("who", HEAD)

    assert question.topic == "people"
    assert question.title == Text("谁", "Who")
    assert question.answers == Text("何人", "Which person")
    (who,) = question.parameters
    assert (who.name, who.type, who.example, who.kinds) == ("who", "label", "某人", ("Person", "Place"))
    assert who.description == Text("人名", "a name")
    assert [column.name for column in question.columns] == ["who", "what"]
    assert question.columns[1].description.en == "what it is"
    assert question.sparql.startswith("PREFIX gov:")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("# param who string", r"q\.rq:2: a parameter line"),
        ('# param who name example "x" : y', r"q\.rq:2: a parameter line"),
        ('# param who label(Persons) example "x" : y', r"q\.rq:2: there is no type of entity 'Persons'"),
    ],
)
def test_a_malformed_parameter_line_names_its_line(line: str, part: str) -> None:
    with pytest.raises(QueryError, match=part):
        parse_question("q.rq", f"# title.en: x\n{line}\nSELECT * {{}}")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes("SELECT * { ?s ?p '枫桥' }".encode("gb18030"))
    with pytest.raises(QueryError, match="is not UTF-8"):
        find_question(str(tmp_path / "q.rq"))
