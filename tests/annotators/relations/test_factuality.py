"""Whether an act is reported as done, announced, or hypothetical."""

import pytest

from analysis.annotators.relations.factuality import factuality
from tests.annotators.relations.parsed import read, token


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Arvania attacked Belmark.", "attacked", "actual"),
        ("Arvania will attack Belmark.", "attack", "future"),
        ("Arvania is going to attack Belmark.", "attack", "future"),
        ("Arvania might attack Belmark.", "attack", "hypothetical"),
        ("Corvia will respond if Arvania attacks Belmark.", "attacks", "hypothetical"),
        ("Arvania wants to help Belmark.", "help", "hypothetical"),
        ("Corvia demanded that Arvania help Belmark.", "help", "hypothetical"),
        ("Arvania refused to help Belmark.", "help", "hypothetical"),
        ("Corvia accused Arvania of helping Belmark.", "helping", "hypothetical"),
        ("Arvania was accused of helping Belmark.", "helping", "hypothetical"),
        ("Arvania said it would help Belmark.", "help", "future"),
        ("Arvania left after attacking Belmark.", "attacking", "actual"),
    ],
)
def test_status(text, word, status):
    reader = read(text)
    assert factuality(reader.tree, reader.arguments, token(reader, word)) == status
