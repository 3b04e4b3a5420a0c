"""`framing actors`: find people and organisations that are not in actors.yml, and say whom a name stands for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from analysis.cli.app import app, plain_errors

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.actors.suggestions import Suggestion
    from analysis.annotators.parsing.document import Document
    from analysis.study import Study

_SHOWN_ROLES = 3
_WORLD_COLUMNS = (
    "name", "aliases", "country", "kind", "organisation", "role", "role_class", "from", "to", "gender", "change",
    "note",
)  # fmt: skip
actors = typer.Typer(
    no_args_is_help=True, help="Find actors that are missing from a study, and explain names."
)
app.add_typer(actors, name="actors")


@actors.command()
@plain_errors
def explain(
    name: Annotated[
        str, typer.Argument(help="Name of a person, institution or state, as articles write it.")
    ],
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the article, such as 2024-10-08."),
    ] = None,
    study: Annotated[Path, typer.Option("--study", help="Study folder.")] = Path("data"),
) -> int:
    """Say whom a name stands for, and why it is on its side.

    Actors of the study come first. Other names are looked up among the office holders and institutions of the world.
    """
    from analysis.annotators.speakers.explanation import explain_name
    from analysis.study import load_study

    for line in explain_name(name, load_study(study), day.date() if day else None):
        typer.echo(_plain(line))
    return 0


@actors.command()
@plain_errors
def suggest(
    source: Annotated[
        Path,
        typer.Argument(
            help="Articles (file, folder or glob), or a results folder that `framing annotate` wrote."
        ),
    ],
    study: Annotated[
        Path | None,
        typer.Option("--study", help="Study folder; if not given, the study of the results, or data."),
    ] = None,
    min_articles: Annotated[
        int,
        typer.Option("--min-articles", min=1, help="Show names that occur in at least this many articles."),
    ] = 2,
    contexts: Annotated[int, typer.Option("--contexts", min=0, help="Example sentences for each name.")] = 3,
    top: Annotated[
        int, typer.Option("--top", min=1, help="Show this many names, the most frequent first.")
    ] = 30,
    write: Annotated[
        Literal["actors", "world"],
        typer.Option("--write", help="Lines for actors.yml, or for world.tsv of the study."),
    ] = "actors",
) -> int:
    """List people and organisations that are missing from a study.

    Those that recur are listed with what the world's actors know of them and with example sentences, as YAML to check
    and paste into actors.yml. With `--write world`, they are lines for world.tsv; fill in the empty cells.
    """
    from analysis.annotators.actors.suggestions import suggest_actors

    loaded, articles, rejects = _articles(source, study)
    found = suggest_actors(
        _parsed(articles), loaded.actors, world=loaded.world, min_articles=min_articles, max_contexts=contexts
    )
    for line in (_report if write == "actors" else _world_lines)(found[:top]):
        typer.echo(line)
    searched = f"named in at least {min_articles:,} of {len(articles):,} articles"
    more = f"; {len(found) - top:,} more with --top" if len(found) > top else ""
    typer.echo(f"framing: {len(found):,} {searched} are not in actors.yml{more}", err=True)
    for reject in rejects.head(5).itertuples():
        typer.echo(f"  {_plain(f'{reject.source_file}: {reject.reason}: {reject.detail}')}", err=True)
    if len(rejects):
        typer.echo(
            f"framing: {len(rejects):,} article{'' if len(rejects) == 1 else 's'} refused and not searched",
            err=True,
        )
    return 1 if len(rejects) else 0


def _articles(source: Path, study: Path | None) -> tuple[Study, pd.DataFrame, pd.DataFrame]:
    """Return the study, the articles to search, and the rejects."""
    import pandas as pd

    from analysis import corpus
    from analysis.dataset.folder import RUN_FILE
    from analysis.ingest import read
    from analysis.study import load_study
    from analysis.tables import load_tables

    if (source / RUN_FILE).is_file():
        tables = load_tables(source)
        # the rejects of a results folder were reported when it was made
        chosen = tables.study_or_error() if study is None else load_study(study)
        return chosen, tables.articles, tables.rejects.head(0)
    chosen = load_study(study if study is not None else Path("data"))
    reading = read(str(source), outlets=chosen.outlets)
    for note in reading.notes:
        typer.echo(f"framing: {note}", err=True)
    screened = corpus.screen(reading.articles)
    refused = [table for table in (reading.rejects, screened.rejects) if len(table)]
    return chosen, screened.articles, pd.concat(refused) if refused else reading.rejects


def _parsed(articles: pd.DataFrame) -> Iterator[tuple[str, Document]]:
    """Parse the articles one after another, so that only one is in memory."""
    from analysis import parallel
    from analysis.annotators.parsing.spacy_parser import parse_many

    times = [time.to_pydatetime() if time == time else None for time in articles["published"]]
    documents = parse_many(zip(articles["text"], times, strict=True))
    with parallel.progress_bar(total=len(articles), shown=sys.stderr.isatty(), what="search") as bar:
        for article_id, document in zip(articles["article_id"], documents, strict=True):
            yield article_id, document
            bar.update(1)


def _report(found: Iterable[Suggestion]) -> Iterator[str]:
    """Stanzas for actors.yml, with comments on what is known."""
    from analysis.annotators.speakers.explanation import describe_role

    for suggestion in found:
        counts = f"{suggestion.n_articles:,} articles, {suggestion.n_mentions:,} mentions"
        yield f"# {_plain(suggestion.name)}: {suggestion.kind}, {counts}"
        for role in suggestion.roles[:_SHOWN_ROLES]:
            yield f"#   world's actors: {_plain(describe_role(role))}"
        if more := len(suggestion.roles[_SHOWN_ROLES:]):
            yield f"#   and {more:,} more: framing actors explain {_plain(suggestion.name)!r}"
        yield f"#   {suggestion.why}"
        for article_id, sentence in suggestion.contexts:
            yield f"#   {_plain(article_id)}: {_plain(sentence)}"
        yield suggestion.stanza


def _world_lines(found: Iterable[Suggestion]) -> Iterator[str]:
    """Lines for world.tsv, with the column names first."""
    yield "\t".join(_WORLD_COLUMNS)
    for suggestion in found:
        sentence = suggestion.contexts[0][1] if suggestion.contexts else ""
        row = suggestion.row | {"note": f"{suggestion.why}. {sentence}".strip()}
        yield "\t".join(_plain(row.get(name, "")) for name in _WORLD_COLUMNS)


def _plain(text: str) -> str:
    """Replace control characters and line ends, so that no article can write YAML or control a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
