"""What robots.txt allows."""

import pytest

from analysis.collect.robots import rules_from

TEXT = "User-agent: media-framing\nDisallow: /*/print$\nAllow: /news/\nDisallow: /\n\nUser-agent: *\nCrawl-delay: 9"


@pytest.mark.parametrize(
    ("path", "allowed"), [("/news/a", True), ("/other", False), ("/news/print", False), ("/x/print", False)]
)
def test_the_longest_rule_for_the_tool_decides(path, allowed):
    assert (rules_from(200, TEXT, "media-framing").why_not(f"https://a.example{path}") == "") is allowed


def test_the_pause_is_that_for_the_tool():
    assert rules_from(200, TEXT, "media-framing").pause == 0 and rules_from(200, TEXT, "another").pause == 9


def test_a_pause_of_an_hour_closes_the_site():
    rules = rules_from(200, "User-agent: *\nCrawl-delay: 3600", "media-framing")
    assert "3,600 seconds" in rules.why_not("https://a.example/")


@pytest.mark.parametrize(("status", "open_"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_missing_file_allows_all_and_a_broken_server_nothing(status, open_):
    assert (rules_from(status, "", "media-framing").why_not("https://a.example/") == "") is open_
