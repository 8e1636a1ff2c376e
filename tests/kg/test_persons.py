import itertools

from kg.persons import PersonEvidence, identify
from kg.resolve import LocalEntity


def person(
    article: str,
    offices: set[str] = frozenset(),  # type: ignore[assignment]
    company: set[str] = frozenset(),  # type: ignore[assignment]
    events: set[str] = frozenset(),  # type: ignore[assignment]
    *,
    public: bool = True,
    number: int = 0,
) -> PersonEvidence:
    discriminator = min(offices) if offices else f"digest-{article}-{number}"
    local = LocalEntity(
        f"{article}#e-p{number}",
        "Person",
        "张衡之",
        f"person/张衡之@{discriminator}",
        "张衡之",
        public=public,
    )
    return PersonEvidence(local, article, frozenset(offices), frozenset(company), frozenset(events))


def groups(*persons: PersonEvidence) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for local, identity in identify(persons).items():
        found.setdefault(identity.iri, set()).add(local.split("#")[0])
    return {frozenset(group) for group in found.values()}


def test_a_shared_office_makes_one_person() -> None:
    assert groups(person("a", {"X", "Y"}), person("b", {"Y"}), person("c", {"Z"})) == {
        frozenset("ab"),
        frozenset("c"),
    }


def test_offices_chain() -> None:
    assert groups(person("a", {"X"}), person("b", {"X", "Y"}), person("c", {"Y"})) == {frozenset("abc")}


def test_without_office_the_only_fitting_company_decides() -> None:
    official = person("a", {"X"})
    assert groups(official, person("b", company={"X", "Q"})) == {frozenset("ab")}
    assert groups(official, person("b", company={"Q"})) == {frozenset("a"), frozenset("b")}


def test_without_office_and_two_that_fit_it_stays_apart() -> None:
    assert groups(person("a", {"X"}), person("b", {"Y"}), person("c", company={"X", "Y"})) == {
        frozenset("a"),
        frozenset("b"),
        frozenset("c"),
    }


def test_two_of_a_name_in_one_article_are_two() -> None:
    official = person("a", {"X"}, number=0)
    photographer = person("a", company={"X"}, number=1)
    assert len({identity.iri for identity in identify([official, photographer]).values()}) == 2


def test_without_office_the_same_event_makes_one() -> None:
    assert groups(person("a", events={"E"}), person("b", events={"E"}), person("c", events={"F"})) == {
        frozenset("ab"),
        frozenset("c"),
    }


def test_the_iri_is_the_first_by_office_and_one_of_the_members_own() -> None:
    persons = [person("a", {"Y"}), person("b", {"X", "Y"}), person("c", company={"Y"})]
    identities = identify(persons)
    assert {identity.iri for identity in identities.values()} == {"person/张衡之@X"}


def test_who_acts_in_public_anywhere_is_public() -> None:
    hidden = person("a", {"X"}, public=False)
    assert not identify([hidden])["a#e-p0"].public
    assert identify([hidden, person("b", {"X"})])["a#e-p0"].public


def test_the_order_of_input_makes_no_difference() -> None:
    persons = [
        person("a", {"X"}),
        person("b", {"Y"}),
        person("c", company={"X"}),
        person("d", events={"E"}, company={"E"}),
        person("e", events={"E"}, company={"E", "Y"}),
    ]
    results = [identify(order) for order in itertools.permutations(persons)]
    assert all(result == results[0] for result in results)
