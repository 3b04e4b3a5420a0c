"""Notes from reading a dictionary."""

from analysis.study.formats.dictionary import Category, Notes


def test_notes_count_every_case_and_list_the_first_three():
    notes = Notes()
    for line in range(1, 6):
        notes.add("words left out", f"'w{line}'", line)
    notes.say("the file is not UTF-8")
    assert notes.lines() == (
        "5 words left out: 'w1' (line 1), 'w2' (line 2), 'w3' (line 3) and 2 more",
        "the file is not UTF-8",
    )


def test_a_category_walks_parents_first():
    tree = Category("a", children=[Category("b", children=[Category("c")]), Category("d")])
    assert [category.name for category in tree.walk()] == ["a", "b", "c", "d"]
