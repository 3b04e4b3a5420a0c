"""Attributions: decoding of hand-made scores, and the shipped model on sentences of our own."""

from __future__ import annotations

import itertools
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.onnx_encoder import MODELS, Encoder, WordPieces, load_encoder, pack_windows
from analysis.annotators.quotes.crf import LinearChainCRF
from analysis.annotators.quotes.tagger import (
    MODEL,
    DecodingRules,
    RoleSpan,
    WordScores,
    bio_spans,
    decode,
    find_attributions,
    link_contents,
    link_source,
    predict_roles,
)

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ACTS = ("speech", "belief")
needs_model = pytest.mark.skipif(
    not (MODELS / "quotes" / "model.onnx").is_file(),
    reason="analysis/models/quotes/model.onnx is not there yet",
)
ARTICLE = """Ministers meet in Baku

The new railway will open in spring, the transport minister said on Monday.

“We have waited long enough,” Leyla Karimova told reporters after the talks. “The first train leaves in April.”

According to the ministry, the work cost twice as much as planned. Critics argue that the line serves nobody.

Analysts believe that traffic will grow slowly. The government plans to sell tickets from March.
"""


def pieces_of(words: str) -> WordPieces:
    """One piece per word; a new line starts a paragraph."""
    spans, paragraphs, place = [], [], 0
    for number, line in enumerate(words.split("\n")):
        for word in line.split():
            start = words.index(word, place)
            place = start + len(word)
            spans.append((start, place))
            paragraphs.append(number)
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return WordPieces(starts, starts, ends, np.arange(len(spans)), np.array(paragraphs, dtype=np.int64))


def scores_of(
    pieces: WordPieces,
    tags: list[str],
    cue_of: dict[int, int | None],
    source_of: dict[int, int | None],
    *,
    inner_tags: list[str] | None = None,
    inner_cue_of: dict[int, int] | None = None,
    beliefs: tuple[int, ...] = (),
) -> WordScores:
    """Scores that leave no doubt: `cue_of` links content words to cues, `source_of` cues to sources."""
    n = len(pieces)
    emissions, inner_emissions = np.zeros((n, len(TAGS))), np.zeros((n, len(TAGS)))
    emissions[range(n), [TAGS.index(tag) for tag in tags]] = 20.0
    inner_emissions[range(n), [TAGS.index(tag) for tag in inner_tags or ["O"] * n]] = 20.0
    content, inner_content, cue, asking, source = (np.zeros((n, n)) for _ in range(5))
    np.fill_diagonal(cue, 9.0)
    np.fill_diagonal(source, 9.0)
    sourceless, cueless, acts = np.zeros(n), np.full(n, -9.0), np.zeros((n, len(ACTS)))
    acts[:, 0] = 1.0
    acts[list(beliefs), 1] = 9.0
    for word, target in (inner_cue_of or {}).items():
        inner_content[word, target] = 1.0
    for word, target in cue_of.items():
        if target is None:
            cueless[word] = 9.0
        else:
            content[word, target] = 1.0
    for word, found in source_of.items():
        if found is None:
            sourceless[word] = 9.0
        else:
            asking[word, found] = 1.0
    return WordScores(
        tags=emissions,
        content_query=content,
        cue_key=cue,
        cue_query=asking,
        source_key=source,
        no_source=sourceless,
        no_cue=cueless,
        inner_tags=inner_emissions,
        inner_content_query=inner_content,
        acts=acts,
        paragraphs=pieces.paragraphs,
    )


def rules(**changes: float) -> DecodingRules:
    size = len(TAGS)
    chain = LinearChainCRF(np.zeros((size, size)), np.zeros(size), np.zeros(size))
    amounts = {"outside": 0.0, "inner_outside": 0.0, "crossing": 5.0, "cueless": 0.0, "sourceless": 0.0}
    return DecodingRules(TAGS, ACTS, chain, chain, **{**amounts, "least": 0.0, **changes})


def test_content_in_two_pieces_is_one_attribution() -> None:
    pieces = pieces_of("Trade grows she said fast")
    tags = ["B-content", "I-content", "B-source", "B-cue", "B-content"]
    scores = scores_of(pieces, tags, {0: 3, 1: 3, 4: 3}, {3: 2})
    (found,) = decode(pieces, scores, rules())
    assert found.content == (Span(0, 11), Span(21, 25))
    assert (found.source, found.cue) == ((Span(12, 15),), (Span(16, 20),))
    assert found.score == pytest.approx(1.0, abs=0.01)


def test_a_content_of_thousands_of_words_is_linked_in_bounded_memory() -> None:
    n = 4000
    pieces = pieces_of("said " + "trade " * (n - 1))
    tags = ["B-cue", "B-content", *["I-content"] * (n - 2)]
    scores = scores_of(pieces_of("said trade trade"), tags[:3], {1: 0, 2: 0}, {})
    k = scores.content_query.shape[1]
    few = {name: np.resize(getattr(scores, name), (n, k)) for name in ("content_query", "cue_query")}
    few["content_query"][:, :] = scores.content_query[1]
    keys = np.zeros((k, n))
    keys[:, 0] = scores.cue_key[:, 0]
    emissions = np.zeros((n, len(TAGS)))
    emissions[range(n), [TAGS.index(tag) for tag in tags]] = 20.0
    scores = WordScores(
        tags=emissions,
        content_query=few["content_query"],
        cue_key=keys,
        cue_query=few["cue_query"],
        source_key=np.zeros((k, n)),
        no_source=np.zeros(n),
        no_cue=np.full(n, -9.0),
        inner_tags=emissions,
        inner_content_query=few["content_query"],
        acts=np.ones((n, len(ACTS))),
        paragraphs=pieces.paragraphs,
    )
    roles = predict_roles(scores, rules())
    tracemalloc.start()
    ((cue, contents, share),) = link_contents(scores, roles, scores.content_query, rules())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (cue, contents) == (RoleSpan("cue", 0, 0), [RoleSpan("content", 1, n - 1)])
    assert share > 0.5
    assert peak < 150e6


def test_two_cues_share_a_source() -> None:
    pieces = pieces_of("Ann said yes and added no")
    tags = ["B-source", "B-cue", "B-content", "O", "B-cue", "B-content"]
    found = decode(pieces, scores_of(pieces, tags, {2: 1, 5: 4}, {1: 0, 4: 0}), rules())
    assert [item.cue for item in found] == [(Span(4, 8),), (Span(17, 22),)]
    assert {item.source for item in found} == {(Span(0, 3),)}


def test_a_cue_may_have_no_source() -> None:
    pieces = pieces_of("Ann left reportedly home")
    scores = scores_of(pieces, ["B-source", "O", "B-cue", "B-content"], {3: 2}, {2: None})
    assert decode(pieces, scores, rules())[0].source == ()
    assert decode(pieces, scores, rules(sourceless=-10.0))[0].source == (Span(0, 3),)


def test_a_link_finds_cue_and_source_that_were_not_read_as_such() -> None:
    pieces = pieces_of("Trade grows Ann says")
    tags = ["B-content", "I-content", "O", "O"]
    (found,) = decode(pieces, scores_of(pieces, tags, {0: 3, 1: 3}, {3: 2}), rules())
    assert (found.source, found.cue) == ((Span(12, 15),), (Span(16, 20),))


def test_no_cue_is_its_own_source() -> None:
    pieces = pieces_of("yes é")
    (found,) = decode(pieces, scores_of(pieces, ["B-content", "O"], {0: 1}, {1: 1}), rules(sourceless=-50.0))
    assert (found.source, found.cue) == ((), (Span(4, 5),))


def test_an_attribution_within_another_is_found_as_well() -> None:
    pieces = pieces_of("Ann said Bob denies theft")
    tags = ["B-source", "B-cue", "B-content", "I-content", "I-content"]
    inner = ["O", "O", "B-source", "B-cue", "B-content"]
    scores = scores_of(pieces, tags, {2: 1, 3: 1, 4: 1}, {1: 0, 3: 2}, inner_tags=inner, inner_cue_of={4: 3})
    outer, within = decode(pieces, scores, rules())
    assert (outer.source, outer.cue, outer.content) == ((Span(0, 3),), (Span(4, 8),), (Span(9, 25),))
    assert (within.source, within.cue, within.content) == ((Span(9, 12),), (Span(13, 19),), (Span(20, 25),))
    assert decode(pieces, scores, rules(inner_outside=50.0)) == [outer]


def test_a_content_without_cue_is_linked_to_its_source() -> None:
    pieces = pieces_of("Ann : yes")
    scores = scores_of(pieces, ["B-source", "O", "B-content"], {2: None}, {2: 0})
    (found,) = decode(pieces, scores, rules())
    assert (found.content, found.source, found.cue) == ((Span(6, 9),), (Span(0, 3),), ())
    assert decode(pieces, scores, rules(cueless=-50.0))[0].cue


def test_the_words_of_the_cue_decide_on_the_act() -> None:
    pieces = pieces_of("Ann thinks so and says no")
    tags = ["B-source", "B-cue", "B-content", "O", "B-cue", "B-content"]
    scores = scores_of(pieces, tags, {2: 1, 5: 4}, {1: 0, 4: 0}, beliefs=(1, 5))
    assert [item.act for item in decode(pieces, scores, rules())] == ["belief", "speech"]


def test_a_link_rather_stays_in_its_paragraph() -> None:
    pieces = pieces_of("Ann said\nBob says yes")
    scores = scores_of(pieces, ["B-source", "B-cue", "B-source", "B-cue", "B-content"], {4: 1}, {1: 0, 3: 2})
    assert decode(pieces, scores, rules(crossing=0.0))[0].source == (Span(0, 3),)
    assert decode(pieces, scores, rules(crossing=50.0))[0].source == (Span(9, 12),)


def test_nothing_without_content_and_no_cue_within_its_own_content() -> None:
    pieces = pieces_of("Ann said")
    assert decode(pieces, scores_of(pieces, ["B-source", "B-cue"], {}, {1: 0}), rules()) == []
    alone = scores_of(pieces, ["B-content", "I-content"], {0: 1, 1: 1}, {})
    assert [item.cue for item in decode(pieces, alone, rules())] == [()]


def test_thresholds_drop_what_is_doubtful() -> None:
    pieces = pieces_of("Ann said yes")
    scores = scores_of(pieces, ["B-source", "B-cue", "B-content"], {2: 1}, {1: 0})
    assert decode(pieces, scores, rules(outside=25.0)) == []
    assert len(decode(pieces, scores, rules(least=0.9))) == 1
    scores.tags[2] = 0.0  # any tag is as good
    scores.tags[2, 5] = 0.1
    assert decode(pieces, scores, rules(least=0.9)) == []


def test_units_end_with_their_role() -> None:
    tags = np.array([1, 2, 5, 5, 6, 0, 3, 4])
    assert bio_spans(tags, TAGS) == [
        RoleSpan("source", 0, 1),
        RoleSpan("content", 2, 2),
        RoleSpan("content", 3, 4),
        RoleSpan("cue", 6, 7),
    ]


def test_links_do_not_reach_across_the_article() -> None:
    pieces = pieces_of("Ann said " + "on " * 300 + "yes")
    tags = ["B-source", "B-cue", *["O"] * 300, "B-content"]
    scores = scores_of(pieces, tags, {302: 1}, {1: 302})
    roles = predict_roles(scores, rules())
    links = link_contents(scores, roles, scores.content_query, rules())
    assert {cue for cue, _, _ in links} != {RoleSpan("cue", 1, 1)}
    assert link_source(scores, roles, RoleSpan("cue", 302, 302), rules()) != RoleSpan("source", 0, 0)


@needs_model
def test_speech_belief_and_document() -> None:
    found = {read(ARTICLE, item.cue): item for item in find_attributions(ARTICLE)}
    told = found["told reporters"] if "told reporters" in found else found["told"]
    assert read(ARTICLE, told.source) == "Leyla Karimova"
    assert "We have waited long enough" in read(ARTICLE, told.content)
    assert read(ARTICLE, found["According to"].source) == "the ministry"
    assert "the transport minister" in {read(ARTICLE, item.source) for item in found.values()}
    assert "traffic will grow slowly" in read(ARTICLE, found["believe"].content)


@needs_model
def test_line_ends_do_not_change_what_is_read() -> None:
    other = ARTICLE.replace("\n", "\r\n")
    ours = [(as_words(ARTICLE, item), item.score) for item in find_attributions(ARTICLE)]
    assert ours == [(as_words(other, item), item.score) for item in find_attributions(other)]


@needs_model
def test_the_same_text_gives_the_same_list() -> None:
    before = find_attributions(ARTICLE)
    find_attributions("Something else, he said. " * 40)
    assert find_attributions(ARTICLE) == before


@needs_model
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "word", "“", "“”" * 50, '"' * 2_000, "...", "🙂🙂", "\u200f\u202b"]
)
def test_texts_without_attribution(text: str) -> None:
    assert find_attributions(text) == []


@needs_model
def test_emoji_and_direction_marks_move_offsets_only() -> None:
    marked = ARTICLE.replace("Leyla Karimova", "🙂 Leyla\u200f Karimova 🇦🇿")
    told = [item for item in find_attributions(marked) if "told" in read(marked, item.cue)]
    assert told and read(marked, told[0].source).startswith("Leyla")


@needs_model
def test_a_quote_across_a_window_boundary_is_found_whole() -> None:
    filler = "the line runs along the coast and through the hills, " * 27
    text = f"“{filler}and so on,” Leyla Karimova said."
    assert len(find_attributions(text)) == 1
    assert len(read(text, find_attributions(text)[0].content).split()) > 200


FILLER = "The line runs along the coast and through the hills to the sea. "
DIRECT = (
    "“We have waited for this bridge since the old one fell into the river in the spring,” Leyla Ansari said."
)
INDIRECT = (
    "Leyla Ansari said that the bridge had been closed since the old one fell into the river in the spring."
)


@needs_model
@pytest.mark.parametrize(("quote", "kind"), [(DIRECT, "direct"), (INDIRECT, "indirect")])
@pytest.mark.parametrize("before", [9, 10])
def test_a_window_may_end_within_a_quote(quote, kind, before, monkeypatch):
    text = FILLER * before + quote + " " + FILLER * 8
    encoder = load_encoder(MODEL)
    content = quote[1 : quote.index("”")] if kind == "direct" else quote[quote.index("that") : -1]
    start = text.index(content)
    pieces = encoder.tokenize(text)
    size, overlap = encoder.config["window"], encoder.config["overlap"]
    cut_inside = []
    for shift in (0, 5, 10, 15):
        monkeypatch.setitem(encoder.config, "window", size - shift)
        packed = pack_windows(pieces.paragraphs, size=size - shift, overlap=overlap)
        ends = [pieces.starts[window.kept_stop] for window in packed[:-1]]
        cut_inside.append(any(start < end < start + len(content) for end in ends))
        (found,) = find_attributions(text)
        assert read(text, found.content).strip("“”,") == content.strip(","), shift
        assert read(text, found.source) == "Leyla Ansari", shift
    assert any(cut_inside)


@needs_model
def test_a_very_long_text_takes_time_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(1)
    read_windows = []

    def noise(self: Encoder, *, ids: np.ndarray, **features: np.ndarray) -> np.ndarray:
        read_windows.append(len(ids) - 2)
        return dice.normal(size=(len(ids), self.config["columns"])).astype(np.float32)

    monkeypatch.setattr(Encoder, "run_window", noise)  # takes a window at a time, the same for each
    window = load_encoder("quotes").config["window"]
    seconds = []
    for lines in (200, 2_000):
        read_windows.clear()
        started = time.process_time()
        find_attributions(
            "He left when all of the others had already gone to sleep, and said nothing at all to us.\n"
            * lines
        )
        seconds.append(time.process_time() - started)
        assert max(read_windows) <= window and sum(read_windows) >= 18 * lines
    assert seconds[1] < 30 * seconds[0]  # 38,000 words against 3,800


@needs_model
@given(
    parts=st.lists(
        st.sampled_from(
            ["“Yes,”", "he said", "Ann", "according to", "\n", "\r\n", '"', "🙂", "believes that", "no.", "é"]
        ),
        max_size=40,
    )
)
@settings(max_examples=30)
def test_spans_lie_in_the_text_and_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    for item in find_attributions(text):
        spans = sorted([*item.content, *item.source, *item.cue])
        assert item.content and item.act
        assert 0 <= item.score <= 1
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
        assert all(text[span.start : span.end].strip() for span in spans)


def read(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def as_words(text: str, item: Attribution) -> tuple[str, str, str]:
    return read(text, item.content), read(text, item.source), read(text, item.cue)
