"""What the README and the Makefile promise: the script runs, and no command deletes what is tracked."""

import re
import subprocess
import sys

from tests.conftest import DATA, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_script_goes_from_articles_to_a_figure(tmp_path):
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in script.splitlines() if line.strip()]) <= 15
    (tmp_path / "data").symlink_to(DATA)
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Meridian Post" in ran.stdout
    assert "..." not in ran.stdout.partition("sentence_text")[0]
    assert (tmp_path / "figures" / "theme_rates.svg").is_file()


def test_the_environment_is_entered_before_it_is_needed():
    assert README.index("source .venv/bin/activate") < README.index("framing run")


def test_every_phony_target_has_a_rule():
    names = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert all(re.search(rf"^{name}:", MAKEFILE, re.MULTILINE) for name in names)


def test_clean_leaves_the_tracked_figure():
    said = subprocess.run(
        ["make", "-n", "clean"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "figures/*.png" not in said
    assert "! -name who_is_quoted.png" in said
