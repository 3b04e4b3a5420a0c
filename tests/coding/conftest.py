"""Small coding files without results."""

import pandas as pd
import pytest

from analysis.coding.store import QUOTES, CodingFile
from analysis.validation.tasks import Question

TRADE = Question("trade", "Does it address trade?", ("yes", "no"))
QUESTIONS = (TRADE, Question("war", "Does it address war?", ("yes", "no")))
SIDES = (
    Question("quote", "Is it a quote?", ("yes", "no")),
    Question("speaker", "Who speaks?", (), if_no="outlet"),
    Question("side", "For which side?", ("russia", "iran"), if_no="outlet"),
)


@pytest.fixture
def made_file(tmp_path):
    """Make a coding file of `n` units."""

    def make(n=10, *, task="themes", questions=QUESTIONS, text="Trade grows 🚂 in unit {}."):
        numbers = range(1, n + 1)
        key = pd.DataFrame(
            {
                "task": task,
                "row": numbers,
                "code": [f"u{number}" for number in numbers],
                "unit": [f"secret-{number}" for number in numbers],
                "article_id": [f"secret-{number}" for number in numbers],
                "stratum": "all",
                "sampling_probability": 0.5,
            }
        )
        sheet = pd.DataFrame({"title": "Talks", "text": [text.format(number) for number in numbers]})
        return CodingFile.create(
            tmp_path / f"{task}.sqlite",
            key,
            sheet,
            task=task,
            instruction="Read the text.",
            questions=() if task == QUOTES else questions,
            actor_names=["Ann Envoy"],
            sides=["russia", "iran"],
        )

    return make
