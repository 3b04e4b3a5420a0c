"""Quotations that the tagger missed: attributed, continued or returned without a source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.parsing.quotation_marks import quoted_regions
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.extract import PART_SEPARATOR, quote_records
from analysis.annotators.quotes.unattributed import is_quote
from analysis.annotators.speakers.resolver import resolve_speakers
from analysis.corpus import WORD
from tests.annotators.quotes.attributed import attribution, records_from


@pytest.mark.parametrize(
    "text, expected",
    [
        ("“The bridge is closed today.”", True),
        ("“THE BRIDGE IS CLOSED TODAY”", True),
        ("It was a “so-called” plan.", False),
        ("The man known as “the Wall” kept goal.", False),
        ("She read “The Old Man and the Sea” on the train.", False),
        ("The law is called “Act for the Protection of Rivers and Lakes”.", False),
        ("Four Words In Title Case: “We Leave the Port Today”", True),  # the whole line is in title case
    ],
)
def test_scare_quotes_nicknames_and_titles_are_not_quotes(text, expected):
    (region,) = quoted_regions(text)
    assert is_quote(text, region) == expected
    assert bool(records_from(text)) == expected


def test_quoted_words_that_nobody_claims_are_returned_without_source():
    text = "The square was empty. “Nothing of that kind was ever found here.” Rain fell."
    (record,) = records_from(text)
    assert record.content == "Nothing of that kind was ever found here."
    assert (record.source, record.cue, record.cue_class, record.score) == (None, None, None, 0.0)
    assert (record.kind, record.act) == ("direct", "speech")


def test_quotations_side_by_side_that_nobody_claims_stay_apart():
    text = "On the walls stood “No war on our soil” and “Bread for all of us”."
    assert [record.content for record in records_from(text)] == ["No war on our soil", "Bread for all of us"]


def test_the_paragraphs_of_one_quotation_go_together():
    text = "“First the harbour was closed.\n\n“Then they took the road,” the guard said."
    (record,) = records_from(
        text, attribution(text, "Then they took the road", source="the guard", cue="said")
    )
    assert record.content == f"First the harbour was closed.{PART_SEPARATOR}Then they took the road,"


def test_the_rest_of_a_quotation_goes_to_the_attribution_it_stands_in():
    text = "Weber called the deal “a gift to every smuggler in the region”. It rained."
    (record,) = records_from(text, attribution(text, "the deal", source="Weber", cue="called"))
    assert record.content == "the deal “a gift to every smuggler in the region”"
    assert record.kind == "mixed"


def test_a_model_that_finds_nothing_loses_no_tagged_quotation():
    text = "“The bridge will open in spring,” the mayor said. “It has been closed for years.”"
    (record,) = records_from(text)
    assert record.source == "the mayor" and record.cue == "said"
    assert len(record.spans[0]) == 2


def test_one_source_for_a_chain_of_quotations():
    text = (
        "“The road is bad,” Anna Weber said. “It was bad last year too. Nobody mends it.” She shrugged. "
        "“We have asked them for money since May,” she added. “They never write back to us.”"
    )
    assert [(record.source, record.content) for record in quote_records(parse(text))] == [
        ("Anna Weber", "The road is bad, [...] It was bad last year too. Nobody mends it."),
        ("she", "We have asked them for money since May, [...] They never write back to us."),
    ]


def test_what_is_attributed_within_a_quotation_does_not_cover_it():
    text = "The farmer was angry. “I told them that the bridge was not safe at all,” he said."
    inner = attribution(text, "that the bridge was not safe at all", source="I", cue="told")
    assert ("he", "I told them that the bridge was not safe at all,") in [
        (record.source, record.content) for record in records_from(text, inner)
    ]


def test_speakers_of_quotations_without_a_source_are_unattributed(study):
    text = "The square was empty that day in March. “Nothing of that kind was ever found here.” Rain fell."
    document = parse(text)
    records = quote_records(document, attributor=lambda _: [])
    found = resolve_speakers(document, records, [], study.actors)
    assert [(speaker.actor_id, speaker.side) for speaker in found] == [(None, "unattributed")]


SAID = [
    "We will rebuild the bridge before the winter",
    "nobody asked us about the road",
    "I never saw such a flood",
    "“no way” is what they told my sister",
    "the minister said that it would rain",
]
MARKS = ["“{}”", '"{}"', "‘{}’", "'{}'", "«{}»", "« {} »", "„{}“", "»{}«", "“{}", "{}”", '"{}', "‹{}›"]
MARKS += ["“They told me, ‘{},’ and left”", "\"The man shouted '{}' at us all\""]
FRAMES = [
    "{}, the mayor said.", "Anna Weber said: {}", "{} It rained.", "According to the ministry, {} was the answer.",
    "{}\n\n{}", "{}, she added, {}", "The sign read {}.", "{} 🙂 — a farmer", "Critics call the deal {} and worse.",
    "She {} left.", "WEBER: {}",
]  # fmt: skip
quoted = st.tuples(st.sampled_from(MARKS), st.sampled_from(SAID), st.sampled_from([",", ".", "", "!"])).map(
    lambda drawn: drawn[0].format(drawn[1] + drawn[2])
)
sentences = st.tuples(st.sampled_from(FRAMES), quoted, quoted).map(lambda drawn: drawn[0].format(*drawn[1:]))


@settings(max_examples=40)
@given(st.lists(sentences, min_size=1, max_size=4), st.sampled_from(["\n\n", " ", "\n"]))
def test_every_quotation_of_four_words_comes_back_whole(parts, gap):
    text = gap.join(parts)
    regions = [r for r in quoted_regions(text) if r.depth == 0 and is_quote(text, r)]
    found = quote_records(parse(text))
    told = {offset for record in found for role in record.spans for span in role for offset in range(*span)}
    for region in regions:
        missing = [m[0] for span in region.spans for m in WORD.finditer(text, *span) if m.start() not in told]
        assert not missing, (text[slice(*region.outer)], missing)


def test_a_quotation_within_another_that_the_tagger_found_is_not_added_again():
    text = "“My neighbour said, ‘The bridge will be closed all summer,’ and left,” the baker said."
    inner = attribution(text, "The bridge will be closed all summer", source="My neighbour", cue="said")
    without = [record.source for record in records_from(text)]
    assert "My neighbour" in without
    assert [record.source for record in records_from(text, inner)] == without
