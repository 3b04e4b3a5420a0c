"""The list of cues is consistent, and the words of a cue lead to its entry."""

import pytest

from analysis.annotators.lexicon import lexicon
from analysis.annotators.parsing.document import Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.cues import (
    attribution_act,
    cue_entries,
    cue_entry,
    cue_lemma,
    document_sources,
)
from analysis.schemas import ACTS, CUE_CLASSES

TREE = lexicon("cues")
FORMS = ("verbs", "nouns", "phrases")


def lemma_of(words, before="She ", after=" the rest."):
    document = parse(before + words + after)
    return cue_lemma(document, [Span(len(before), len(before) + len(words))])


def test_classes_acts_and_forms_are_those_of_the_tables():
    assert set(TREE) == {*CUE_CLASSES, "document_sources", "light_verbs", "verb_endings"}
    for cue_class in CUE_CLASSES:
        assert set(TREE[cue_class]) <= set(ACTS)
        for forms in TREE[cue_class].values():
            assert set(forms) <= set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_every_lemma_stands_once_in_its_form(form):
    lemmas = [
        lemma
        for cue_class in CUE_CLASSES
        for forms in TREE[cue_class].values()
        for lemma in forms.get(form, ())
    ]
    assert all(lemma == lemma.strip().lower() for lemma in lemmas)
    assert sorted(lemmas) == sorted(set(lemmas))
    assert set(cue_entries(form)) == set(lemmas)


def test_the_list_is_long_enough():
    assert len(cue_entries("verbs")) > 400 and len(cue_entries("nouns")) > 200
    assert {"report", "poll", "statement", "tweet"} <= document_sources()


@pytest.mark.parametrize(
    "lemma, cue_class, act",
    [
        ("say", "neutral", "speech"),
        ("according to", "neutral", "speech"),
        (":", "neutral", "speech"),
        ("insist", "asserting", "speech"),
        ("claim", "doubting", "speech"),
        ("allege", "doubting", "speech"),
        ("praise", "approving", "speech"),
        ("urge", "directive", "speech"),
        ("think", "belief", "belief"),
        ("hope", "belief", "intent"),
        ("show", "asserting", "document"),
        ("warning", "asserting", "speech"),
    ],
)
def test_classes_and_acts(lemma, cue_class, act):
    assert cue_entry(lemma) == (cue_class, act)


@pytest.mark.parametrize(
    "words, lemma",
    [
        ("said", "say"),
        ("has repeatedly denied", "deny"),
        ("was quoted as saying", "quoted as saying"),
        ("gave a stark warning that", "warning"),
        ("pointed out", "point out"),
        ("went on to insist", "insist"),
        ("said in a statement", "say"),
        ("declined to say", "decline"),
        ("is deeply concerned about", "be concerned"),
        ("called for", "call for"),
        ("Slams", "slam"),
        ("allegedly", "allegedly"),
    ],
)
def test_the_main_word_of_a_cue(words, lemma):
    assert lemma_of(words) == lemma
    assert cue_entry(lemma) is not None


def test_prepositions_and_nouns():
    assert lemma_of("According to", before="") == "according to"
    assert lemma_of("in his view", before="It was, ") == "in ... view"
    assert lemma_of("the claim that", before="They reject ") == "claim"
    assert lemma_of(":", before="Weber") == ":"


def test_a_cue_outside_the_list_keeps_its_verb_and_has_no_class():
    assert lemma_of("yodelled", after=" that it rained.") == "yodel"
    assert cue_entry("yodel") is None


def test_no_cue_no_lemma():
    document = parse("“Nobody said this.”")
    assert cue_lemma(document, []) is None


@pytest.mark.parametrize(
    "text, source, cue, act",
    [
        ("The ministry's report says that prices rose.", "The ministry's report", "says", "document"),
        ("A new poll found that few agree.", "A new poll", "found", "document"),
        ("The minister found that few agree.", "The minister", "found", "speech"),
        ("The minister said that few agree.", "The minister", "said", "speech"),
        ("Farmers fear that prices will rise.", "Farmers", "fear", "belief"),
        ("The mayor decided to stay.", "The mayor", "decided", "intent"),
        ("The mayor vowed to stay.", "The mayor", "vowed", "speech"),
    ],
)
def test_acts_by_source_and_cue(text, source, cue, act):
    document = parse(text)
    start = text.index(cue)
    lemma = cue_lemma(document, [Span(start, start + len(cue))])
    assert attribution_act(document, [Span(0, len(source))], lemma) == act
