"""`framing copy`: results to and from object stores."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.app import app, plain_errors


@app.command("copy")
@plain_errors
def copy_results(
    source: Annotated[str, typer.Argument(help="Results folder, or an address such as s3://bucket/results.")],
    target: Annotated[str, typer.Argument(help="Folder or address to copy to.")],
) -> int:
    """Copy results between a folder and an object store.

    The finished shards of a run that is not complete are copied, too. Files that the target has are not copied again,
    and the checksum of each file is verified. Complete results replace others in the target.
    """
    from analysis.dataset import copying

    n = copying.copy_results(source, target)
    typer.echo(f"{n:,} file{'' if n == 1 else 's'} copied to {target}")
    return 0
