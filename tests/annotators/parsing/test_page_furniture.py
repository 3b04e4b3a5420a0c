"""Page furniture: links, advertisements and forms between the paragraphs of an article are not measured."""

import pytest

import analysis
from analysis.annotators.parsing.page_furniture import without_furniture
from analysis.annotators.parsing.spacy_parser import parse

BEFORE = "The harbour master welcomed the first ferry of the year on Monday morning."
AFTER = "Passengers said that they had waited for the ferry since the storm in March."


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT Advertisement",
        "JUST WATCHED Mayor: We will sue Replay More Videos ... MUST WATCH Mayor: We will sue 02:11",
        "READ MORE: Norway attacks Iceland over cod",
        "Iceland condemns Norway's new quota Read more",
        "Photos: The storm A boat in the old harbour. Hide Caption 1 of 9 Photos: The storm",
        "CLICK HERE FOR MORE FROM THE COAST",
        "Get the recap of the week in your inbox. By signing up you agree to our terms.",
        "RELATED:\n\nNorway sues Iceland\n\nWho Owns the Cod?",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_of_the_page_become_spaces_and_offsets_stay(line, gap):
    text = gap.join((BEFORE, line, AFTER))
    cleaned = without_furniture(text)
    assert len(cleaned) == len(text) and cleaned.split() == f"{BEFORE} {AFTER}".split()
    assert cleaned.endswith(f"{gap}{AFTER}") and cleaned.index(AFTER) == text.index(AFTER)
    assert cleaned.count("\n") == len(gap), "no paragraph is added"


@pytest.mark.parametrize(
    "line",
    [
        "Related to the quota is the price of cod.",
        "Readers can watch: the debate is public.",
        "“Read more,” the teacher said.",
        "Photographs of the storm were shown to the court.",
        "Advertisement brings in half of the paper's income.",
    ],
)
def test_prose_that_looks_like_it_stays(line):
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"
    assert without_furniture(text) == text


def test_a_label_before_the_article_goes_without_the_words_after_it():
    assert without_furniture(f"Story highlights {BEFORE}\n{AFTER}") == f"{' ' * 16} {BEFORE}\n{AFTER}"


def test_a_text_without_line_breaks_is_never_furniture():
    text = f"READ MORE: {BEFORE} {AFTER} All rights reserved."
    assert without_furniture(text) == text


def test_nothing_is_found_in_furniture(study):
    text = f"{BEFORE}\n\nREAD MORE: “Sanctions are a crime,” Iran says\n\n{AFTER}"
    document = parse(text)
    assert len(document.sentences) == 2 and document.sentences[1] == (text.index(AFTER), len(text))
    assert analysis.quotes(text)["source"].tolist() == ["Passengers"]
    assert "sanctions" not in analysis.themes(text, study.codebook)["theme"].tolist()
