"""`framing code`: code a sample by hand in a browser."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import Results, app, plain_errors

if TYPE_CHECKING:
    from analysis.coding import CodingFile


@app.command()
@plain_errors
def code(
    results: Results,
    coder: Annotated[str, typer.Option("--coder", help="Who codes: letters, digits, - and _.")],
    task: Annotated[
        str,
        typer.Option(
            "--task", help="What is coded: themes, voice, tone, sides, or quotes (marked in the text)."
        ),
    ] = "themes",
    n: Annotated[int, typer.Option("--n", min=1, help="Number of units to draw.")] = 200,
    by: Annotated[str, typer.Option("--by", help="Column of articles that defines the strata.")] = "outlet",
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="Ask for this theme only; can be given several times.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the random draw.")] = 0,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="The coding file; if not given, RESULTS/coding/TASK.sqlite. Coding goes on in it."
        ),
    ] = None,
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Settle the disagreements of the coders instead of coding.")
    ] = False,
    sheets: Annotated[
        Path | None,
        typer.Option(
            "--sheets",
            help="Write each coder's answers as a coding sheet, with the key, to this folder; end.",
        ),
    ] = None,
    estimates: Annotated[
        Path | None,
        typer.Option(
            "--estimates",
            help="Write the estimates that the answers of --coder, a language model, give after correction with the "
            "answers of people, to this CSV file; end.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", help="Let a language model code: address of a chat/completions endpoint."),
    ] = None,
    model_name: Annotated[
        str, typer.Option("--model-name", help="Name of the model, as its server knows it.")
    ] = "default",
    remote: Annotated[
        bool,
        typer.Option(
            "--texts-leave-this-machine",
            help="Allow a model on another machine, to which the texts are sent.",
        ),
    ] = False,
    price: Annotated[
        tuple[float, float],
        typer.Option("--price", help="Price of a million tokens of the request and of the answer."),
    ] = (0.0, 0.0),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the model starts.")] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on this machine; 0: a free one.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> int:
    """Code a sample by hand in a browser on this machine.

    The first call draws the sample into one file; later calls, also of other coders, go on in it. Every answer is
    saved when it is given. Coders do not see one another's answers.
    """
    from analysis.coding.draw import draw_coding
    from analysis.coding.store import CodingFile, check_coder
    from analysis.files import make_folder
    from analysis.tables import load_tables

    check_coder(coder)
    path = file or make_folder(results / "coding") / f"{task}.sqlite"
    if path.exists():
        coding = CodingFile(path)
    else:
        coding = draw_coding(
            load_tables(results), path, task=task, n=n, by=by, seed=seed, themes=theme or None
        )
        typer.echo(f"{len(coding.key()):,} units drawn into {path}")
    if sheets is not None:
        from analysis.coding.sheets import write_sheets

        for written in write_sheets(coding, load_tables(results), sheets):
            typer.echo(written)
        return 0
    if estimates is not None:
        from analysis.coding.sheets import estimates_with_model
        from analysis.files import write_file
        from analysis.spreadsheet import harmless

        table = harmless(estimates_with_model(coding, load_tables(results), coder, by=by))
        write_file(estimates, table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
        typer.echo(estimates)
        return 0
    if model is not None:
        return _code_with_model(coding, coder, model, model_name, remote=remote, price=price, yes=yes)
    return _serve(coding, coder, adjudicate=adjudicate, port=port, browser=browser)


def _code_with_model(
    coding: CodingFile,
    coder: str,
    url: str,
    name: str,
    *,
    remote: bool,
    price: tuple[float, float],
    yes: bool,
) -> int:
    from analysis.coding.adjudication import pairwise_agreement
    from analysis.coding.model import Endpoint, ModelRun, code_with_model, planned_tokens

    endpoint = Endpoint(url, name, allow_remote=remote)
    units, asked, answered = planned_tokens(coding, coder)
    cost = (asked * price[0] + answered * price[1]) / 1_000_000
    typer.echo(
        f"{units:,} units to code with {name}: about {asked:,} tokens of requests and {answered:,} of answers"
        + (f", cost about {cost:.2f}" if cost else "")
    )
    if remote:
        typer.echo(f"the texts are sent to {url}")
    if units and not yes and not typer.confirm("start?"):
        return 0
    began = time.monotonic()

    def tell(run: ModelRun) -> None:
        if run.coded in (1, 10) or run.coded % 100 == 0:
            left = (time.monotonic() - began) / run.coded * (units - run.coded)
            typer.echo(f"{run.coded:,} of {units:,} coded, about {left / 60:.0f} min left", err=True)

    run = code_with_model(coding, coder, endpoint, progress=tell)
    typer.echo(
        f"{run.coded:,} units coded, {run.refused:,} of them without a valid answer (unclear); "
        f"{run.prompt_tokens:,} + {run.answer_tokens:,} tokens"
    )
    for row in pairwise_agreement(coding):
        value = "not defined" if row["value"] is None else f"{row['value']:.3f}"
        typer.echo(
            f"alpha of {row['coders']} ({row['kind']}), {row['question']}: {value}, {row['units']:,} units"
        )
    return 0


def _serve(coding: CodingFile, coder: str, *, adjudicate: bool, port: int, browser: bool) -> int:
    import webbrowser

    from analysis.coding.server import CodingServer
    from analysis.coding.session import Session
    from analysis.errors import FramingError

    try:
        server = CodingServer(Session(coding, coder, adjudicate=adjudicate), port=port)
    except OSError as error:
        raise FramingError(
            f"cannot listen on port {port}: {error.strerror}", remedy="choose another --port"
        ) from None
    typer.echo(
        f"{coder} codes {coding.path} at\n{server.url}\nCtrl+C ends; every answer is saved when it is given"
    )
    if browser:
        webbrowser.open(server.url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        progress = coding.progress(coder)
        typer.echo(f"\n{progress['done']:,} of {progress['total']:,} units coded")
    finally:
        server.server_close()
    return 0
