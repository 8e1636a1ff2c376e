"""The persons of a text, resolved and named in full, as a table."""

from __future__ import annotations

from extract.pipeline import Extractor
from extract.records import Article
from tests.extract.case_files import Case, cases
from tests.extract.readings import names, read


@cases("persons.tsv")
def test_a_text_names_its_persons(extractor: Extractor, case: Case) -> None:
    record = read(extractor, case.text, case.date)

    assert names(record, "Person") == sorted(case.expected), case.text


def test_an_author_of_the_page_is_no_person_where_the_body_is_signed(extractor: Extractor) -> None:
    text = "（通讯员 高秀兰）静宁县委书记姚立群主持会议。"
    signed = Article(id="a", text=text, authors=["高秀兰"])

    assert names(next(iter(extractor.extract([signed]))), "Person") == ["姚立群"]


def test_an_author_who_is_also_an_official_of_the_article_stays(extractor: Extractor) -> None:
    text = "静宁县举行乡村治理创新论坛。\n来宾有备而来。\n掌声不断。\n静宁县司法局局长高秀兰主持会议。"
    record = next(iter(extractor.extract([Article(id="a", text=text, authors=["高秀兰"])])))

    assert names(record, "Person") == ["高秀兰"]
