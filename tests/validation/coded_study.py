"""Made-up articles with quotes, for the tests of sampling and coding."""

import dataclasses

import numpy as np

from tests.compare.made_up import tables

OWN = "The ferry link opened in spring."
QUOTED = "“Tolls will fall,” the envoy said."
ENDS = "Traders welcomed the plan."
TEXT = f"{OWN} {QUOTED} {ENDS}"
THEMES = ["sanctions", "transport_transit"]


def coverage(study, per_outlet=40, outlets=2, seed=0):
    """Articles of three sentences; the second quotes Iran. The codebook finds transport in six articles of ten."""
    rng = np.random.default_rng(seed)
    rows = {name: [] for name in ("tones", "sentences", "quotes", "quote_spans", "themes", "mentions")}
    articles = []
    start = len(OWN) + 1
    end = start + len("“Tolls will fall,”")
    for i in range(per_outlet * outlets):
        key = f"a{i:03d}"
        articles.append(
            {
                "article_id": key,
                "outlet": f"Outlet {i % outlets}",
                "title": f"Report {i}",
                "text": TEXT,
                "n_words": 17,
            }
        )
        edges = [0, start, start + len(QUOTED) + 1, len(TEXT) + 1]
        rows["sentences"] += [
            {"article_id": key, "sentence": k, "start": edges[k], "end": edges[k + 1] - 1} for k in range(3)
        ]
        rows["tones"] += [
            {"article_id": key, "voice": "outlet", "n_words": 14}, {"article_id": key, "voice": "iran", "n_words": 3},
        ]  # fmt: skip
        quote = f"{key}-q1"
        rows["quotes"].append(
            {"quote_id": quote, "article_id": key, "sentence": 1, "side": "iran", "start": start, "end": end}
        )
        rows["quote_spans"].append({"quote_id": quote, "role": "content", "start": start, "end": end})
        if rng.random() < 0.6:
            rows["themes"].append(
                {"article_id": key, "start": 4, "theme": "transport_transit", "voice": "outlet"}
            )
        if i % 10:
            place = TEXT.index("envoy")
            rows["mentions"].append(
                {"article_id": key, "start": place, "end": place + 5, "text": "envoy", "side": "iran", "sentence": 1,
                 "voice": "outlet", "polarity": int(rng.integers(-1, 2)), "p_negative": 0.3, "p_neutral": 0.3,
                 "p_positive": 0.4}
            )  # fmt: skip
    return dataclasses.replace(tables(articles, **rows), study=study)


def fill(sample, answer, seed=0):
    """A filled-in sheet; `answer(unit, question, rng)` gives the cell."""
    rng = np.random.default_rng(seed)
    sheet = sample.sheet.copy()
    for question in sample.questions:
        sheet[question.name] = [answer(unit, question, rng) for unit in sample.key["unit"]]
    return sheet
