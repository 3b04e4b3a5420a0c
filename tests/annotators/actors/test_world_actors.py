"""Speakers beyond the study: who counts at the date of an article, and whose offices have no country."""

from datetime import UTC, datetime

import pytest

from analysis.annotators.actors.world_actors import Publication, WorldActors
from analysis.annotators.parsing.document import Document, Span

DAY = datetime(2022, 5, 1, tzinfo=UTC)


@pytest.fixture
def article(two_states, small_world):
    """The world's actors as an article of this text may name them."""

    def article(text, country="", *, day=DAY, is_government=False):
        document = Document(text, (Span(0, len(text)),), published=day)
        publication = Publication("Morning Star", country, is_government)
        return WorldActors(document, two_states, small_world, publication)

    return article


@pytest.mark.parametrize(
    ("text", "country", "name", "side"),
    [
        ("Rain in Canada.", "", "Ann Miller", "other"),
        ("Rain.", "Canada", "Ann Miller", "other"),
        ("Rain.", "", "Ann Miller", None),  # nothing in the article is Canadian
        ("Rain in Canada.", "", "Ann Nobody", None),
        ("Rain in France and Canada.", "", "Eve Roy", None),  # two people on two sides
        ("Rain in France.", "", "Eve Roy", "france"),
        ("Rain in the United States.", "", "Carl Lund", "expert"),  # left all offices
        ("Rain in Norway.", "", "Dora Falk", "other"),  # led a state: never an expert
    ],
)
def test_a_full_name_needs_its_country(text, country, name, side, article):
    found = article(text, country).person(name)
    assert (found and found.side) == side
    assert found is None or (found.rule, found.source) == ("full_name", "hand")


def test_offices_are_held_on_the_day_of_the_article(article):
    assert article("Rain in Canada.").person("Ann Miller").held
    later = article("Rain in Canada.", day=datetime(2027, 1, 1, tzinfo=UTC)).person("Ann Miller")
    assert (later.held, later.side) == (False, "expert")


def test_who_left_an_office_lately_still_speaks_for_the_state(article):
    lately = article("Rain in Canada.", day=datetime(2024, 1, 1, tzinfo=UTC)).person("Ann Miller")
    assert (lately.held, lately.side) == (True, "other")


def test_a_child_with_the_same_name_is_not_the_head_of_state(article):
    assert article("Rain in Norway.").person("Dora Falk Jr") is None


@pytest.mark.parametrize(
    ("country", "surname", "found"),
    [
        ("Canada", "Miller", True),
        ("United States", "Stone", True),  # a legislator of the outlet's own country
        ("Canada", "Stone", False),  # not so well known abroad
        ("United States", "Lund", False),  # no longer in office
    ],
)
def test_a_lone_surname_needs_a_leading_office(country, surname, found, article):
    speaker = article("Rain in Canada and the United States.", country).person(surname, short=True)
    assert (speaker is not None) == found
    assert speaker is None or speaker.rule == "surname"


@pytest.mark.parametrize(
    ("text", "country", "phrase", "rule", "source"),
    [
        ("Rain in France.", "France", "the president", "home_role", "outlet"),
        ("Rain in France.", "", "the president", "home_role", "article"),
        ("Rain in France and Spain.", "", "the president", None, None),  # no country has most of the article
        ("Rain in Spain.", "France", "lawmakers", "home_role", "article"),
        ("Rain.", "France", "two senior officials", "home_role", "outlet"),
        ("Rain.", "France", "a baker", None, None),
        ("Rain in France.", "France", "Sen. Smith", "national_politics", "article"),
        ("Rain in France.", "France", "Smith (R-Ohio)", "national_politics", "article"),
        ("Rain in France.", "France", "a Tory", "national_politics", "article"),
    ],
)
def test_roles_without_a_country(text, country, phrase, rule, source, article):
    found = article(text, country).role(phrase)
    assert (found and found.rule, found and found.source) == (rule, source)


def test_the_side_of_a_role_is_that_of_the_article_where_it_is_not_about_home(article):
    assert article("Rain in Spain.", "France").role("lawmakers").side == "spain"
    assert article("Rain in Spain and France.", "France").role("lawmakers").side == "france"


@pytest.mark.parametrize(
    ("text", "country", "is_government", "side"),
    [
        ("We regret the rain.", "France", True, "france"),
        ("We regret the rain.", "France", False, None),
        ("We regret the rain.", "", True, None),
        ("THE MINISTER:\nWe regret the rain.", "France", True, None),  # anybody may be speaking
    ],
)
def test_we_are_the_state_in_the_text_of_a_ministry(text, country, is_government, side, article):
    found = article(text, country, is_government=is_government).first_person()
    assert (found and found.side) == side


@pytest.mark.parametrize(
    ("country", "role_class", "side"),
    [
        ("FR", "minister", "france"),
        ("FR", "think_tank", "expert"),
        ("FR", "media", "media"),
        ("FR", "armed_group", "other"),
        ("CA", "minister", "other"),
    ],
)
def test_the_class_counts_before_the_country(country, role_class, side, article):
    assert article("Rain.").side(country, role_class) == side


def test_institutions_need_their_country_and_one_side(article):
    named = article("The River Agency of Canada.")
    assert [named.side_of(match) for match in named.matches] == ["other", "other"]
    assert article("The River Agency.").matches == []
    shared = article("The Harbour Bureau of France.", "Canada")
    assert [shared.side_of(match) for match in shared.matches] == [None, "france"]
