"""The command line as a user meets it: help at once, figures and page from a folder, stops that lose nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial

from analysis import cli
from tests.cli.conftest import framing
from tests.conftest import DATA, record


def test_help_answers_in_under_half_a_second_of_processor_time():
    code = """
import atexit, sys, time
atexit.register(lambda: print(time.process_time(), file=sys.stderr))
from analysis.cli import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    for name in ("annotate", "figures", "report", "run"):
        assert name in ran.stdout
    assert float(ran.stderr) < 0.5


def test_unknown_option_is_wrong_usage():
    assert framing("annotate", "x.csv", "--colour", "red").exit_code == 2


def test_figures_of_a_folder(results, tmp_path):
    result = framing("figures", results, "--out", tmp_path, "--only", "theme_rates")
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "index.html",
        "theme_rates.csv",
        "theme_rates.png",
        "theme_rates.svg",
    ]


def test_unknown_figure_is_named(results, tmp_path):
    result = framing("figures", results, "--out", tmp_path, "--only", "pie_chart")
    assert result.exit_code == 2
    assert "pie_chart" in result.stderr


def test_report_of_a_folder(results, monkeypatch):
    from analysis import report

    monkeypatch.setattr(
        report, "write_report", lambda tables, out, **given: f"{len(tables.articles)} articles in {out}"
    )
    result = framing("report", results)
    assert (result.exit_code, result.stdout) == (0, f"2 articles in {results / 'report'}\n")


def test_a_page_that_is_older_than_its_results_is_mentioned(tmp_path, capsys):
    from analysis.cli.app import mention_older_page

    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "index.html").touch()
    mention_older_page(tmp_path)
    assert f"framing report {tmp_path}" in (said := capsys.readouterr().err)
    assert "framing figures" not in said


def test_report_of_a_folder_that_is_none(tmp_path):
    result = framing("report", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "no such results folder" in result.stderr


def test_a_stopped_run_keeps_what_is_finished_and_resumes(write_jsonl, tmp_path, monkeypatch):
    from analysis.annotators import pipeline

    source, out = write_jsonl(*(record(i) for i in range(10))), tmp_path / "out"
    monkeypatch.setattr("analysis.annotators.shard.CHUNK", 4)
    batch, calls = pipeline.annotate_batch, []

    def stops_at_the_second(articles, study):
        calls.append(articles)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return batch(articles, study)

    monkeypatch.setattr(pipeline, "annotate_batch", stops_at_the_second)
    stopped = framing("annotate", source, "--study", DATA, "--out", out, "--workers", 1)
    assert stopped.exit_code == 130
    assert "--resume" in stopped.stderr
    assert len(list(out.rglob("0*.arrow"))) == 1

    calls[:] = [None, None]
    assert (
        framing("annotate", source, "--study", DATA, "--out", out, "--workers", 1, "--resume").exit_code == 0
    )
    assert len(calls) == 2 + 2  # the finished batch of the three was not measured again
    assert not (out / ".work").exists()
    assert framing("annotate", source, "--study", DATA, "--out", tmp_path / "afresh").exit_code == 0
    files = [path.relative_to(out) for path in sorted(out.rglob("*.*")) if path.is_file()]
    assert len(files) > 10
    for file in files:
        assert (out / file).read_bytes() == (tmp_path / "afresh" / file).read_bytes(), file


RUSSIAN = (
    "Президент России встретился с президентом Ирана в Ашхабаде. Стороны обсудили торговлю, транспорт и "
    "положение в Сирии, а также договорились продолжить переговоры о железной дороге."
)


def test_run_does_everything_in_one_go_and_lists_a_refused_article(write_jsonl, tmp_path, monkeypatch):
    from analysis import figures

    # tests/figures/test_draw.py draws all figures of few articles
    two = partial(figures.draw_figures, only=["theme_rates", "who_is_quoted"])
    monkeypatch.setattr(figures, "draw_figures", two)
    source = write_jsonl(record(1), record(2, text=RUSSIAN, title="В Ашхабаде <b>сегодня</b>"))
    result = framing("run", source, "--study", DATA, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "1 article refused (language 1); " in result.stderr
    page = (tmp_path / "out" / "report" / "index.html").read_text(encoding="utf-8")
    assert "1 article was refused and is not counted" in page
    assert "В Ашхабаде &lt;b&gt;сегодня&lt;/b&gt;" in page
    assert (tmp_path / "out" / "figures" / "theme_rates.svg").is_file()
    assert 'id="figure-who_is_quoted"' in page
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["n_articles"] == 1
    assert {"code", "study", "articles", "libraries", "fingerprint"} <= set(run)


def test_nothing_is_drawn_where_every_article_is_refused(write_jsonl, tmp_path):
    result = framing("run", write_jsonl(record(1, text=RUSSIAN)), "--study", DATA, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert ", row 1: language: " in result.stderr
    assert result.stderr.endswith("framing: nothing was measured\n") and "drawing" not in result.stderr
    assert not (tmp_path / "out" / "report").exists()


def test_version_is_said():
    from importlib.metadata import version

    said = framing("--version")
    assert (said.exit_code, said.stdout) == (0, f"framing {version('media-framing')}\n")
    assert "Measure who speaks in news articles" in framing("--help").stdout


def test_the_order_of_unclear_dates_can_be_settled(write_jsonl, tmp_path):
    import pandas as pd

    source = write_jsonl(record(1, date="05/04/2022"))
    asked = framing("annotate", source, "--study", DATA, "--out", tmp_path / "asked")
    assert "1 date such as 05/04/2022 was read day first" in asked.stderr
    assert "--date-order" in asked.stderr
    told = framing("annotate", source, "--study", DATA, "--out", tmp_path / "told", "--date-order", "month")
    assert "05/04/2022" not in told.stderr
    assert pd.read_parquet(tmp_path / "told" / "articles")["published"].dt.month.tolist() == [5]


def test_only_the_first_of_several_interrupts_stops_a_command(monkeypatch):
    before, stopped = signal.getsignal(signal.SIGINT), []

    def command():
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.01)
            stopped.append("in peace")

    monkeypatch.setattr(cli, "app", command)
    try:
        cli.main()
    finally:
        signal.signal(signal.SIGINT, before)
    assert stopped == ["in peace"]
