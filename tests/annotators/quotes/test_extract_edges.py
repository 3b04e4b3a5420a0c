"""Quotes of texts that are odd, broken or very long, with the shipped model and all layers."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.annotators.parsing import onnx_encoder, spacy_parser
from analysis.annotators.parsing.onnx_encoder import load_encoder
from analysis.annotators.parsing.quotation_marks import quoted_regions
from analysis.annotators.parsing.spacy_parser import parse, split_text
from analysis.annotators.quotes.extract import quote_records, quotes
from analysis.annotators.quotes.unattributed import is_quote
from analysis.annotators.speakers.resolver import resolve_speakers
from analysis.corpus import WORD

PARAGRAPHS = [
    "The envoys met in the port on Tuesday. “We want more trade and fewer papers,” the envoy said.",
    "The mayor of the port was less sure of it. He said that the bridge would stay closed until spring.",
    "“Nobody has asked the fishermen what they think,” Leyla Ansari told reporters, “and nobody will ask them.”",
    "According to the ministry, the railway will open in May. Officials denied that it had cost too much.",
    "“First the harbour was closed. Then they took the road,” a guard said. "
    "‘It was a bad winter for all of us,’ his wife added.",
]


def by_paragraph(paragraphs):
    """What is quoted in each paragraph, with places counted from its beginning."""
    found = [[] for _ in paragraphs]
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph) + 2)
    for record in quote_records(parse("\n\n".join(paragraphs))):
        number = next(n for n, start in enumerate(starts[1:]) if record.start < start)
        assert record.end <= starts[number + 1]
        spans = [[(s.start - starts[number], s.end - starts[number]) for s in role] for role in record.spans]
        found[number].append((record.kind, record.act, record.content, record.source, record.cue, spans))
    return found


@pytest.fixture(scope="module")
def undisturbed():
    found = by_paragraph(PARAGRAPHS)
    assert all(found)
    return found


@pytest.mark.parametrize("mark", ['"', "“", "”", "„", "«", "»", "‘", "'", "‹", "`"])
@pytest.mark.parametrize("place", ["opened", "closed", "alone"])
def test_a_stray_mark_changes_no_other_paragraph(mark, place, undisturbed):
    words = PARAGRAPHS[1].split(" ")
    if place == "opened":
        words[3] = mark + words[3]
    elif place == "closed":
        words[3] += mark
    else:
        words.insert(6, mark)
    found = by_paragraph([PARAGRAPHS[0], " ".join(words), *PARAGRAPHS[2:]])
    assert found[:1] + found[2:] == undisturbed[:1] + undisturbed[2:]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("“The bridge 🌉 will open 👩‍👩‍👧 in spring,” said Leyla Ansari.",
         "The bridge 🌉 will open 👩‍👩‍👧 in spring,", "Leyla Ansari"),
        ("🇦🇿 “The bridge will open in spring,” 😀 Leyla Ansari 😀 said.",
         "The bridge will open in spring,", "Leyla Ansari"),
        ("\u200f“The bridge שלום will open in spring,”\u200f said Leyla Ansari.",
         "The bridge שלום will open in spring,", "Leyla Ansari"),
        ("“The bridge will open in spring,” said \u202bليلى Ansari\u202c on Monday.",
         "The bridge will open in spring,", "ليلى Ansari"),
        ("“The bridge will open in spring,” said Leyla\u200f Ansari\u200e.",
         "The bridge will open in spring,", "Leyla\u200f Ansari"),
    ],
)  # fmt: skip
def test_emoji_and_right_to_left_text_in_content_and_source(text, content, source):
    (row,) = quotes(text).itertuples()
    assert (row.content, row.source, row.kind) == (content, source, "direct")
    assert text[row.start : row.end].count(content) == 1


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


@settings(max_examples=60)
@given(st.lists(sentences, min_size=1, max_size=4), st.sampled_from(["\n\n", " ", "\n"]))
def test_every_quotation_of_four_words_comes_back_whole(parts, gap):
    text = gap.join(parts)
    regions = [r for r in quoted_regions(text) if r.depth == 0 and is_quote(text, r)]
    found = quote_records(parse(text))
    told = {offset for record in found for role in record.spans for span in role for offset in range(*span)}
    for region in regions:
        missing = [m[0] for span in region.spans for m in WORD.finditer(text, *span) if m.start() not in told]
        assert not missing, (text[slice(*region.outer)], missing)
    for record in found:
        assert record.score > 0 or (record.source is None and record.cue is None)
    rows = quotes(text)
    assert len(rows) == len(found)


def test_a_quotation_in_which_somebody_is_quoted_belongs_to_who_says_it():
    text = "The farmer was angry. “I told them that the bridge was not safe at all,” he said."
    found = quotes(text)
    assert "I told them that the bridge was not safe at all," in found["content"].tolist()
    assert found.loc[found["content"].str.startswith("I told"), "source"].tolist() == ["he"]


def test_unclaimed_quotations_are_unattributed(study):
    text = "The square was empty that day in March. “Nothing of that kind was ever found here.” Rain fell."
    document = parse(text)
    records = quote_records(document, attributor=lambda _: [])
    found = resolve_speakers(document, records, [], study.actors)
    assert [(speaker.actor_id, speaker.side) for speaker in found] == [(None, "unattributed")]


@pytest.mark.parametrize("text", ["", "Rain", "Rain.", "“Rain”", "“”", "😀"])
def test_no_word_and_one_word(text):
    assert quotes(text).empty


def test_ten_thousand_marks_before_an_article():
    text = "\n\n".join(PARAGRAPHS)
    plain = quotes(text)
    marks = '"' * 2_000 + " “" * 8_000
    started = time.process_time()
    found = quotes(f"{marks}\n\n{text}")
    assert time.process_time() - started < 30
    shift = len(marks) + 2
    assert found["content"].tolist() == plain["content"].tolist()
    assert (found["start"] - shift).tolist() == plain["start"].tolist()


def test_one_content_as_long_as_a_book():
    started = time.process_time()
    quotes("She said “a” " + "“a” " * 2_500)
    assert time.process_time() - started < 15


FILLER = "The line runs along the coast and through the hills to the sea. "
DIRECT = (
    "“We have waited for this bridge since the old one fell into the river in the spring,” Leyla Ansari said."
)
INDIRECT = (
    "Leyla Ansari said that the bridge had been closed since the old one fell into the river in the spring."
)


@pytest.mark.parametrize(("quote", "kind"), [(DIRECT, "direct"), (INDIRECT, "indirect")])
@pytest.mark.parametrize("before", [9, 10])
def test_a_window_may_end_within_a_quote(quote, kind, before, monkeypatch):
    text = FILLER * before + quote + " " + FILLER * 8
    tagger = load_encoder("quotes")
    content = quote[1 : quote.index("”")] if kind == "direct" else quote[quote.index("that") : -1]
    start = text.index(content)
    cut = tagger.tokenize(text)
    size, overlap = tagger.config["window"], tagger.config["overlap"]
    cut_inside = []
    for shift in (0, 5, 10, 15):
        monkeypatch.setitem(tagger.config, "window", size - shift)
        packed = onnx_encoder.pack_windows(cut.paragraphs, size=size - shift, overlap=overlap)
        ends = [cut.starts[window.kept_stop] for window in packed[:-1]]
        cut_inside.append(any(start < end < start + len(content) for end in ends))
        (row,) = quotes(text).itertuples()
        assert (row.content.strip("“”"), row.source, row.kind) == (content, "Leyla Ansari", kind), shift
    assert any(cut_inside)


def test_the_same_for_windows_line_ends():
    text = "\n\n".join(PARAGRAPHS)
    dos = text.replace("\n", "\r\n")
    plain, other = quotes(text), quotes(dos)
    assert plain.drop(columns=["start", "end"]).equals(other.drop(columns=["start", "end"]))
    for one, two in zip(plain.itertuples(), other.itertuples(), strict=True):
        assert text[one.start : one.end] == dos[two.start : two.end].replace("\r\n", "\n")


def test_the_same_for_any_size_of_batch(study, bundled, monkeypatch):
    monkeypatch.setattr("analysis.annotators.annotate.BATCH", 5)
    articles = bundled.articles.iloc[[7, 3, 20, 11, 30, 2, 41]]
    again = analysis.annotate(articles, study, progress=False)
    for name in ("quotes", "quote_spans"):
        before, after = getattr(bundled, name), getattr(again, name)
        ids = set(again.quotes["quote_id"])
        before = before[before["quote_id"].isin(ids)].sort_values(list(before.columns[:3]))
        after = after.sort_values(list(after.columns[:3]))
        assert before.reset_index(drop=True).equals(after.reset_index(drop=True)) and len(after) > 20


@settings(max_examples=100)
@given(st.text(alphabet="ab. \n“”", max_size=80), st.integers(1, 20))
def test_pieces_cover_a_text(text, size):
    found = split_text(text, size=size)
    assert "".join(text[piece.start : piece.end] for piece in found) == text
    assert all(0 < piece.end - piece.start <= size for piece in found) or not text


def test_a_text_parsed_in_pieces_is_one_document(monkeypatch):
    text = "\n\n".join(PARAGRAPHS)
    whole = parse(text)
    monkeypatch.setattr(spacy_parser.split_text, "__kwdefaults__", {"size": 200})
    assert len(split_text(text)) > 2
    cut = parse(text)
    assert cut.sentences == whole.sentences
    assert [text[t.start : t.end] for t in cut.tokens] == [text[t.start : t.end] for t in whole.tokens]
    for number, token in enumerate(cut.tokens):
        same_piece = abs(cut.tokens[token.head].start - token.start) <= 200
        assert same_piece and 0 <= token.head < len(cut.tokens), number


@pytest.mark.slow
def test_twenty_thousand_words_with_the_real_windows():
    text = "\n\n".join(PARAGRAPHS * 220)
    assert len(text.split()) > 19_000
    started = time.process_time()
    found = quotes(text)
    assert time.process_time() - started < 60
    assert len(found) >= 0.9 * 220 * len(quotes("\n\n".join(PARAGRAPHS)))


def who_says_what(text):
    return [(row.source, row.content) for row in quotes(text).itertuples()]


def test_turns_of_a_transcript_without_what_the_audience_does():
    text = "WALLACE: Will it open?\nWEBER: It will open in May.\n(APPLAUSE)\nWALLACE: Thank you, Governor."
    assert who_says_what(text) == [
        ("WALLACE", "Will it open?"),
        ("WEBER", "It will open in May."),
        ("WALLACE", "Thank you, Governor."),
    ]


def test_questions_and_answers():
    text = "Q: Will it open?\nA: It will open in May.\nQ: Who pays?\nA: The ministry does."
    assert [source for source, _ in who_says_what(text)] == ["Q", "A", "Q", "A"]


@pytest.mark.parametrize(
    ("headline", "body", "source"),
    [
        ("Pence: We will not bow over the bridge", "Mike Pence spoke in the port.", "Pence"),
        ("Mayor: Bridge is safe for lorries", "The mayor of the port spoke on Monday.", "Mayor"),
        ("Officials: Bridge is safe for lorries", "An official spoke. More officials came.", "Officials"),
        ("Exclusive: Bridge to close in May", "The bridge will close.", None),
        ("Bridge: It is closed", "The bridge will close.", None),
    ],
)
def test_headlines_with_a_label(headline, body, source):
    found = [row.source for row in quotes(f"{headline}\n\n{body}").itertuples() if row.start == 0]
    assert found == ([source] if source else [])


def test_a_label_before_a_quotation():
    for label in ("From Anna Weber", "Anna Weber, the mayor"):
        text = f"It was a hard year.\n\n{label}: “The bridge is safe for everybody who crosses it.”"
        assert who_says_what(text) == [
            (label.removeprefix("From "), "The bridge is safe for everybody who crosses it.")
        ]


def test_one_source_for_a_chain_of_quotations():
    text = (
        "“The road is bad,” Anna Weber said. “It was bad last year too. Nobody mends it.” She shrugged. "
        "“We have asked them for money since May,” she added. “They never write back to us.”"
    )
    assert who_says_what(text) == [
        ("Anna Weber", "The road is bad, [...] It was bad last year too. Nobody mends it."),
        ("she", "We have asked them for money since May, [...] They never write back to us."),
    ]


def test_who_is_quoted_within_a_quotation_is_who_was_named_before():
    text = "“He told me, ‘I will never sell the house to you,’ and slammed the door,” Weber recalled."
    assert ("the door", "I will never sell the house to you,") not in who_says_what(text)
    assert ("He", "I will never sell the house to you,") in who_says_what(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Big Al” Weber, the “king of ports”, left the so-called “safe” bridge.",
        "She read “The Old Man and the Sea” on the train.",
        "The law is called “Act for the Protection of Rivers and Lakes”.",
        "The word “bridge” is old, and so is “ferry”.",
    ],
)
def test_nicknames_titles_and_scare_quotes_belong_to_nobody(text):
    assert quotes(text).query("score == 0 or kind == 'direct'").empty


def test_a_quick_look_does_without_named_entities():
    text = "\n\n".join(PARAGRAPHS)
    whole, bare = parse(text), parse(text, entities=False)
    assert whole.entities
    assert bare.entities == ()
    assert (bare.sentences, bare.tokens) == (whole.sentences, whole.tokens)
    assert quote_records(bare) == quote_records(whole)
