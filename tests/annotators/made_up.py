"""Small made-up articles for tests of what is measured and what is kept."""

from tests.conftest import TEXT
from tests.dataset.conftest import articles as named


def articles(n, **changes):
    frame = named(*(f"a{number:02d}" for number in range(n)))
    frame["text"] = [changes.get(article_id, f"{TEXT} {article_id}") for article_id in frame["article_id"]]
    return frame


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
