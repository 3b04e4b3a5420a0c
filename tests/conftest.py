"""What several tests share: the bundled study, its tables, and small made-up articles."""

import gc
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import settings

# Both cores have a process of their own, so more threads would only wait for each other. NumPy reads this once.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import analysis
from analysis.ingest import read

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TEXT = (
    "Envoys meet in the port\n\n"
    "The two sides met on Tuesday. “We want more trade with Iran,” a Russian diplomat said, “and fewer sanctions.” "
    "Officials in Tehran said that the talks about the railway had gone well.\n\n"
    "Russia and Iran have moved closer since the sanctions of the United States."
)


# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


# Files of one group need the same expensive fixture, so one process runs them all.
GROUPS = {"tests/figures/": "the drawn figures", "tests/report/": "the drawn figures"}
GROUPS |= {"tests/test_lab.py": "JupyterLab", "tests/coding/test_lab.py": "JupyterLab"}
# nbformat takes seconds to import, and these files alone need it.
GROUPS |= {"tests/test_notebooks.py": "notebooks", "tests/starter/test_notebooks.py": "notebooks"}
# They take longest, so they start first; otherwise one process would still run them when the other is done.
LONGEST = ("tests/docs/test_site.py", "tests/figures/", "tests/test_lab.py", "tests/test_notebooks.py")
LONGEST += ("tests/docs/test_pages.py", "tests/coding/test_lab.py", "tests/cli/test_bench.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With `--dist loadfile`, whole files go to one process, so that their fixtures are made once."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFixture(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return next((group for folder, group in GROUPS.items() if file.startswith(folder)), file)

    config.option.loadscopereorder = False  # keeps our order
    return ByFixture(config, log)


def pytest_collection_modifyitems(items):
    order = {start: place for place, start in enumerate(LONGEST)}
    items.sort(key=lambda item: min((n for s, n in order.items() if item.nodeid.startswith(s)), default=99))


def pytest_collection_finish():
    """What exists by now stays until the end, so it need not be searched for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def study():
    return analysis.load_study(DATA)


def made_once(folder, make):
    """Return `folder`, filled by `make(folder)` in the first process of the test run that asks for it."""
    claimed, finished = folder.with_suffix(".claimed"), folder.with_suffix(".finished")
    try:
        claimed.touch(exist_ok=False)
    except FileExistsError:
        while not finished.exists():
            time.sleep(0.1)
        return folder
    try:
        make(folder)
    finally:
        finished.touch()  # after a failure, too: the others then find an empty folder instead of waiting forever
    return folder


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """The temporary folder that all processes of this test run share (pytest-xdist starts several)."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def bundled_results(study, shared_folder):
    """The results folder of the bundled study. It is measured once per test run; tests must not write into it."""

    def measure(folder):
        articles = read(str(DATA / "articles"), outlets=study.outlets).articles
        analysis.annotate(articles, study, workers=2, progress=False).save(folder)

    return made_once(shared_folder / "bundled", measure)


@pytest.fixture(scope="session")
def bundled(bundled_results):
    """The tables of the bundled study."""
    return analysis.load_tables(bundled_results)


@pytest.fixture(scope="session")
def in_shards(bundled, shared_folder):
    """The tables of the bundled study in a results folder of eight shards."""

    def save(folder):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("analysis.dataset.layout.SHARD_SIZE", 8)
            bundled.save(folder)

    return analysis.load_tables(made_once(shared_folder / "in_shards", save))


@pytest.fixture(scope="session")
def printed(bundled):
    """All figures of the bundled study in print style, also those drawn on request, in the order of the catalogue."""
    from analysis.figures import FIGURES, draw_figures

    return draw_figures(bundled, only=FIGURES)


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """JupyterLab and a browser, started once: see `tests/jupyterlab.py`."""
    from tests.jupyterlab import running

    with running(tmp_path_factory.mktemp("lab")) as started:
        yield started


def record(number=0, **changes):
    """One made-up article as a record of a JSONL file."""
    return {
        "id": f"a{number}",
        "outlet": "Example Gazette",
        "date": "2022-06-29",
        "title": "Envoys meet in the port",
        "text": f"{TEXT} Report number {number}.",
        **changes,
    }


@pytest.fixture
def write_jsonl(tmp_path):
    """Write records into a JSONL file and return its path."""

    def write(*records, name="articles.jsonl"):
        path = tmp_path / name
        lines = (json.dumps(r, ensure_ascii=False) for r in records)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
