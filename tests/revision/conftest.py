"""Changed studies, and the tables of a few bundled articles."""

import pandas as pd
import pytest

import analysis

LAVROV = "name: Sergey Lavrov\n    kind: person\n    side: russia\n"
SIDE = ("actors.yml", LAVROV, LAVROV.replace("side: russia", "side: iran"))
NAME = ("actors.yml", "    metonyms: [Moscow]\n", "")
PATTERN = ("codebook.yml", "      - Idlib\n", "      - trade\n")
COUNTRY = (
    "outlets.yml",
    "Herald, country: Turkey, kind: newspaper",
    "Herald, country: Azerbaijan, kind: government",
)


@pytest.fixture(scope="session")
def changed(study, tmp_path_factory):
    """Make a copy of the bundled study with changes, each a file, its old text and the new text."""

    def change(*changes):
        folder = tmp_path_factory.mktemp("changed")
        study.save(folder)
        for name, old, new in changes:
            content = (folder / name).read_text(encoding="utf-8")
            assert old in content
            (folder / name).write_text(content.replace(old, new), encoding="utf-8")
        return analysis.load_study(folder)

    return change


@pytest.fixture(scope="session")
def few(bundled, study):
    """The tables of the four shortest bundled articles, one that quotes Lavrov often, and one of a Windows file."""
    shortest = bundled.articles.sort_values("n_words")["article_id"].iloc[:4]
    lavrov = bundled.quotes.query("speaker == 'lavrov'")["article_id"].value_counts().index[0]
    articles = bundled.select({*shortest, lavrov}).articles
    windows = articles.iloc[[-1]].assign(
        article_id="windows", text=articles["text"].iloc[[-1]].str.replace("\n", "\r\n")
    )
    both = pd.concat([articles, windows], ignore_index=True)
    return analysis.annotate(both, study, progress=False)
