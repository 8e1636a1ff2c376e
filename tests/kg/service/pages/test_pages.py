import io
import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from kg.questions import questions
from kg.store import Store
from kg.vocabulary import DATA, GOV
from tests.kg.entities.test_profile import TAO
from tests.kg.sample_facts import many, samples
from tests.kg.service.pages.conftest import MARKUP
from tests.kg.service.running_service import Reply, RunningService, serving

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PERSON = quote("/person/陶望舒@酒泉市委政法委", safe="/@")
FORMER = quote("/person/陶望舒@620902-肃州区", safe="/@")


def page(service: RunningService, path: str, **headers: str) -> Reply:
    return service.request("GET", path, headers={**HTML, **headers})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/search?q=tao", "/query", "/query?question=offices-of", PERSON, f"{PERSON}?offices=all",
     f"{PERSON}?relation=holdsPost&side=subject", "/article/one",
     quote("/institution/酒泉市委政法委"), quote("/place/620900-酒泉市"), quote("/practice/枫桥经验"),
     quote("/post/酒泉市委政法委/书记"), quote("/membership/陶望舒@酒泉市委政法委/酒泉市委政法委/书记")],
)  # fmt: skip
def test_every_page_answers_in_both_languages(pages: RunningService, path: str, language: str) -> None:
    reply = page(pages, path, Cookie=f"language={language}")
    assert (reply.status, reply.media_type) == (200, "text/html")
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in reply.text
    assert "'unsafe" not in reply.headers["content-security-policy"]
    for unsafe in ("<script>", " style=", " onclick=", "javascript:"):
        assert unsafe not in reply.text


def test_the_browsers_language_is_used_until_one_is_chosen(pages: RunningService) -> None:
    assert "Overview" in page(pages, "/search", **{"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}).text
    chosen = page(pages, "/search", Cookie="language=zh", **{"Accept-Language": "en-GB"})
    assert "概览" in chosen.text


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", ""])
def test_the_switch_of_language_leads_nowhere_else(pages: RunningService, back: str) -> None:
    reply = page(pages, f"/language?{urlencode({'to': 'en', 'back': back})}")
    assert (reply.status, reply.headers["location"]) == (303, "/")


# An IRI answers with a page or with data.


@pytest.mark.parametrize(
    ("accept", "media_type", "syntax"),
    [
        ("text/turtle", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("text/turtle;q=0.4, application/n-triples;q=0.9", "application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_a_program_gets_the_entity_as_data(
    pages: RunningService, accept: str, media_type: str, syntax: ox.RdfFormat
) -> None:
    reply = pages.request("GET", PERSON, headers={"Accept": accept})
    assert (reply.status, reply.media_type) == (200, media_type)
    quads = list(ox.parse(reply.body, syntax))
    person = ox.NamedNode(TAO)
    assert any(q.subject == person and q.predicate == GOV.holdsPost for q in quads)
    assert any(q.predicate == GOV.evidence for q in quads)


def test_a_browser_gets_the_page_and_links_to_the_data(pages: RunningService) -> None:
    reply = page(pages, PERSON)
    assert reply.media_type == "text/html"
    assert 'type="text/turtle"' in reply.headers["link"]
    assert "Accept" in reply.headers["vary"]


def test_the_ontology_answers_with_the_codebook_or_its_file(pages: RunningService) -> None:
    reply = page(pages, "/ontology", Cookie="language=zh")
    assert 'id="holdsPost"' in reply.text
    assert "编码手册" in reply.text
    assert "unsafe" not in reply.headers["content-security-policy"]
    turtle = pages.request("GET", "/ontology", headers={"Accept": "text/turtle"})
    assert any(t.subject == GOV.holdsPost for t in ox.parse(turtle.body, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(("form", "media_type"), [("ttl", "text/turtle"), ("nq", "application/n-quads")])
def test_an_address_can_name_the_format(pages: RunningService, form: str, media_type: str) -> None:
    assert page(pages, f"{PERSON}?format={form}").media_type == media_type


def test_what_cannot_be_had_is_refused(pages: RunningService) -> None:
    assert pages.request("GET", PERSON, headers={"Accept": "image/png"}).status == 406


def test_a_former_iri_leads_to_the_present_one_for_people_and_programs(pages: RunningService) -> None:
    for headers in (HTML, {"Accept": "text/turtle"}):
        reply = pages.request("GET", f"{FORMER}?format=ttl", headers=headers)
        assert reply.status == 301
        assert reply.headers["location"] == f"{PERSON}?format=ttl"


@pytest.mark.parametrize(
    "path",
    ["/person/nobody", "/person/", "/article/none", "/person/..%2f..%2fetc%2fpasswd",
     "/person/../../etc/passwd", "/static/..%2fpages%2fwords.py", "/static/../words.py",
     "/static/%2e%2e/words.py", "/person/%00", "/nothing", "/person/" + "a" * 5000],
)  # fmt: skip
def test_what_is_not_there_is_not_found(pages: RunningService, path: str) -> None:
    reply = page(pages, path)
    assert reply.status == 404
    assert b"root:" not in reply.body


@pytest.mark.parametrize("path", ["/person/%ff%fe", "/person/%E4%B8", "/article/%c0%af"])
def test_an_address_that_is_no_utf8_is_refused(pages: RunningService, path: str) -> None:
    assert page(pages, path).status == 400


def test_however_a_path_is_encoded_it_is_the_same_entity(pages: RunningService) -> None:
    lower = PERSON.replace("%E", "%e")
    everything = "/person/" + "".join(f"%{byte:02X}" for byte in "陶望舒@酒泉市委政法委".encode())
    assert page(pages, lower).status == page(pages, everything).status == 200


def test_the_article_page_has_the_fragments_of_its_iris(pages: RunningService) -> None:
    text = page(pages, "/article/one").text
    assert 'id="f0"' in text
    assert 'id="e-p0"' in text


# What pages say.


def test_the_page_of_a_person_tells_facts_with_their_sentences(pages: RunningService) -> None:
    text = page(pages, PERSON).text
    assert "<mark>酒泉市委政法委书记陶望舒主持会议，酒泉市推行主动创稳。</mark>" in text
    for told in ("《报道one》", "甘肃政法网", "2023-06-28", "0.90", "holdsPost/test", "肃州区", "区长"):
        assert told in text


def test_the_page_tells_how_identity_was_decided(pages: RunningService) -> None:
    text = page(pages, PERSON, Cookie="language=en").text
    for told in ("same province", "different kinds of career", "unsure", "identity rules"):
        assert told in text


def test_the_page_of_an_office_tells_the_sentences_behind_it(pages: RunningService) -> None:
    text = page(pages, quote("/membership/陶望舒@酒泉市委政法委/酒泉市委政法委/书记")).text
    assert "酒泉市委政法委书记陶望舒主持会议" in text
    assert "中共酒泉市委政法委员会书记陶望舒强调" in text
    assert "2023-06-28" in text


def test_suggestions_come_as_json(pages: RunningService) -> None:
    reply = pages.request("GET", "/search.json?q=taowang")
    (first, *_) = json.loads(reply.body)["hits"]
    assert (first["label"], first["type"], first["path"]) == (
        "陶望舒",
        "Person",
        "/person/陶望舒@酒泉市委政法委",
    )


# Questions.


def test_every_question_has_a_form_and_answers_its_examples(pages: RunningService) -> None:
    for question in questions().values():
        values = {f"p.{p.name}": p.example for p in question.parameters}
        reply = page(pages, "/query?" + urlencode({"question": question.name, "run": "1", **values}))
        assert reply.status == 200
        assert 'role="alert"' not in reply.text, question.name
        assert all(f'name="p.{p.name}"' in reply.text for p in question.parameters)


def test_a_form_without_scripts_gives_the_answer_on_the_page(pages: RunningService) -> None:
    asked = urlencode({"question": "offices-of", "run": "1", "p.official": "陶望舒"})
    text = page(pages, f"/query?{asked}").text
    assert "肃州区区长" in text
    assert 'href="/person/陶望舒@酒泉市委政法委"' in text


def test_the_editor_without_scripts_posts_its_query(pages: RunningService) -> None:
    body = urlencode({"query": "SELECT ?p { ?p a gov:Person }", "run": "1"}).encode()
    headers = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}
    reply = pages.request("POST", "/query", body, headers)
    assert reply.status == 200
    assert "祁连川" in reply.text


def test_a_mistake_is_told_with_its_line(pages: RunningService) -> None:
    reply = page(
        pages, "/query/answer?" + urlencode({"query": "SELECT ?p {\n ?p a gvo:Person }", "run": "1"})
    )
    assert 'role="alert"' in reply.text
    assert 'data-line="2"' in reply.text


def test_a_term_that_does_not_exist_is_told_with_those_near_it(pages: RunningService) -> None:
    asked = urlencode({"query": "SELECT ?p {\n ?p gov:holdPost ?o }", "run": "1"})
    text = page(pages, f"/query/answer?{asked}", Cookie="language=en").text
    assert "gov:holdPost in line 2" in text
    assert "gov:holdsPost" in text


@pytest.mark.parametrize(
    "query", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"]
)
def test_what_only_reading_allows_is_refused_on_the_page_too(pages: RunningService, query: str) -> None:
    reply = page(pages, "/query/answer?" + urlencode({"query": query, "run": "1"}))
    assert 'role="alert"' in reply.text


def test_a_name_that_nobody_has_gets_near_ones(pages: RunningService) -> None:
    asked = urlencode({"question": "offices-of", "run": "1", "p.official": "望舒"})
    assert "陶望舒" in page(pages, f"/query/answer?{asked}").text


@pytest.mark.parametrize(
    ("form", "first"), [("csv", "p"), ("tsv", "?p"), ("json", '{"head"'), ("xml", "<?xml")]
)
def test_an_answer_can_be_downloaded(pages: RunningService, form: str, first: str) -> None:
    asked = urlencode({"query": "SELECT ?p { ?p a gov:Person }", "format": form})
    reply = pages.request("GET", f"/query/download?{asked}")
    assert reply.status == 200
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.text.startswith(first)
    assert "陶望舒" in reply.text


def test_an_answer_can_be_downloaded_as_parquet(pages: RunningService) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    asked = urlencode({"query": "SELECT ?p { ?p a gov:Person }", "format": "parquet"})
    reply = pages.request("GET", f"/query/download?{asked}")
    assert parquet.read_table(io.BytesIO(reply.body)).num_rows == 4


def test_a_graph_can_be_downloaded_as_turtle(pages: RunningService) -> None:
    asked = urlencode({"query": "CONSTRUCT WHERE { ?p a gov:Person }", "format": "turtle"})
    reply = pages.request("GET", f"/query/download?{asked}")
    assert len(list(ox.parse(reply.body, ox.RdfFormat.TURTLE))) == 4


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(pages: RunningService) -> None:
    asked = urlencode({"query": 'SELECT ("=1+1" AS ?x) {}', "format": "csv"})
    assert "'=1+1" in pages.request("GET", f"/query/download?{asked}").text


def test_terms_are_completed_by_label_and_reading(pages: RunningService) -> None:
    terms = {term["term"]: term for term in json.loads(pages.request("GET", "/query/terms.json").body)}
    assert terms["gov:holdsPost"]["zh"] == "任职于"
    assert "renzhiyu" in terms["gov:holdsPost"]["keys"]
    assert "rdfs:label" in terms


# Hostile texts.


def test_markup_in_texts_is_shown_as_text(pages: RunningService) -> None:
    article = quote("/article/x%22%3E%3Cscript%3E", safe="/%")
    for path in (
        article,
        "/search?q=" + quote("会"),
        "/search?q=" + quote(MARKUP),
        "/query?question=" + quote(MARKUP),
    ):
        reply = page(pages, path)
        assert "<img src=x" not in reply.text
        assert "<script>document" not in reply.text


def test_a_form_that_is_too_long_or_no_utf8_is_told_so(pages: RunningService) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"query=" + b"a" * 2_000_000, b"query=%ff%fe&run=1", b"query=\xff"):
        reply = pages.request("POST", "/query/answer", body, headers)
        assert reply.status < 500
        assert 'role="alert"' in reply.text or reply.status == 413


def test_a_store_without_articles_has_its_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("empty") / "a.kg"
    Store.create(path).close()
    with serving(path) as service:
        for address in (
            "/",
            "/search",
            "/search?q=a",
            "/query",
            "/query?question=offices-of&run=1",
            "/ontology",
        ):
            assert page(service, address).status == 200
        assert page(service, PERSON).status == 404


def test_pages_follow_what_a_writer_publishes(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("moving") / "a.kg"
    with Store.create(path) as store:
        store.add(samples()[:1])
    with serving(path) as service:
        assert json.loads(service.request("GET", "/search.json?q=qlc").body)["total"] == 0
        with Store.open(path, write=True) as store:
            store.add(samples()[1:])
            store.add(many(3))
        assert json.loads(service.request("GET", "/search.json?q=qlc").body)["total"] == 1
        assert (
            f"{DATA}article/five"
            in service.request("GET", "/article/five", headers={"Accept": "application/n-triples"}).text
        )
