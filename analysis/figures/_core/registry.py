"""What the toolkit knows about a figure: its catalogue entry, and the figure once it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.compare._core.weighting import check_weight
from analysis.compare.measures.outlet_groups import OUTLET_KIND, OUTLET_SIDE, with_outlet_groups
from analysis.corpus import select
from analysis.errors import FramingError
from analysis.figures._core.hotspots import Hotspot, hotspots
from analysis.figures._core.options import Options, drawing_with
from analysis.figures._core.save import svg_bytes
from analysis.figures._core.style import style
from analysis.figures._core.texts import ENGLISH, with_spaces

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.weighting import Weight
    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.study import Study
    from analysis.tables import Tables
    from analysis.validation.results import Summaries

Pair = tuple[str, str] | None
"""Ids of the two sides that a study is about; None where it names fewer than two."""


TIME = "time"
"""Value of `Entry.by` for a figure with a time axis: by month, or by year if there are many."""
SIDE, TERM = "side", "term"
"""Values of `Entry.by` for a figure with a row per side or term, which can have a row per group instead."""

TEXTS_READ = 5_000
"""Articles whose texts a figure reads at most."""
TIME_UNITS = ("month", "quarter", "year")


class Section(IntEnum):
    """Part of the page in which a figure stands, in the order of the page."""

    SPEAKERS = 1
    THEMES = 2
    TONE = 3
    RELATION = 4
    WORDS = 5


def no_filters(row: Mapping[str, Any], pair: Pair) -> dict[str, str]:
    """No filters beside those that the columns of a figure's numbers give.

    Parameters
    ----------
    row : mapping
        A row of the numbers.
    pair : tuple of str
        The two sides of the study.

    Returns
    -------
    dict of str to str
        Empty.
    """
    return {}


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Which numbers a figure draws.

    Attributes
    ----------
    by : str
        Column to group by; empty if the figure chooses, or has no groups.
    weight : {'word', 'article', 'outlet'}
        What counts equally; see `analysis.compare._core.weighting`.
    summaries : mapping
        Validations with coded samples; empty where there are none.
    """

    by: str = ""
    weight: Weight = "word"
    summaries: Summaries = field(default_factory=dict)

    @property
    def by_article(self) -> str:
        """The column or period that groups articles; empty where the rows are sides or terms."""
        return "" if self.by in (SIDE, TERM) else self.by


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The catalogue entry of a figure. Each module in `analysis.figures.plots` defines one as `ENTRY`.

    Attributes
    ----------
    section : Section
    order : int
        Place within the section; figures with the same number are sorted by name.
    title, question, reading : str
        What the figure shows, the question it answers, and how to read it. `reading` is also its alternative text.
    numbers : callable
        (Tables, Cut) -> tidy table with one row per mark. If the figure has groups, its first column has them.
    draw : callable
        (tidy table, Study) -> figure. It has the same name as its module, and so have the files that it draws.
    empty : str
        Why there may be nothing to draw, as the gallery says it after 'Not drawn:'.
    filters : callable
        (row of the numbers, pair of sides) -> filters of the article reader that lead to the sentences behind the
        row, where its columns do not say so themselves; see `analysis.evidence.reader_filters`.
    by : str
        The column that the figure is grouped by unless told otherwise, `SIDE` or `TERM` for rows of sides or terms,
        `TIME` for a time axis, or empty if it has no groups.
    at_most : int, optional
        Number of articles above which the figure shows a random sample of this many, because it reads the texts or
        has a mark per article. The caption and the column `sample` of the numbers then say so.
    reads_texts : bool
        Whether the figure reads the words of the articles. The page of a study without texts leaves it out.
    weight : {'word', 'article', 'outlet'}
        What counts equally by default.
    weighted : bool
        Whether the figure shows estimates for which `weight` says what counts equally. Others refuse the option.
    on_page : bool
        Whether the figure is on the page, which has room for `analysis.figures.PAGE_FIGURES`; the others are in the
        gallery, `figures/index.html`.
    on_request : bool
        Whether the figure is drawn only if its name is given: `framing figures RESULTS --only NAME`.
    """

    section: Section
    order: int
    title: str
    question: str
    reading: str
    numbers: Callable[[Tables, Cut], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Study], FramingFigure]
    empty: str = "no article has what this figure shows"
    filters: Callable[[Row, Pair], dict[str, str]] = no_filters
    by: str = ""
    at_most: int | None = None
    reads_texts: bool = False
    weight: Weight = "word"
    weighted: bool = True
    on_page: bool = False
    on_request: bool = False

    @property
    def name(self) -> str:
        """Name of the module, of the function that draws the figure, and of its files without suffix."""
        return self.draw.__name__

    def __call__(
        self,
        tables: Tables,
        *,
        by: str | None = None,
        outlets: Sequence[str] | None = None,
        order: str | Sequence[str] = "name",
        width: float | None = None,
        height: float | None = None,
        dpi: float | None = None,
        caption: bool | str = True,
        palette: Mapping[str, str] | None = None,
        language: str = "en",
        weight: Weight | None = None,
        look: str = "print",
        summaries: Summaries | None = None,
    ) -> FramingFigure:
        """Draw the figure. In a notebook, its marks lead to the sentences behind them.

        Parameters
        ----------
        tables : Tables
            With their study.
        by : str, optional
            Column of `articles` to group by instead of `Entry.by`: 'outlet', 'outlet_country', 'outlet_kind',
            'language', a period ('month', 'quarter', 'year', ...) or any column of your own.
        outlets : sequence of str, optional
            Use only the articles of these outlets.
        order : {'name', 'size'} or sequence of str, default 'name'
            Order of the groups: by name, by number of articles, or as listed. Groups that are not listed are not
            shown.
        width, height : float, optional
            Inches; by default 6.9 (the text of an A4 page) and as high as the rows need. 3.4 is a column of a paper.
        dpi : float, optional
            Resolution of PNG files; 220 by default.
        caption : bool or str, default True
            True: the figure's own caption, which is in English and left out in other languages; False: none; or a
            text of your own. The figure's own caption stays in `figure.caption`.
        palette : mapping of str to str, optional
            Colours by side, and for 'outlet' (own words) and 'quoted' (attributed words).
        language : str, default 'en'
            Language of axes, legends and panel titles: 'en' or 'ru'. Names come from the study.
        weight : {'word', 'article', 'outlet'}, optional
            What counts equally: each word (quote, mention, act), each article or each outlet. By default
            `Entry.weight`: each word, and in `tone_towards_sides` each article.
        look : {'print', 'slides'}
            For a page, or for a 16:9 slide.
        summaries : mapping, optional
            Validations of these tables, as `analysis.validation.results.load_summaries` returns them.

        Returns
        -------
        FramingFigure
            A matplotlib figure with the further attributes `numbers` (the table that was drawn) and `caption`.

        Raises
        ------
        FramingError
            There is nothing to draw, or an option is unknown or does not apply to this figure.

        Examples
        --------
        >>> from analysis import figures
        >>> tables = analysis.load_tables("results")
        >>> figure = figures.who_is_quoted(tables, by="outlet_country", width=3.4, caption=False)
        >>> figure.numbers.columns[0], float(figure.get_size_inches()[0])
        ('outlet_country', 3.4)
        """
        chosen = Options(
            order=order, width=width, height=height, caption=caption, palette=palette or {}, language=language
        )
        tables = tables if outlets is None else _of_outlets(tables, outlets)
        figure = self.drawn(tables, self.cut(by, weight, summaries), chosen, look=look).figure
        if figure is None:
            raise FramingError(f"{self.name}: {self.empty}")
        figure.print_dpi = dpi
        return figure

    def cut(
        self, by: str | None = None, weight: Weight | None = None, summaries: Summaries | None = None
    ) -> Cut:
        """Groups, weights and validations, with the defaults of the figure for what is not given.

        Raises
        ------
        FramingError
            The weight is unknown, or the figure has no such groups or no weights.
        """
        return Cut(by=self._grouped_by(by), weight=self._weighted_by(weight), summaries=summaries or {})

    def _grouped_by(self, by: str | None) -> str:
        """The column to group by; empty if the figure chooses."""
        if by is None:
            return "" if self.by == TIME else self.by
        if not self.by:
            from analysis.figures.catalogue import FIGURES  # imports this module

            having = ", ".join(name for name, entry in FIGURES.items() if entry.by and entry.by != TIME)
            raise FramingError(
                f"{self.name} has no groups",
                remedy=f"leave out by=, draw it once per group with outlets=, or choose one with groups: {having}",
            )
        if self.by == TIME and by not in TIME_UNITS:
            raise FramingError(
                f"{self.name} has a time axis and cannot be grouped by '{by}'",
                remedy=f"choose from {', '.join(TIME_UNITS)}",
            )
        return by

    def _weighted_by(self, weight: Weight | None) -> Weight:
        """What counts equally."""
        if weight is None:
            return self.weight
        check_weight(weight)
        if weight != "word" and not self.weighted:
            raise FramingError(
                f"{self.name} has no estimates in which each {weight} could count equally",
                remedy="leave out weight=",
            )
        return weight

    def drawn(self, tables: Tables, cut: Cut, chosen: Options | None = None, *, look: str = "print") -> Drawn:
        """Compute the numbers and draw them.

        Parameters
        ----------
        tables : Tables
        cut : Cut
        chosen : Options, optional
        look : {'print', 'slides'}

        Returns
        -------
        Drawn
            Without a figure if there is nothing to draw.
        """
        if cut.by in (OUTLET_KIND, OUTLET_SIDE) and cut.by not in tables.metadata:
            tables = with_outlet_groups(tables)
        part = tables if self.at_most is None else tables.sample(self.at_most)
        numbers = self.numbers(part, cut)
        chosen = replace(chosen or Options(), weight=cut.weight)
        if part is not tables:
            sizes = f"{len(part.metadata):,} of {len(tables.metadata):,} articles"
            numbers, chosen = numbers.assign(sample=sizes), replace(chosen, sample=sizes)
        if not _counts_anything(numbers):
            return Drawn(self, numbers, why_not=self.empty)
        study = tables.study_or_error()
        chosen = replace(chosen, not_news=study.outlets.not_news)
        with drawing_with(chosen), style(look, narrow=chosen.is_narrow):
            figure = self.draw(numbers, study)
            if chosen.language != ENGLISH:
                with_spaces(figure)
        figure.entry, figure.numbers, figure.tables, figure.cut = self, numbers, part, cut
        return Drawn(self, numbers, figure)


def _counts_anything(numbers: pd.DataFrame) -> bool:
    """Whether a figure has something to show; as many acts of conflict as of cooperation are acts, too."""
    counted = ["cooperation", "conflict"] if "cooperation" in numbers else ["numerator"]
    return len(numbers) > 0 and bool((numbers[counted] != 0).to_numpy().any())


def _of_outlets(tables: Tables, outlets: Sequence[str]) -> Tables:
    """The tables of the articles of some outlets."""
    return tables.select(select(tables.metadata, outlets=outlets)["article_id"])


@dataclass(frozen=True)
class Drawn:
    """A figure after drawing.

    Attributes
    ----------
    entry : Entry
    numbers : pandas.DataFrame
        The table that was drawn.
    figure : FramingFigure or None
        None where there was nothing to draw.
    why_not : str
        Why there is no figure; empty where there is one.
    """

    entry: Entry
    numbers: pd.DataFrame
    figure: FramingFigure | None = None
    why_not: str = ""

    @property
    def svg(self) -> bytes:
        """The figure as SVG, rendered once for the folder and the page; empty without a figure."""
        return self._rendered[0]

    @property
    def hotspots(self) -> list[Hotspot]:
        """The hotspots of the figure, measured on the SVG; empty without a figure."""
        return self._rendered[1]

    @cached_property
    def _rendered(self) -> tuple[bytes, list[Hotspot]]:
        # measured right after rendering, since rendering in another format moves arrows by a fraction of a point
        if self.figure is None:
            return b"", []
        entry, look = self.entry, self.figure.look
        svg = svg_bytes(self.figure, title=entry.title, description=entry.reading, look=look)
        return svg, hotspots(self.figure)
