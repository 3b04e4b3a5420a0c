"""`framing codebook check | convert`: test a codebook on articles, and write it in other formats."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.app import app, in_columns, plain_errors
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.formats.losses import WrittenCodebook
    from analysis.validation.codebook_check import CodebookCheck

codebook = typer.Typer(no_args_is_help=True, help="Check a codebook on articles, or convert it.")
app.add_typer(codebook, name="codebook")

Dictionary = Annotated[
    Path, typer.Argument(help="Codebook: .yml, .csv, .dic, .dicx, .cat, .ykd, .lcd, .lc3 or .qdc.")
]


@codebook.command()
@plain_errors
def check(
    dictionary: Dictionary,
    articles: Annotated[
        Path, typer.Option("--articles", help="File, folder or glob of articles, as for `framing annotate`.")
    ],
    top: Annotated[int, typer.Option("--top", min=1, help="Rows to show of each table.")] = 12,
    per_theme: Annotated[int, typer.Option("--per-theme", min=1, help="Hits to show for each theme.")] = 5,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the complete tables as CSV files.")
    ] = None,
) -> int:
    """Test a codebook on articles.

    Shows patterns without hits, the most frequent patterns, overlaps of themes, coverage, and hits to read
    first. A pattern is one entry in the list of a theme, however many alternatives it has. The 95 % interval
    of a share holds if the articles are a random sample of a larger collection.
    """
    from analysis.corpus import screen
    from analysis.ingest import read
    from analysis.study.formats import read_codebook
    from analysis.validation.codebook_check import check_codebook

    found = read_codebook(dictionary)
    reading = screen(read(str(articles)))
    for note in (*found.notes, *reading.notes):
        typer.echo(f"framing: {note}", err=True)
    checked = check_codebook(found.codebook, reading.articles, per_theme=per_theme)
    for line in _report(checked, top=top):
        typer.echo(line)
    for path in _save(checked, out) if out is not None else ():
        typer.echo(path)
    if len(reading.rejects):
        reasons = reading.rejects["reason"].value_counts()
        named = ", ".join(f"{reason} {number:,}" for reason, number in reasons.items())
        typer.echo(f"framing: {len(reading.rejects):,} refused and not searched: {named}", err=True)
    return 1 if len(reading.rejects) else 0


@codebook.command()
@plain_errors
def convert(
    source: Dictionary,
    target: Annotated[Path, typer.Argument(help="File to write; its suffix sets the format.")],
    losses: Annotated[
        Path | None,
        typer.Option(
            "--losses", help="CSV file that lists every entry that is changed or left out; - prints it."
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")] = False,
) -> int:
    """Write a codebook in another format.

    What the format cannot hold is reported. A pattern is one entry in the list of a theme. In word-list
    formats, each of its alternatives becomes a term.
    """
    from analysis.study.formats import read_codebook, write_codebook

    found = read_codebook(source)
    for path in (target, losses):
        if not overwrite and path is not None and path.exists():
            raise FramingError(
                "the file already exists", path=path, remedy="choose another name, or add --overwrite"
            )
    written = write_codebook(found.codebook, target)
    for note in (*found.notes, *written.notes):
        typer.echo(f"framing: {note}", err=True)
    for line in _tally(written, target):
        typer.echo(line)
    if losses is not None:
        _save_losses(written, losses)
    elif written.losses:
        typer.echo("framing: --losses FILE lists all of them", err=True)
    return 0


def _tally(written: WrittenCodebook, target: Path) -> Iterable[str]:
    """Report how much of a codebook was written."""
    n_themes = written.n_themes - written.count("theme", "left out")
    yield f"{target}: {n_themes:,} of {written.n_themes:,} themes, {written.n_terms:,} terms"
    for what, n in (("pattern", written.n_patterns), ("exception", written.n_exceptions)):
        changed, left_out = (written.count(what, fate) for fate in ("changed", "left out"))
        kept = n - changed - left_out
        if n:
            yield f"  of {n:,} {what}s {kept:,} as they are, {changed:,} changed, {left_out:,} left out"


def _save_losses(written: WrittenCodebook, path: Path) -> None:
    from analysis.files import make_folder, write_file
    from analysis.spreadsheet import harmless

    text = harmless(written.table()).to_csv(index=False, lineterminator="\n")
    if str(path) == "-":
        typer.echo(_plain_lines(text), nl=False)
        return
    make_folder(path.parent)
    write_file(path, text.encode("utf-8-sig"))
    typer.echo(path)


def _report(checked: CodebookCheck, *, top: int) -> Iterable[str]:
    patterns = checked.patterns
    live = patterns[patterns["hits"] > 0].sort_values(
        ["hits", "theme", "pattern"], ascending=[False, True, True]
    )
    dead = patterns[patterns["status"] != ""]
    n_exceptions = int((patterns["kind"] == "exception").sum())
    yield (
        f"{checked.n_articles:,} articles; {len(checked.themes) - 1:,} themes with "
        f"{len(patterns) - n_exceptions:,} patterns and {n_exceptions:,} exceptions"
    )
    yield from _section("Coverage: articles with a theme, and its hits", checked.themes, len(checked.themes), {
        "theme": "theme", "articles": "articles", "share": "share", "ci95_low": "95 % from", "ci95_high": "to",
        "hits": "hits", "patterns": "patterns", "dead": "dead",
    })  # fmt: skip
    yield "  share: of all articles, with 95 % (Wilson) interval; hits of a theme count for its parent too."
    yield "  patterns: entries in the theme's own list, without exceptions; dead: patterns without a hit."
    yield from _section("Most frequent patterns", live, top, {
        "pattern": "pattern", "theme": "theme", "hits": "hits", "articles": "articles", "share": "of theme",
        "decides": "decides",
    })  # fmt: skip
    yield "  of theme: share of the theme's own hits; decides: articles without another hit of the theme."
    yield from _section("Dead patterns and exceptions", dead, top, {
        "pattern": "pattern", "theme": "theme", "kind": "kind", "status": "why",
    })  # fmt: skip
    yield from _section("Themes that share words", checked.overlaps, top, {
        "one": "theme", "other": "with", "places": "places", "share_of_one": "of theme", "share_of_other": "of other",
        "words": "for instance",
    })  # fmt: skip
    yield "  places: pairs of hits that share words; of theme, of other: their share of the hits of each theme."
    yield from _reading(checked.to_read, top)


def _section(title: str, table: pd.DataFrame, top: int, columns: dict[str, str]) -> Iterable[str]:
    yield f"\n{title}"
    if table.empty:
        yield "  none"
        return
    shown = table.head(top)
    cells = [list(columns.values())]
    cells += [[_cell(name, value) for name, value in zip(columns, row, strict=True)]
              for row in shown[list(columns)].itertuples(index=False)]  # fmt: skip
    right = {place for place, name in enumerate(columns) if name in shown.select_dtypes("number").columns}
    for line in in_columns(cells, right=right):
        yield f"  {line}"
    if len(table) > top:
        yield f"  ... and {len(table) - top:,} more (--top, --out)"


def _cell(name: str, value: Any) -> str:
    if name.startswith(("share", "ci95")):
        return f"{100 * value:.0f} %"
    if isinstance(value, str):
        return _short(value, 48)
    return f"{value:,}"


def _reading(to_read: pd.DataFrame, top: int) -> Iterable[str]:
    """Yield the hits in context, theme by theme."""
    yield "\nRead these first"
    if to_read.empty:
        yield "  none"
    for theme, hits in to_read.groupby("theme", sort=False):
        yield f"  {_plain(str(theme))}"
        rows = zip(
            *(hits[name].head(top) for name in ("left", "hit", "right", "pattern", "why")), strict=True
        )
        for left, hit, right, pattern, why in rows:
            before, after = _plain(left)[-38:].rjust(38), _plain(right)[:38]
            yield f"    {before}[{_plain(hit)}]{after}  ({_short(pattern, 32)}: {why})"


def _short(text: str, width: int) -> str:
    return _plain(text if len(text) <= width else f"{text[: width - 1]}…")


def _plain_lines(text: str) -> str:
    return "".join(f"{_plain(line)}\n" for line in text.splitlines())


def _plain(text: str) -> str:
    """Replace control characters, so that no text can control a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _save(checked: CodebookCheck, folder: Path) -> Iterable[Path]:
    from analysis.files import make_folder, write_file
    from analysis.spreadsheet import harmless

    folder = make_folder(folder)
    for name in ("themes", "patterns", "overlaps", "to_read"):
        path = folder / f"codebook_{name}.csv"
        text = harmless(getattr(checked, name)).to_csv(index=False, lineterminator="\n", float_format="%.6g")
        write_file(path, text.encode("utf-8-sig"))
        yield path
