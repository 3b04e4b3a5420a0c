"""What was changed or left out of a codebook, one by one and in short."""

from analysis.study.formats.losses import Losses, WrittenCodebook


def test_losses_in_full_and_in_short():
    losses = Losses()
    losses.add("sea", "pattern", "a NEAR/2 b", "no gaps")
    losses.add("sea", "pattern", "c NEAR/2 d", "no gaps")
    losses.add("sea", "pattern", "=SCO", "not case-sensitive", written=["SCO"])
    written = WrittenCodebook(1, 3, 0, 1, losses.all())
    assert written.notes == (
        "2 patterns left out: no gaps: 'a NEAR/2 b', 'c NEAR/2 d'",
        "1 pattern changed: not case-sensitive: '=SCO'",
    )
    assert (written.count("pattern", "left out"), written.count("pattern", "changed")) == (2, 1)
    assert written.table()["written"].tolist() == ["", "", "SCO"]
