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
        ("There is no reason for Arvania to help Belmark.", "help", "hypothetical"),
        ("There is little evidence that Arvania helped Belmark.", "helped", "hypothetical"),
        ("It is unlikely that Arvania will help Belmark.", "help", "hypothetical"),
        ("Arvania may quit the talks, just as it had left Belmark.", "left", "actual"),
        ("If Arvania returns and helps Belmark, all is well.", "helps", "hypothetical"),
    ],
)
def test_status(text, word, status):
    reader = read(text)
    assert factuality(reader.tree, reader.arguments, token(reader, word)) == status
