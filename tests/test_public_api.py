"""What `import analysis` offers: the documented names and no others, loaded when they are first used."""

import inspect
import subprocess
import sys
import types

import pytest

import analysis

HEAVY = {
    "jinja2",
    "lxml",
    "matplotlib",
    "nltk",
    "numpy",
    "onnxruntime",
    "pandas",
    "pydantic",
    "scipy",
    "spacy",
    "yaml",
}


def in_a_fresh_python(code):
    """Run code in a new process and return what it prints."""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_importing_the_package_loads_nothing_heavy():
    code = f"import sys, analysis, analysis.cli; print(sorted({HEAVY!r} & set(sys.modules)))"
    assert in_a_fresh_python(code) == "[]"


def test_dir_lists_the_public_names_and_nothing_else():
    code = "import analysis; before = dir(analysis); analysis.quotes; print(before == dir(analysis))"
    assert in_a_fresh_python(code) == "True"
    assert [name for name in dir(analysis) if not name.startswith("__")] == sorted(analysis.__all__)


@pytest.mark.parametrize("name", ["compare", "evidence", "figures", "validation"])
def test_a_package_is_an_attribute_without_an_import_of_its_own(name):
    assert in_a_fresh_python(f"import analysis; print(analysis.{name}.__name__)") == f"analysis.{name}"


def test_figures_and_statistics_are_reached_as_attributes():
    code = "import analysis; print(callable(analysis.figures.draw), callable(analysis.compare.rates.theme_rates))"
    assert in_a_fresh_python(code) == "True True"


@pytest.mark.parametrize("name", [name for name in analysis.__all__ if name not in analysis._PACKAGES])
def test_a_function_tells_its_parameters(name):
    function = getattr(analysis, name)
    assert not isinstance(function, types.ModuleType)
    assert "kwargs" not in inspect.signature(function).parameters
    assert function.__doc__


def test_annotate_tells_its_parameters():
    assert list(inspect.signature(analysis.annotate).parameters) == [
        "articles",
        "study",
        "workers",
        "progress",
        "checkpoint",
        "rejects",
        "client",
    ]


def test_every_public_name_is_described():
    assert len(analysis.__all__) == len(set(analysis.__all__))
    for name in analysis.__all__:
        assert f"`{name}`" in analysis.__doc__ or f"`analysis.{name}`" in analysis.__doc__, name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_thing"):
        analysis.no_such_thing  # noqa: B018
