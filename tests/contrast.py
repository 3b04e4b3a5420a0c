"""Contrast of colours as WCAG 2.2 counts it, for style sheets that name their colours."""

TEXT = (
    ("ink", "paper"), ("ink", "shade"), ("soft", "paper"), ("soft", "shade"), ("link", "paper"), ("link", "shade"),
    ("on-tint", "found"),
)  # fmt: skip
EDGES = (("focus", "paper"), ("focus", "shade"), ("edge", "paper"))


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    """WCAG 2.2's contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak(colours, text=TEXT, edges=EDGES):
    """Pairs of named colours below 4.5 to 1 for text, or below 3 to 1 for edges and focus, with their contrast."""
    pairs = [(pair, 4.5) for pair in text] + [(pair, 3) for pair in edges]
    found = {pair: (contrast(*map(colours.get, pair)), least) for pair, least in pairs}
    return {pair: ratio for pair, (ratio, least) in found.items() if ratio < least}
