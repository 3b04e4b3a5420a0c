"""Pages that are made from the code: the data dictionary from the schemas, the command line from its own help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = "_generated"
_NO_BRACES = str.maketrans("", "", "{}")  # typer's usage line puts arguments in braces


def write(folder: Path) -> None:
    """Write the generated pages, which pages of the reference include."""
    import typer

    from analysis.annotators.parsing.saved_parse import PARSES
    from analysis.cli import app
    from analysis.figures import FIGURES
    from analysis.schemas import TABLES
    from analysis.study import patterns

    folder.mkdir(exist_ok=True)
    for name, page in (
        ("tables.md", data_dictionary({**TABLES, PARSES.name: PARSES})),
        ("figures.md", figure_list(FIGURES)),
        ("plots.md", plot_reference(FIGURES)),
        ("patterns.md", str(patterns.__doc__).partition("\n\n")[2]),
        ("command_line.md", command_line(typer.main.get_command(app), "framing")),
    ):
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != page:  # else Sphinx reads it again
            path.write_text(page, encoding="utf-8")


def data_dictionary(tables: Mapping[str, Any]) -> str:
    """Every table of the toolkit as Markdown: what a row is, its key, and its columns."""
    return "\n".join(line for table in tables.values() for line in _table(table))


def _table(table: Any) -> Iterator[str]:
    yield f"## {table.name}\n"
    key = ", ".join(f"`{name}`" for name in table.key)
    yield f"{_sentence(table.meaning)} {f'Key: {key}.' if key else 'It has no key.'}\n"
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for name, column in table.columns.items():
        kind = column.kind + (", may be empty" if column.nullable else "")
        values = f": {', '.join(f'`{value}`' for value in column.values)}" if column.values else ""
        yield f"| `{name}` | {kind} | {_cell(column.meaning)}{values} |"
    yield ""


def figure_list(entries: Mapping[str, Any]) -> str:
    """Every figure of the toolkit as a Markdown table: its name, its question, and how to read it."""
    rows = (
        f"| `{entry.name}`{' (on request)' * entry.on_request} | {_cell(entry.question)} | {_cell(entry.reading)} |"
        for entry in entries.values()
    )
    return "\n".join(["| figure | question | how to read it |", "|---|---|---|", *rows])


def plot_reference(entries: Mapping[str, Any]) -> str:
    """Directives that document the function of each figure."""
    functions = "\n".join(
        f".. autofunction:: {entry.draw.__module__}.{name}" for name, entry in entries.items()
    )
    return f"```{{eval-rst}}\n{functions}\n```\n"


def command_line(command: Any, name: str) -> str:
    """A command and those below it as Markdown, in the words of its `--help`."""
    return "\n".join(_command(command, name, level=2))


def _command(command: Any, name: str, level: int) -> Iterator[str]:
    import typer

    context = typer.Context(command)
    usage = [name, *(piece.translate(_NO_BRACES) for piece in command.collect_usage_pieces(context))]
    helps = [record for p in command.params if (record := p.get_help_record(context))]
    yield f"{'#' * level} {name}\n"
    yield f"```text\n{' '.join(usage)}\n```\n"
    yield f"{_prose(command.help)}\n"
    if helps:
        yield "| | |"
        yield "|---|---|"
        yield from (f"| `{_cell(flags)}` | {_cell(told)} |" for flags, told in helps)
        yield ""
    if command.epilog:
        yield f"{_prose(command.epilog)}\n"
    for word, further in getattr(command, "commands", {}).items():
        yield from _command(further, f"{name} {word}", level=min(level + 1, 4))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _prose(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")
