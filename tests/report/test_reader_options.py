"""The options of the reader's filters are the values that occur."""

from analysis.report.reader_options import MOST_SPEAKERS, reader_options


def test_every_value_can_be_chosen(bundled):
    options = {name: [value for value, _ in pairs] for name, pairs in reader_options(bundled).items()}
    assert options["outlet"] == sorted(set(bundled.articles["outlet"]))
    assert set(bundled.themes["theme"]) <= set(options["theme"])
    assert set(bundled.quotes["side"]) <= set(options["voice"]) and "quoted" in options["voice"]
    assert options["speaker"] == sorted(set(bundled.quotes["speaker_name"].dropna()))
    assert len(options["speaker"]) <= MOST_SPEAKERS
    assert {"side:iran", "iran"} <= set(options["about"])
    assert {"russia>iran", "iran<>russia"} <= set(options["acts"])
    assert {"2022", "2022-06"} <= set(options["when"]) and "undated" not in options["when"]


def test_rarely_quoted_speakers_are_left_out_of_the_list(bundled, monkeypatch):
    monkeypatch.setattr("analysis.report.reader_options.MOST_SPEAKERS", 3)
    counts = bundled.quotes["speaker_name"].value_counts()
    speakers = [value for value, _ in reader_options(bundled)["speaker"]]
    assert len(speakers) == 3 and counts[speakers].min() >= counts.iloc[3]
