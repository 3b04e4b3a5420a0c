"""Every module of comparisons can be imported from `analysis.compare`, and there are no others."""

import subprocess
import sys
from pathlib import Path

import analysis.compare as compare


def test_all_modules_by_their_short_names():
    folder = Path(compare.__file__).parent
    internal = {"group_tests", "family_sums", "contingency", "item_counts"}
    modules = {
        path.stem for name in ("measures", "inference", "words") for path in (folder / name).glob("[a-z]*.py")
    }
    assert set(compare.__all__) == modules - internal
    for name in compare.__all__:
        assert getattr(compare, name).__name__.endswith(f".{name}")


def test_importing_them_loads_nothing_heavy():
    code = (
        "import sys; from analysis.compare import rates, keyness, wire_copy; from analysis import validation;"
        "print(sorted({'pandas', 'numpy', 'scipy', 'spacy', 'openpyxl'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
