"""The word lists of the rules: every bundled file is sound, and a broken one is refused with the reason."""

import re
from pathlib import Path

import pytest

from analysis.annotators import lexicon as package
from analysis.annotators.lexicon import alternation, lexicon, not_after, words

FOLDER = Path(package.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.parents[1].rglob("*.py")))
BUNDLED = sorted(path.stem for path in (FOLDER / "en").glob("*.yml"))


def text_in(value):
    """Every piece of text in a file, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from text_in(below)
    elif isinstance(value, list):
        for item in value:
            yield from text_in(item)


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file of a made-up language "xx", to be read as the bundled ones are."""
    monkeypatch.setattr(package, "files", lambda name: tmp_path)
    for function in (lexicon, words, alternation):
        function.cache_clear()
    (tmp_path / "xx").mkdir()

    def write(content):
        (tmp_path / "xx" / "tools.yml").write_text(f"# Tools.\n{content}\n", encoding="utf-8")

    yield write
    for function in (lexicon, words, alternation):
        function.cache_clear()


@pytest.mark.parametrize("subject", BUNDLED)
def test_a_bundled_file_loads_and_says_what_it_is_for(subject):
    assert lexicon(subject)
    first = (FOLDER / "en" / f"{subject}.yml").read_text(encoding="utf-8").splitlines()[0]
    assert re.match(r"# [A-Z].{10}", first), "the first line is a comment that says what the lists are for"


@pytest.mark.parametrize("subject", BUNDLED)
def test_every_list_is_read_by_some_rule(subject):
    in_code = set(re.findall(r"""["'](\w+)["']""", CODE))
    in_file = set(text_in(list(lexicon(subject).values())))
    assert set(lexicon(subject)) <= in_code | in_file


def test_no_bundled_file_names_an_actor_of_the_bundled_study(study):
    names = set(study.actors.regions) | {
        name
        for actor in study.actors.actors
        for name in (*actor.names, *actor.short, *actor.metonyms, *actor.demonyms, *actor.places)
    }
    found = {(subject, text) for subject in BUNDLED for text in text_in(lexicon(subject)) if text in names}
    assert found == {("actor_names", "US"), ("actor_names", "IS")}  # acronyms that are other words: "JOIN US"


def test_another_language_is_another_folder(write):
    write("cutting: [Säge, Axt]")
    assert words("tools", "cutting", language="xx") == {"Säge", "Axt"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("answers: [yes, maybe]", "answers: True is not text; put it in quotes"),
        ("answers: [no]", "answers: False is not text"),
        ("answers: {no: [never]}", "answers: the key False is not text"),
        ("years: [1979]", "years: 1979 is not text"),
        ("cutting: [saw, axe, saw]", "cutting: listed twice: saw"),
        ("cutting: {wood: [saw, axe(s), axes]}", "cutting > wood: listed twice: axes"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(content, message, write):
    write(content)
    with pytest.raises(ValueError, match=re.escape(message)) as raised:
        lexicon("tools", "xx")
    assert "tools.yml" in str(raised.value)


def test_quoted_answers_are_words(write):
    write('answers: ["no", "on"]')
    assert words("tools", "answers", language="xx") == {"no", "on"}


def test_letters_in_brackets_may_be_missing(write):
    write("people: [spokes(wo)man, analyst(s), co(-)founder(s)]")
    assert words("tools", "people", language="xx") == {
        "spokesman", "spokeswoman", "analyst", "analysts", "cofounder", "cofounders", "co-founder", "co-founders",
    }  # fmt: skip


def test_lists_are_put_together(write):
    write("cutting: [saw]\nhitting: [hammer]")
    assert words("tools", "cutting", "hitting", language="xx") == {"saw", "hammer"}


def test_the_longest_alternative_wins_and_signs_mean_themselves(write):
    write("phrases: [state, state television, U.S]")
    pattern = alternation("tools", "phrases", language="xx")
    assert re.match(pattern, "state television said")[0] == "state television"
    assert re.fullmatch(pattern, "U.S") and not re.fullmatch(pattern, "UXS")
    assert re.fullmatch(f"{pattern}s", "states"), "the alternatives are one group"


def test_a_word_is_refused_after_another(write):
    write("before: [social, mass produced]")
    pattern = not_after("tools", "before", "xx") + "media"
    assert re.search(pattern, "the media")
    assert not re.search(pattern, "social media") and not re.search(pattern, "mass produced media")
