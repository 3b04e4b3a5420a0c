"""Two made-up articles with quotes and hits, one with markup and formulas in it."""

import pytest

from tests.compare.made_up import tables

TEXT = (
    "Wheat leaves the port. “No more sanctions on wheat,” the envoy said. Sanctions\nbite, <b>they</b> say."
)


@pytest.fixture
def made_up():
    first, last = TEXT.index("sanctions"), TEXT.index("Sanctions")
    quote = (TEXT.index("“"), TEXT.index("”") + 1)
    hit = {"article_id": "a", "theme": "sanctions", "pattern": "sanction*"}
    return tables(
        [
            {"article_id": "a", "text": TEXT, "title": "=1+1"},
            {"article_id": "b", "text": "No wheat today.", "outlet": "@Gazette", "published": None},
        ],
        sentences=[
            {"article_id": "a", "sentence": 0, "start": 0, "end": 22},
            {"article_id": "a", "sentence": 1, "start": 23, "end": last - 1},
            {"article_id": "a", "sentence": 2, "start": last, "end": len(TEXT)},
            {"article_id": "b", "sentence": 0, "start": 0, "end": 15},
        ],
        quotes=[
            {"quote_id": "a-q0000", "article_id": "a", "sentence": 1, "side": "iran", "speaker_name": "An envoy",
             "start": quote[0], "end": quote[1]},
        ],
        quote_spans=[{"quote_id": "a-q0000", "role": "content", "start": quote[0], "end": quote[1]}],
        themes=[
            hit | {"start": first, "end": first + 9, "text": "sanctions", "sentence": 1, "voice": "iran",
                   "quote_id": "a-q0000", "negated": True},
            hit | {"start": last, "end": last + 9, "text": "Sanctions", "sentence": 2, "voice": "outlet"},
        ],
        tones=[{"article_id": "a", "voice": voice, "n_words": 8} for voice in ("iran", "outlet")],
    )  # fmt: skip
