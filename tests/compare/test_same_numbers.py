"""Statistics are what they were when they were computed from whole data frames, without counting in DuckDB.

`same_numbers.csv` was written by the version before that change:
`python -m tests.compare.test_same_numbers > tests/compare/same_numbers.csv`.
"""

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.compare import cooccurrence, quoting, rates, relations, tone, units, wire_copy, within_article
from tests.compare.made_up import tables

SAVED = Path(__file__).with_name("same_numbers.csv")
PAIR = ("russia", "iran")
VOICES = ("outlet", "russia", "iran", "unattributed")
THEMES = ("trade", "transport", "war", "rel_threat", "rare")
NUMBERS = ["numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high"]


def made(study):
    """Sixty articles with random rows in every table."""
    draw = np.random.RandomState(7)  # its numbers are the same in every version of numpy
    names = ("articles", "tones", "themes", "mentions", "quotes", "relations", "sentences")
    rows = {name: [] for name in names}
    for number in range(60):
        key = f"a{number:02d}"
        month, day = draw.randint(1, 7), draw.randint(1, 28)
        rows["articles"].append(
            {
                "article_id": key,
                "outlet": f"outlet {draw.randint(5)}",
                "outlet_country": ["Iran", "Russia", None][draw.randint(3)],
                "published": f"2022-{month:02d}-{day:02d}",
                "family_id": "a00" if number % 11 == 0 else key,
                "text": "",
            }
        )
        for voice in VOICES[: 1 + draw.randint(4)]:
            words, score = draw.randint(20, 300), draw.randint(-100, 100) / 100
            rows["tones"].append(
                {"article_id": key, "voice": voice, "n_words": words, "vader_compound": score}
            )
        for sentence in range(10):
            rows["sentences"].append({"article_id": key, "sentence": sentence})
        for start in range(draw.randint(14)):
            theme = THEMES[min(4, draw.geometric(0.4) - 1)]
            rows["themes"].append(
                {
                    "article_id": key,
                    "start": start,
                    "theme": theme,
                    "voice": VOICES[draw.randint(3)],
                    "sentence": draw.randint(10),
                    "negated": bool(draw.randint(6) == 0),
                }
            )
        for start in range(draw.randint(9)):
            chances = draw.dirichlet([1, 1, 1])
            no_class = draw.randint(5) == 0
            rows["mentions"].append(
                {
                    "article_id": key,
                    "start": start,
                    "side": PAIR[draw.randint(2)],
                    "voice": VOICES[draw.randint(4)],
                    "actor_id": f"actor {draw.randint(4)}",
                    "sentence": draw.randint(10),
                    "polarity": 0 if no_class else int(chances.argmax()) - 1,
                    "abstained": "low confidence" if no_class else None,
                    "p_negative": chances[0],
                    "p_neutral": chances[1],
                    "p_positive": chances[2],
                }
            )
        for start in range(draw.randint(6)):
            who = draw.randint(4)
            rows["quotes"].append(
                {
                    "quote_id": f"{key}-q{start:04d}",
                    "article_id": key,
                    "side": PAIR[who % 2],
                    "speaker": f"s{who}" if who else None,
                    "speaker_name": f"Speaker {who}",
                    "kind": ["direct", "indirect", "mixed"][draw.randint(3)],
                    "cue_class": ["neutral", "doubting", None][draw.randint(3)],
                    "content": "We\u00a0want more [...] trade" if who == 1 else "No comment",
                }
            )
        for start in range(draw.randint(5)):
            ends = PAIR if draw.randint(2) else PAIR[::-1]
            rows["relations"].append(
                {
                    "article_id": key,
                    "start": start,
                    "source_side": ends[0],
                    "target_side": ends[1],
                    "source_actor": ends[0],
                    "target_actor": ends[1],
                    "voice": VOICES[draw.randint(2)],
                    "direction": ["cooperation", "conflict", "neutral"][draw.randint(3)],
                    "status": ["actual", "future", "hypothetical"][draw.randint(3)],
                    "mutual": bool(draw.randint(4) == 0),
                    "negated": False,
                }
            )
    found = tables(rows.pop("articles"), **rows)
    return dataclasses.replace(found, study=study)


def statistics(found):
    """Results by the name of the statistic."""
    bare = dataclasses.replace(found, study=None)  # themes without a hierarchy
    per_outlet = {"by": ["outlet"]}
    return {
        "theme rates": rates.theme_rates(bare, voice="split"),
        "theme rates of sides": rates.theme_rates(bare, by=[], voice="sides", include_negated=False),
        "theme rates by month": rates.theme_rates(bare, by="month", cluster="family_id"),
        "theme prevalence": rates.theme_prevalence(bare, voice="quoted", minimum_hits=2),
        "voice shares": rates.voice_shares(bare, by="outlet_country"),
        "quoted shares": rates.quoted_shares(bare),
        "tone": rates.tone_means(bare),
        "quote kinds": quoting.quote_kinds(bare, **per_outlet),
        "cue classes": quoting.cue_classes(bare),
        "quoted together": quoting.quoted_together(bare),
        "polarity": tone.polarity_index(bare, voice="split"),
        "polarity of actors": tone.polarity_index(bare, by=[], towards="actor_id", use="polarity"),
        "polarity of articles": tone.article_index(bare, towards="side"),
        "acts": relations.relation_balance(found, PAIR, voice="split"),
        "acts of sides": relations.who_acts_on_whom(found, minimum=2),
        "theme shares of sentences": cooccurrence.theme_unit_shares(bare, per="sentence"),
        "themes together": cooccurrence.co_occurrence(bare, voice="quoted"),
        "contrasts": within_article.theme_contrasts(bare),
        "contrast of sides": within_article.side_contrast(bare, *PAIR),
        "comparisons": wire_copy.theme_comparisons(bare, themes=["trade"]),
        "units": units.polarity_units(bare, "iran").assign(n=0, estimate=0, ci95_low=0, ci95_high=0),
    }


def numbers(found):
    """The numbers of all statistics, one row per result."""
    parts = [result[NUMBERS].assign(statistic=name) for name, result in statistics(found).items()]
    return pd.concat(parts, ignore_index=True)[["statistic", *NUMBERS]]


@pytest.mark.parametrize("where", ["in memory", "on disk"])
def test_statistics_are_what_they_were(study, tmp_path, where):
    found = made(study)
    if where == "on disk":
        found = analysis.load_tables(found.save(tmp_path))
    pd.testing.assert_frame_equal(numbers(found), pd.read_csv(SAVED), rtol=1e-9, check_dtype=False)


if __name__ == "__main__":
    numbers(made(analysis.load_study("data"))).to_csv(sys.stdout, index=False, float_format="%.12g")
