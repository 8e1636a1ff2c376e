"""The engine, loaded once for all tests."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.language.lexicon import Lexicon, read_lexicon
from extract.language.places import PlaceRegister, read_places
from extract.pipeline import Extractor
from extract.tagging import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="session")
def extractor(nlp: Language) -> Extractor:
    return Extractor(nlp)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return read_lexicon()


@pytest.fixture(scope="session")
def register() -> PlaceRegister:
    return read_places()
