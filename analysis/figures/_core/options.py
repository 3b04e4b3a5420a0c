"""What a user may choose for a figure beside its data: size, order, caption, colours and language.

The choices hold while a figure is drawn, so that the functions which need one of them find it where they use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from analysis.errors import FramingError
from analysis.figures._core.texts import check_language

NARROW = 5.0
"""Inches: the width below which type and labels are smaller."""
ORDERS = ("name", "size")


def check_palette(palette: Mapping[str, str]) -> None:
    """Raise an error that names the first colour that matplotlib does not know.

    Raises
    ------
    FramingError
    """
    if not palette:
        return
    from matplotlib.colors import is_color_like

    for name, colour in palette.items():
        if not is_color_like(colour):
            raise FramingError(
                f"palette: '{colour}' is not a colour (for '{name}')", remedy="write it as #0072B2"
            )


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to draw a figure.

    Attributes
    ----------
    order : {'name', 'size'} or sequence of str
        Order of the groups, from the top or left: by name, by number of articles, or as listed.
    width, height : float, optional
        Inches. By default, the width of a page and a height that follows from the rows.
    caption : bool or str
        True: the figure's own caption (in English only); False: none; or a text.
    palette : mapping of str to str
        Colours by side, and for 'outlet' (own words) and 'quoted' (attributed words).
    language : str
        Code of the language of axes, legends and panel titles.
    sample : str
        For the caption: how many of the articles are shown, if not all of them.
    weight : {'word', 'article', 'outlet'}
        For the caption: what counts equally. That each word does is not mentioned.
    not_news : mapping of str to str
        For the caption: the kind of each outlet that is no news outlet.
    """

    order: str | Sequence[str] = "name"
    width: float | None = None
    height: float | None = None
    caption: bool | str = True
    palette: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    sample: str = ""
    weight: str = "word"
    not_news: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        """Whether the figure is for one column of a page, so that type and labels are smaller."""
        return self.width is not None and self.width < NARROW

    def __post_init__(self) -> None:
        if isinstance(self.order, str) and self.order not in ORDERS:
            raise FramingError(
                f"unknown order '{self.order}'", remedy=f"choose from {', '.join(ORDERS)}, or list the groups"
            )
        for name, size in (("width", self.width), ("height", self.height)):
            if size is not None and not size > 0:
                raise FramingError(f"{name} must be above 0 inches, got {size}")
        check_palette(self.palette)
        check_language(self.language)


_options: ContextVar[Options] = ContextVar("options", default=Options())  # noqa: B039  # frozen


def options() -> Options:
    """The options of the figure that is being drawn."""
    return _options.get()


@contextmanager
def drawing_with(chosen: Options) -> Iterator[None]:
    """Context manager: draw with these options.

    Parameters
    ----------
    chosen : Options

    Yields
    ------
    None
    """
    before = _options.set(chosen)
    try:
        yield
    finally:
        _options.reset(before)
