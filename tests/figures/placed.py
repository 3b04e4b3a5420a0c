"""Where the text of a figure stands, so that tests can say what overlaps or is cut off."""

import numpy as np
from matplotlib.path import Path
from matplotlib.text import Text

SLACK = 1.5  # pixels at 220 dpi: a box holds room for accents and descenders that few labels have


def texts(figure):
    """What is written in a figure; labels of ticks beyond the axis exist, but are not drawn."""
    figure.draw_without_rendering()
    unseen = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            unseen |= {t.label1 for t in axis.get_major_ticks() if not low <= t.get_loc() <= high}
            unseen |= {t.label1 for t in axis.get_minor_ticks() if not low <= t.get_loc() <= high}
        if not axes.get_visible():
            unseen |= set(axes.findobj(Text))
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in unseen]


def outline(text):
    """The corners of a text's box in pixels, turned as the text is."""
    box = text.get_window_extent()
    turned = text.get_rotation()
    if turned % 90 == 0 or text.get_rotation_mode() != "anchor":
        return _rectangle(box)
    text.set_rotation(0)
    corners = _rectangle(text.get_window_extent())
    text.set_rotation(turned)
    x, y = text.get_transform().transform(text.get_position())
    c, s = np.cos(np.radians(turned)), np.sin(np.radians(turned))
    return (corners - (x, y)) @ np.array([[c, s], [-s, c]]) + (x, y)


def _rectangle(box):
    x0, y0, x1, y1 = box.x0 + SLACK, box.y0 + SLACK, box.x1 - SLACK, box.y1 - SLACK
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def overlaps(one, other):
    """Whether two convex outlines share some area."""
    return Path(one, closed=False).intersects_path(Path(other, closed=False), filled=True)


def overlapping(figure, written):
    """Pairs of texts that run into one another, and texts that a legend covers."""
    placed = [(text, outline(text)) for text in written]
    low = np.array([at.min(axis=0) for _, at in placed])
    high = np.array([at.max(axis=0) for _, at in placed])
    near = np.argwhere(np.triu(((low[:, None] < high) & (low < high[:, None])).all(axis=2), k=1))
    found = [
        (placed[i][0].get_text(), placed[j][0].get_text())
        for i, j in near
        if overlaps(placed[i][1], placed[j][1])
    ]
    for legend in [*figure.legends, *(axes.get_legend() for axes in figure.axes)]:
        if legend is None:
            continue
        own, frame = set(legend.findobj(Text)), _rectangle(legend.get_window_extent())
        found += [("legend", t.get_text()) for t, at in placed if t not in own and overlaps(at, frame)]
    return found


def cut_off(figure, written):
    """Texts that reach beyond the edge of the figure."""
    width, height = figure.get_size_inches() * figure.dpi
    return [
        text.get_text()
        for text in written
        if (at := outline(text)).min() < 0 or at[:, 0].max() > width or at[:, 1].max() > height
    ]
