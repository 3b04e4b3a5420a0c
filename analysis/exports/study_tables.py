"""Codebook and actors of the study as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.schemas import Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Study

_APART = " | "


def _text(meaning: str, *, nullable: bool = False) -> Column:
    return Column("text", meaning, nullable=nullable)


STUDY_TABLES = {
    table.name: table
    for table in (
        Table(
            "codebook",
            ("theme",),
            {
                "theme": _text("theme id, as in 'themes'"),
                "label": _text("name in figures"),
                "group": _text("issue, generic frame, or portrayal of the relationship"),
                "parent": _text("parent theme; hits count for it as well", nullable=True),
                "definition": _text("what counts"),
                "include": _text("borderline cases that count", nullable=True),
                "exclude": _text("borderline cases that do not", nullable=True),
                "patterns": _text(f"patterns, separated by '{_APART}'", nullable=True),
                "exceptions": _text("patterns that suppress hits of this theme", nullable=True),
            },
            "one row per theme of the study",
        ),
        Table(
            "actors",
            ("actor_id",),
            {
                "actor_id": _text("as in 'mentions', and in 'quotes' as speaker"),
                "name": _text("canonical name"),
                "kind": _text("person, state, institution, ..."),
                "side": _text("its side"),
                "names": _text(f"names, separated by '{_APART}'"),
                "offices": _text(
                    "offices, from the first day to the day after the last",
                    nullable=True,
                ),
            },
            "one row per actor of the study",
        ),
    )
}


def study_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Codebook and actors as tables, in the order of the study's files.

    Parameters
    ----------
    study : Study

    Returns
    -------
    dict of str to pandas.DataFrame
        "codebook" and "actors", with the columns of `STUDY_TABLES`.
    """
    import pandas as pd

    themes = [
        {
            "theme": theme.id,
            **theme.model_dump(include={"label", "group", "parent", "definition", "include", "exclude"}),
            "patterns": _APART.join(theme.patterns),
            "exceptions": _APART.join(theme.exceptions),
        }
        for theme in study.codebook.themes
    ]
    actors = [
        {
            **actor.model_dump(include={"name", "kind", "side"}),
            "actor_id": actor.id,
            "names": _APART.join((*actor.names, *actor.short, *actor.metonyms)),
            "offices": _APART.join(
                f"{role.title} ({role.start} to {role.to or 'now'})" for role in actor.roles
            ),
        }
        for actor in study.actors.actors
    ]
    return {
        name: pd.DataFrame(rows, columns=list(STUDY_TABLES[name].columns), dtype="str").replace("", None)
        for name, rows in (("codebook", themes), ("actors", actors))
    }
