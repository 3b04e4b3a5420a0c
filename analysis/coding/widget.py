"""The coding page as a widget in JupyterLab and VS Code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.coding.draw import draw_coding
from analysis.coding.session import Session
from analysis.coding.store import CodingFile
from analysis.display.html import paragraph, with_html
from analysis.errors import FramingError

if TYPE_CHECKING:
    from analysis.tables import Tables

_PAGE = Path(__file__).with_name("page")
_RENDER = """
export default {
  render({ model, el }) {
    const waiting = new Map();
    let number = 0;
    const heard = (message) => { waiting.get(message.number)?.(message.answer); waiting.delete(message.number); };
    model.on("msg:custom", heard);
    const call = (request) => new Promise((resolve) => {
      number += 1;
      waiting.set(number, resolve);
      model.send({ number, request });
    });
    const root = document.createElement("main");
    root.className = "framing-coding";
    el.append(root);
    // JupyterLab has commands on single keys
    root.addEventListener("keydown", (event) => event.stopPropagation());
    root.dataset.lmSuppressShortcuts = "true";
    mount(root, call);
    return () => model.off("msg:custom", heard);
  },
};
"""


def code(
    tables: Tables | None,
    file: str | Path,
    *,
    coder: str,
    task: str = "themes",
    n: int = 200,
    by: str | Sequence[str] = "outlet",
    seed: int = 0,
    themes: list[str] | None = None,
    adjudicate: bool = False,
) -> Any:
    """Code a sample by hand in JupyterLab.

    Parameters
    ----------
    tables : Tables or None
        What the sample is drawn from; None if the file exists.
    file : path
        The coding file. If it exists, coding goes on where it stopped, and the options of the sample do not count.
    coder : str
        Who codes: letters, digits, - and _.
    task : {'themes', 'voice', 'tone', 'sides', 'quotes'}
    n, by, seed, themes
        See `analysis.validation.draw_sample`.
    adjudicate : bool, default False
        Settle disagreements instead of coding.

    Returns
    -------
    anywidget.AnyWidget
        Every answer is saved in the file when it is given.

    Raises
    ------
    FramingError
        anywidget is not installed, or the sample cannot be drawn.
    """
    try:
        import anywidget
    except ImportError:
        raise FramingError(
            "anywidget is not installed", remedy="pip install 'media-framing[notebooks]', or use framing code"
        ) from None
    file = Path(file)
    if not file.exists():
        if tables is None:
            raise FramingError(
                "there is no such coding file", path=file, remedy="pass the tables to draw a sample from"
            )
        draw_coding(tables, file, task=task, n=n, by=by, seed=seed, themes=themes)
    session = Session(CodingFile(file), coder, adjudicate=adjudicate)

    class CodingWidget(anywidget.AnyWidget):
        _esm = (_PAGE / "coding.js").read_text(encoding="utf-8") + _RENDER
        _css = (_PAGE / "coding.css").read_text(encoding="utf-8")

        def __init__(self) -> None:
            super().__init__()
            self.on_msg(self._answer)

        def _answer(self, _: Any, message: dict[str, Any], __: Any) -> None:
            answer = session.handle(message.get("request"))
            self.send({"number": message.get("number"), "answer": answer})

        def _repr_mimebundle_(self, **kwargs: Any) -> Any:
            """The widget, and a sentence for viewers without widgets."""
            note = paragraph(f"Run the notebook to code {Path(file).name}.")
            return with_html(super()._repr_mimebundle_(**kwargs), note)

    return CodingWidget()
