"""Small `articles` tables."""

import pandas as pd

from analysis.schemas import TABLES


def articles(*rows) -> pd.DataFrame:
    """A table of made-up articles; each row says what differs."""
    return TABLES["articles"].frame(
        [
            {
                "article_id": f"a{number}",
                "outlet": "Example Gazette",
                "outlet_country": "Atlantis",
                "published": "2022-06-29",
                "title": "",
                "text": "",
                "language": "en",
                "family_id": f"a{number}",
                "n_words": 0,
                "source_file": "made_up.jsonl",
                **row,
            }
            for number, row in enumerate(rows)
        ]
    )
