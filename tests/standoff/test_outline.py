"""The outline of a text."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import WORD
from analysis.standoff import outline

TEXTS = st.text(st.sampled_from("ab'’“”\"-.,\n\t 1é\U0001f600\u0301"), max_size=60) | st.text(max_size=40)


@given(TEXTS)
def test_words_stay_where_they_are(text):
    made = outline(text)
    assert len(made) == len(text)
    assert [word.span() for word in WORD.finditer(made)] == [word.span() for word in WORD.finditer(text)]


@given(TEXTS)
def test_no_letter_or_digit_survives(text):
    assert not any(character.isalnum() and character != "x" for character in outline(text))


def test_lines_and_quotation_marks_stay():
    assert outline("“Yes,” it said.\n\n«Oui» – 5%") == "“xxx-” xx xxxx-\n\n«xxx» - x-"
