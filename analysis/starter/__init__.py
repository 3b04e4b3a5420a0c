"""What a new project starts from: study folders to copy or fill in, and the notebooks."""

from analysis.starter.example import EXAMPLES, copy_example, example_folder
from analysis.starter.notebooks import copy_notebooks, run_notebooks
from analysis.starter.pair import state_like, write_pair

__all__ = [
    "EXAMPLES",
    "copy_example",
    "copy_notebooks",
    "example_folder",
    "run_notebooks",
    "state_like",
    "write_pair",
]
