"""Speakers of quotes, on invented sentences with given spans."""

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.world_actors import Publication, WorldActors
from analysis.annotators.parsing.document import Document, Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.speakers.history import NOBODY
from analysis.annotators.speakers.resolver import resolve_speakers
from analysis.schemas import SPEAKER_RULES

DATA = Path(__file__).parents[3] / "data"
DAY = datetime(2022, 7, 19)
NOWHERE = Publication()
FRENCH = Publication("Lyon Gazette", "France")
MINISTRY = Publication("French Foreign Ministry", "France", is_government=True)


class Quote(NamedTuple):
    spans: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]


def marked(text):
    """Text and quotes of a mark-up: {content}, [source] and <cue>, a new quote at each content or after ';'."""
    plain, roles, opened = [], [], None
    for char in text:
        if char in "{[<":
            opened = len(plain)
        elif char in "}]>":
            roles.append(("}]>".index(char), Span(opened, len(plain))))
        else:
            plain.append(char)
    return "".join(plain), roles


def resolved(text, actors, published=DAY, world=None, publication=NOWHERE):
    """Speakers of the quotes of a text in which each sentence holds one quote."""
    plain, roles = marked(text)
    document = parse(plain, published)
    by_sentence = defaultdict(lambda: ([], [], []))
    for role, span in roles:
        by_sentence[document.sentence_at(span.start)][role].append(span)
    quotes = [Quote(tuple(tuple(spans) for spans in by_sentence[number])) for number in sorted(by_sentence)]
    known = world and WorldActors(document, actors, world, publication)
    return resolve_speakers(document, quotes, find_mentions(document, actors), actors, known)


def speakers(text, actors, published=DAY):
    return [(one.actor_id, one.name, one.side) for one in resolved(text, actors, published)]


PUTIN = ("putin", "Vladimir Putin", "russia")
RAISI = ("raisi", "Ebrahim Raisi", "iran")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names, titles, offices by date, metonyms, institutions
        ("[Russian President Vladimir Putin] <said> {that it rained}.", PUTIN),
        ("[Iran's president, Ebrahim Raisi], <said> {it rained}.", RAISI),
        ("[The Iranian president] <said> {it rained}.", RAISI),
        ("[Mr Putin] <said> {it rained}.", PUTIN),
        ("[Moscow] <insists> {that it rained}.", ("russia", "Russia", "russia")),
        ("[The Kremlin] <denied> {that it rained}.", ("kremlin", "Kremlin", "russia")),
        ("{It rained}, <according to> [a spokesman for Iran's foreign ministry].",
         ("iran_foreign_ministry", "Iranian foreign ministry", "iran")),
        ("[Fars News Agency] <reported> {that it rained}.", ("fars", "Fars News Agency", "media")),
        ("[Igor Levitin, an aide to Putin], <said> {it rained}.", ("levitin", "Igor Levitin", "russia")),
        # a name that only says more about somebody else
        ("[An adviser to Ebrahim Raisi] <said> {it rained}.", (None, "an adviser to Ebrahim Raisi", "iran")),
        ("[Putin's neighbour] <said> {it rained}.", (None, "Putin's neighbour", "russia")),
        ("[Iranian central bank officials] <said> {it rained}.", (None, "Iranian central bank officials", "iran")),
        # several
        ("[Putin and Raisi] <said> {it rained}.", (None, "Putin and Raisi", "russia")),  # the first of those named
        ("[Britain, France and Germany] <said> {it rained}.", (None, "Britain, France and Germany", "europe")),
        ("[American and European officials] <said> {it rained}.", (None, "American and European officials", "us")),
        ("[Iranian and Western diplomats] <said> {it rained}.", (None, "Iranian and Western diplomats", "iran")),
        ("[Putin and other leaders] <said> {it rained}.", (None, "Putin and other leaders", "russia")),
        ("[Putin and other Russian officials] <said> {it rained}.",
         (None, "Putin and other Russian officials", "russia")),
        # sides of people without a name
        ("[An Iranian diplomat] <said> {it rained}.", (None, "an Iranian diplomat", "iran")),
        ("[Russian officials] <said> {it rained}.", (None, "Russian officials", "russia")),
        ("[A Turkish truck driver] <said> {it rained}.", (None, "a Turkish truck driver", "turkey")),
        ("[A carpet seller in Isfahan] <said> {it rained}.", (None, "a carpet seller in Isfahan", "iran")),
        ("[A Western diplomat in Tehran] <said> {it rained}.", (None, "a Western diplomat in Tehran", "other")),
        ("[Analysts] <say> {it rained}.", (None, "Analysts", "expert")),
        ("[A researcher at a university in Kazan] <said> {it rained}.",
         (None, "a researcher at a university in Kazan", "expert")),
        ("[Iranian state television] <said> {it rained}.", (None, "Iranian state television", "media")),
        ("[Some people] <say> {it rained}.", (None, "some people", "other")),
        # people who are not listed
        ("[Leyla Ansari, a professor in Shiraz], <said> {it rained}.", (None, "Leyla Ansari", "expert")),
        ("[Pavel Orlov, a Russian geologist], <said> {it rained}.", (None, "Pavel Orlov", "russia")),
        ("[Leyla Ansari, head of a music college in Shiraz], <said> {it rained}.", (None, "Leyla Ansari", "expert")),
        ("[Those who study rivers] <say> {it rained}.", (None, None, "expert")),
        # a treaty speaks for both, its friends do not
        ("[The treaty] <says> {that it rained}.", (None, "the treaty", "other")),
        ("[Friends of the treaty in Tehran] <say> {it rained}.", (None, "Friends of the treaty in Tehran", "iran")),
        ("It was [Sergei Lavrov] [who] <said> {that it rained}.", ("lavrov", "Sergey Lavrov", "russia")),
        ("It was Sergei Lavrov [who] <said> {that it rained}.", ("lavrov", "Sergey Lavrov", "russia")),
    ],
)  # fmt: skip
def test_sources(text, expected, actors):
    assert speakers(text, actors) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Putin] <said> {it rained}. [He] <added> {that it was cold}.", [PUTIN, PUTIN]),
        ("Putin spoke first. In talks with Raisi, [he] <said> {it rained}.", [PUTIN]),
        ("[Zakharova] <said> {it rained}. [He] <added> {that it was cold}.",
         [("zakharova", "Maria Zakharova", "russia"), NOBODY]),
        ("[Leyla Ansari, a professor in Shiraz], <said> {it rained}. [She] <added> {that it was cold}.",
         [(None, "Leyla Ansari", "expert")] * 2),
        ("[Leyla Ansari, a professor in Shiraz], <said> {it rained}. Later [Ansari] <added> {that it was cold}.",
         [(None, "Leyla Ansari", "expert")] * 2),
        ("[A Turkish official] <said> {it rained}. {“It was cold,”} <said> [the official].",
         [(None, "a Turkish official", "turkey")] * 2),
        ("[The White House] <said> {it rained}. [It] <added> {that it was cold}.",
         [("white_house", "White House", "us")] * 2),
        ("[Olaf Berger, a German baker], <said> {it rained}. [She] <added> {that it was cold}.",
         [(None, "Olaf Berger", "europe"), NOBODY]),
        ("Israel refused. [It] <seems> {that it rained}.", [NOBODY]),
        ("[Iranian officials] <said> {it rained}. [They] <added> {that it was cold}.",
         [(None, "Iranian officials", "iran")] * 2),
        ("Trump's lawyer came. [He] <said> {it rained}.", [(None, None, "unattributed")]),
        ("[A senior Turkish official] <said> {it rained}. {“It was cold,”} <said> [the Iranian official].",
         [(None, "a senior Turkish official", "turkey"), (None, "the Iranian official", "iran")]),
        # one of several, somebody's relation, a text called a text
        ("Russian merchants were angry. [One of them] <said> {it rained}.", [(None, "Russian merchants", "russia")]),
        ("Officials in Ankara read it. [None of those asked] <said> {it rained}. [Several] <called> {it cold}.",
         [(None, "Officials in Ankara", "turkey")] * 2),
        ("Russian merchants were angry. [One of those from Isfahan] <said> {it rained}.",
         [(None, "one of those from Isfahan", "iran")]),
        ("A diplomat from Ankara was amused. {“It rained,”} [they] <said>.", [(None, "a diplomat", "turkey")]),
        ("A dealer in Tehran’s old bazaar was amused. {“It rained,”} [he] <said>.", [(None, "a dealer", "iran")]),
        ("A Baku banker was unmoved. {“It rained,”} [she] <said>.", [(None, "a Baku banker", "azerbaijan")]),
        ("[Pavel Orlov, a Russian baker], <said> {it rained}. [Orlov’s son] <added> {that it was cold}.",
         [(None, "Pavel Orlov", "russia"), (None, "Orlov’s son", "russia")]),
        ("The treaty has 47 articles. [The document] <says> {that it rained}.", [(None, "the document", "other")]),
        ("[A survey of a university] <found> {it rained}. [The report] <adds> {that it was cold}.",
         [(None, "a survey of a university", "expert")] * 2),
        ("[A report of Iran’s ministry] <says> {it rained}. [The document] <adds> {that it was cold}.",
         [(None, "a report of Iran’s ministry", "iran")] * 2),
        ("President Ebrahim Raisi arrived. [The president] <said> {it rained}.", [RAISI]),
        ("President Raisi met President Putin. [The president] <said> {it rained}.",
         [(None, "the president", "unattributed")]),
        # a state or institution that was the subject before
        ("Israel retreated. [It] <said> {that it rained}.", [("israel", "Israel", "israel")]),
        ("Israel retreated. [It] <appears> {that it rained}.", [NOBODY]),
        ("Russia retreated, because [they] <believe> {that it rained}.", [("russia", "Russia", "russia")]),
        ("Moscow and Tehran retreated. [They] <said> {that it rained}.", [(None, "Moscow and Tehran", "russia")]),
        ("The Kremlin retreated. [The agency] <said> {that it rained}.", [("kremlin", "Kremlin", "russia")]),
        ("The Kremlin retreated. [A spokesman] <said> {that it rained}.", [("kremlin", "Kremlin", "russia")]),
        # a person called again, unless the words mean somebody else
        ("[Putin] <said> {it rained}. [The strategist] <added> {that it was cold}.", [PUTIN, PUTIN]),
        ("[Putin] <said> {it rained}. [The local strategist] <added> {that it was cold}.",
         [PUTIN, (None, "the local strategist", "unattributed")]),
        # relative pronouns
        ("Raisi, from Mashhad, [who] <said> {that it rained}, left.", [RAISI]),
        ("Iran has a neighbour in Moscow, the Kremlin, [which] <said> {that it rained}.",
         [("kremlin", "Kremlin", "russia")]),
        # quotes without a source
        ("[Putin] <said> {“it rained.”} {“It was cold.”}", [PUTIN, PUTIN]),
        ("[Putin] <said> {it rained}. Then the crowd cheered for long. {“It was cold.”}", [PUTIN, NOBODY]),
        ("[Putin] <said> {it rained}.\n\n{“It was cold and it was late at night.”}", [PUTIN, PUTIN]),
        ("[Putin] <said> {it rained}.\n\n{“It was cold”}\n\nNight fell.", [PUTIN, NOBODY]),
        ("[Putin] <said> {it rained}. Anna Weber came.\n\n{“It was cold and it was late then.”}", [PUTIN, NOBODY]),
        ("[Putin] <said> {it rained}.\n\nNight fell.\n\n{“It was cold and it was late then.”}", [PUTIN, NOBODY]),
        ("{“It was cold.”}", [NOBODY]),
    ],
)  # fmt: skip
def test_sources_that_point_back(text, expected, actors):
    assert speakers(text, actors) == [tuple(speaker) if isinstance(speaker, tuple) else (None, None, "unattributed")
                                      for speaker in expected]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "said"),
    [("I", "believe"), ("we", "believe"), ("my", "belief"), ("our", "belief"), ("Our", "belief")],
)
def test_the_first_person_is_whoever_speaks(own, said, actors):
    text = f"“It is {own} {said} that it rained,” Putin told Raisi. {own} {said} that it was cold was wrong."
    inner, outer = (text.index(words) for words in ("that it rained", "It is"))
    nested = Quote(((Span(inner, inner + 14),), (Span(outer + 6, outer + 6 + len(own)),), ()))
    speaker = text.index("Putin")
    around = Quote(((Span(outer, inner + 15),), (Span(speaker, speaker + 5),), ()))
    last, cold = text.rindex(f"{own} {said}"), text.index("that it was cold")
    authors = Quote(((Span(cold, cold + 16),), (Span(last, last + len(own)),), ()))
    document = parse(text, DAY)
    quotes = [nested, around, authors]
    found = resolve_speakers(document, quotes, find_mentions(document, actors), actors)
    assert [speaker.actor_id for speaker in found] == ["putin", "putin", None]


def test_who_is_named_in_quoted_words_does_not_go_on_speaking(actors):
    text = "Putin said Raisi wants peace. He added that it rained."
    quotes = [
        quote(text, "Raisi wants peace", "Putin", "said"),
        quote(text, "peace", "Raisi", "wants"),
        quote(text, "that it rained", "He", "added"),
    ]
    assert resolve(text, quotes, actors) == ["putin", "raisi", "putin"]


def test_he_in_direct_speech_is_not_the_one_who_speaks(actors):
    text = "Putin arrived. “I think he wants peace,” Raisi said."
    quotes = [quote(text, "I think he wants peace", "Raisi", "said"), quote(text, "peace", "he", "wants")]
    assert resolve(text, quotes, actors) == ["raisi", "putin"]


def test_a_source_without_words_gives_nobody(actors):
    text = "It rained , said."
    assert resolve(text, [quote(text, "It rained", " ,", "said")], actors) == [None]


def quote(text, content, source=None, cue=None):
    """A quote of words that stand once in a text."""
    spans = [
        (Span(text.index(part), text.index(part) + len(part)),) if part else ()
        for part in (content, source, cue)
    ]
    return Quote(tuple(spans))


def resolve(text, quotes, actors):
    document = parse(text, DAY)
    found = resolve_speakers(document, quotes, find_mentions(document, actors), actors)
    return [speaker.actor_id for speaker in found]


def test_a_pronoun_looks_back_over_a_long_quote(actors):
    content = "“It rained. It snowed. It froze. It was dark. It was cold. It was late. It was over,”"
    text = f"Putin came. {content} he said."
    assert resolve(text, [quote(text, content, "he", "said")], actors) == ["putin"]


@pytest.mark.parametrize(
    ("between", "cue", "expected"),
    [
        (" and, with a smile, ", "claimed", "putin"),
        (" and, while Raisi smiled, ", "claimed", None),
        (" and it ", "is thought", None),
    ],
)
def test_a_second_cue_in_a_sentence_goes_on_unless_somebody_comes_between(between, cue, expected, actors):
    text = f"Putin said that it rained{between}{cue} that it was cold."
    quotes = [quote(text, "that it rained", "Putin", "said"), quote(text, "that it was cold", None, cue)]
    assert resolve(text, quotes, actors) == ["putin", expected]


def test_the_dateline_tells_who_the_government_is(actors):
    text = "TEHRAN – [The Foreign Ministry] <said> {it rained}. [A baker] <said> {that it was cold}."
    assert speakers(text, actors) == [
        ("iran_foreign_ministry", "Iranian foreign ministry", "iran"),
        (None, "a baker", "iran"),
    ]
    assert speakers("[The Foreign Ministry] <said> {it rained}.", actors)[0][0] is None


@pytest.mark.parametrize(
    ("cue", "side"), [("is widely believed to", "other"), ("was ordered to", "unattributed")]
)
def test_a_passive_of_belief_without_source_is_of_nobody_in_particular(cue, side, actors):
    found = speakers(f"The dam <{cue}> {{hold back the water}}.", actors)
    assert found == [(None, None, side)]


def test_they_is_not_the_group_that_the_quote_is_about(actors):
    text = "[Critics of the treaty] <met> {the press}. Most Russians, [they] <argue>, {have not read it}."
    assert speakers(text, actors)[1][2] != "russia"


def test_somebody_with_an_occupation_is_private_whatever_the_dateline(actors):
    text = "TEHRAN – [Anna Weber, a school teacher], <said> {that it rained in the city on that day}."
    assert speakers(text, actors) == [(None, "Anna Weber", "other")]


@pytest.mark.parametrize(
    ("source", "side"),
    [("One of the bakers", "iran"), ("A dealer in Ferdowsi Street", "iran"), ("The bakers", "unattributed")],
)
def test_one_person_is_from_the_dateline_unless_said_otherwise(source, side, actors):
    found = speakers(f"TEHRAN – It was a cold day in the city. [{source}] <said> {{that it rained}}.", actors)
    assert [speaker[2] for speaker in found] == [side]


def test_results_come_in_the_order_given(actors):
    plain, roles = marked("[Putin] <said> {it rained}. [Raisi] <said> {that it was cold}.")
    document = parse(plain, DAY)
    quotes = [Quote(((roles[i + 2][1],), (roles[i][1],), (roles[i + 1][1],))) for i in (3, 0)]
    found = resolve_speakers(document, quotes, find_mentions(document, actors), actors)
    assert [speaker.actor_id for speaker in found] == ["raisi", "putin"]


@settings(max_examples=60)
@given(
    edges=st.lists(st.tuples(*[st.integers(0, 90)] * 6), max_size=12),
    sourced=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_any_spans_give_one_speaker_each(edges, sourced, actors):
    text = "“We met,” he said. Putin, his guest Raisi and they agreed in Moscow; she, the official, denied it. We!"
    document = Document(text, (Span(0, 18), Span(19, len(text))), published=DAY)
    quotes = []
    for numbers, with_source in zip(edges, sourced, strict=False):
        content, source, cue = (
            Span(min(a, b), max(a, b) + 1) for a, b in zip(numbers[::2], numbers[1::2], strict=True)
        )
        quotes.append(Quote(((content,), (source,) if with_source else (), (cue,))))
    mentions = find_mentions(document, actors)
    found = resolve_speakers(document, quotes, mentions, actors)
    assert len(found) == len(quotes)
    for speaker in found:
        assert speaker.side in (*actors.side_ids, "unattributed")
        if speaker.actor_id is not None:
            assert speaker.name == actors[speaker.actor_id].name
            assert speaker.side == actors[speaker.actor_id].side


@pytest.mark.parametrize(
    ("text", "publication", "expected"),
    [
        ("[Marie Dupont] <said> {that it rained}.", NOWHERE, [("Marie Dupont", "france", "study", "study")]),
        ("Rain in Canada. [Ann Miller] <said> {that it rained}.", NOWHERE,
         [("Ann Miller", "other", "full_name", "hand")]),
        ("Rain in Lyon. [Ann Miller] <said> {that it rained}.", NOWHERE,
         [("Ann Miller", "unattributed", None, None)]),
        ("Rain in Canada. [Ann Miller, a Spanish baker], <said> {that it rained}.", NOWHERE,
         [("Ann Miller", "other", "full_name", "hand")]),  # in office on the day
        ("Rain in the United States. [Carl Lund, a Spanish baker], <said> {that it rained}.", NOWHERE,
         [("Carl Lund", "spain", "description", "article")]),  # out of office
        ("Rain in Canada. [Miller] <said> {that it rained}.", NOWHERE, [("Ann Miller", "other", "surname", "hand")]),
        ("[A Norwegian baker] <said> {that it rained}.", NOWHERE,
         [("a Norwegian baker", "other", "description", "article")]),
        ("[Lawmakers] <said> {that it rained}.", FRENCH, [("Lawmakers", "france", "home_role", "outlet")]),
        ("Spain met. The rain fell. [The country] <said> {that it rained}.", NOWHERE,
         [("the country", "spain", "last_state", "article")]),
        ("[Jean Martin] <said> {that it rained}. [The report] <says> {that it was cold}.", FRENCH,
         [("Jean Martin", "france", "study", "study"), ("the report", "france", "last_speaker", "article")]),
        ("Spain met. [Jean Martin] <said> {that it rained}. [The report] <says> {that it was cold}.", NOWHERE,
         [("Jean Martin", "france", "study", "study"), ("the report", "unattributed", None, None)]),
        ("[Jean Martin] <said> {that it rained}. [The bridge] <says> {that it was cold}.", FRENCH,
         [("Jean Martin", "france", "study", "study"), ("the bridge", "unattributed", None, None)]),
        ("Spain met. [The ministers] <said> {that it rained}.", MINISTRY,
         [("French Foreign Ministry", "france", "first_person", "outlet")]),
        ("[The media outlet] <said> {that it rained}.", NOWHERE,
         [("the media outlet", "media", "description", "article")]),
        ("[The committee of Spain] <said> {that it rained}. [It] <added> {that it was cold}.", NOWHERE,
         [("the committee of Spain", "spain", "description", "article")] * 2),
        ("[We] <believe> {that it rained}.", MINISTRY,
         [("French Foreign Ministry", "france", "first_person", "outlet")]),
        ("[We] <believe> {that it rained}.", FRENCH, [(None, "unattributed", None, None)]),
        ("[Some critics of the treaty] <said> {that it rained}.", NOWHERE,
         [("some critics of the treaty", "other", "vague", "article")]),
        ("[The revised bill] <demands> {that it rains}.", FRENCH,
         [("the revised bill", "france", "home_role", "outlet")]),
        ("[QUESTION]: {Did it rain today?}", MINISTRY, [("QUESTION", "media", "turn", "article")]),
        ("[MS WEBER]: {It rained today.}", MINISTRY, [("MS WEBER", "france", "turn", "outlet")]),
        ("[MS WEBER]: {It rained today.}", FRENCH, [("MS WEBER", "unattributed", None, None)]),
        ("[France and Spain] <said> {that it rained}.", NOWHERE,
         [("France and Spain", "france", "joint", "article")]),
    ],
)  # fmt: skip
def test_the_rule_and_the_source_of_a_side(text, publication, expected, two_states, small_world):
    found = resolved(text, two_states, datetime(2022, 5, 1), small_world, publication)
    assert [(one.name, one.side, one.rule, one.source) for one in found] == expected
    assert all(one.rule in (*SPEAKER_RULES, None) for one in found)


def test_we_within_a_quotation_is_not_the_ministry(two_states, small_world):
    text = "“[We] <believe> {that it rained},” said a man in the port of the town."
    (found,) = resolved(text, two_states, DAY, small_world, MINISTRY)
    assert found.side == "unattributed"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("<Asked> {whether it rained}, Putin laughed.", "media"),
        ("Putin <was asked> {about the rain}.", "media"),
        ("The guards <were asked> {to leave the palace}.", "unattributed"),
    ],
)
def test_a_question_without_source_is_by_the_press(text, side, actors):
    assert speakers(text, actors) == [(None, None, side)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Weber, a Turkish official, came.\n[ANNA WEBER]: {It rained.}", (None, "Anna Weber", "turkey")),
        ("Anna Weber, a Turkish official, came.\n[WEBER]: {It rained.}", (None, "Anna Weber", "turkey")),
        ("[CARL BRANDT]: {It rained.}\nPUTIN: It did.\nCARL BRANDT: So?", (None, "CARL BRANDT", "media")),
        ("[CARL BRANDT]: {It rained.}\nPUTIN: It did.", (None, "CARL BRANDT", "unattributed")),
    ],
)
def test_a_label_in_capitals_is_a_person_of_the_article_or_the_host(text, expected, actors):
    assert speakers(text, actors) == [expected]


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("Anna Weber, a spokeswoman for Raisi", "iran"),
        ("Raisi’s lawyer Anna Weber", "iran"),
        ("Anna Weber, a spokeswoman for Brandt Shipping", "other"),
        ("Anna Weber, who is a co-founder of a bank", "other"),
        ("Anna Weber, 54, ", "other"),
        ("Gov. Anna Weber", "unattributed"),
    ],
)
def test_who_works_for_somebody_speaks_for_them(source, side, actors):
    found = speakers(f"[{source}], <said> {{that it rained}}.", actors)
    assert [speaker[2] for speaker in found] == [side]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Iranian government’s report is long. [The report] <says> {that it rained}.", "iran"),
        ("The report by the Iranian government is long. [The report] <says> {that it rained}.", "iran"),
        ("[The report] <says> {that it rained}. The Iranian report is long.", "iran"),
        ("The Iranian plan is long. [The plan] <says> {that it rained}.", "unattributed"),
        ("The Iranian Rain Agency (IRA) is small. [The IRA] <says> {that it rained}.", "iran"),
    ],
)
def test_a_text_is_its_owners_and_an_acronym_what_it_is_short_for(text, side, actors):
    assert [speaker[2] for speaker in speakers(text, actors)] == [side]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "[The head of the guard] <said> {that it rained}. [He] <added> {that it froze}.\n\n[Raisi] <left> {it}.",
            "iran",
        ),
        ("[The storm] <meant> {that it rained}.\n\n[Raisi] <said> {that it froze}.", "unattributed"),
        (
            "Night fell.\nIt was cold.\n\n[The head of the guard] <said> {that it rained}.\n\n[Raisi] <left> {it}.",
            "unattributed",
        ),
    ],
)
def test_the_speaker_of_the_lead_is_named_later(text, sides, actors):
    *before, named = (speaker[2] for speaker in speakers(text, actors))
    assert set(before) == {sides} and named == "iran"


def test_a_surname_stands_for_a_name_that_is_no_entity(actors):
    text = "Boris Tenkavi of the University of Oslo came. [Tenkavi] <said> {that it rained}."
    assert speakers(text, actors) == [(None, "Boris Tenkavi", "expert")]


@pytest.mark.parametrize("again", ["That official", "This same official", "The official"])
def test_that_official_is_the_one_before(again, actors):
    text = f"[A Turkish official] <said> {{it rained}}. Raisi left. {{It was cold}}, <said> [{again}]."
    assert speakers(text, actors)[-1][2] == "turkey"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Russia and Iran met. [Both] <said> {that it rained}.", "other"),
        ("Lavrov and Putin met. [Neither] <said> {that it rained}.", "russia"),
        ("The day was long. [Both] <said> {that it rained}.", "unattributed"),
    ],
)
def test_both_are_the_two_that_were_joined(text, side, actors):
    assert [speaker[2] for speaker in speakers(text, actors)] == [side]
