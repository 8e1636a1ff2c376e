"""The events a text names, as a table; a name is taken as it stands, relative places unresolved."""

from __future__ import annotations

from spacy.language import Language

from extract.language.lexicon import Lexicon
from extract.language.places import PlaceRegister
from extract.mentions.events import find_events
from extract.mentions.institutions import find_institutions
from extract.mentions.places import find_places
from extract.tagging import words_of
from extract.text import Mention, Text
from tests.extract.case_files import Case, cases


def events(nlp: Language, lexicon: Lexicon, register: PlaceRegister, case: Case) -> list[Mention]:
    text = Text.of(words_of(nlp(case.text)), case.text, lexicon.glued_verbs)
    places = find_places(text, register, case.date)
    return find_events(text, lexicon, find_institutions(text, lexicon, places) + places)


@cases("events.tsv")
def test_a_text_names_its_events(
    nlp: Language, lexicon: Lexicon, register: PlaceRegister, case: Case
) -> None:
    found = [mention.name for mention in events(nlp, lexicon, register, case) if mention.name]

    assert found == case.expected, case.text


@cases("events.tsv")
def test_events_stand_apart_and_in_order(
    nlp: Language, lexicon: Lexicon, register: PlaceRegister, case: Case
) -> None:
    reach = 0
    for mention in events(nlp, lexicon, register, case):
        assert reach <= mention.start < mention.end <= len(case.text)
        reach = mention.end
