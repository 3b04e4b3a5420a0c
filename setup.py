"""Copy the bundled study and the notebooks into the wheel. Everything else about the package is in pyproject.toml.

`data/` and `notebooks/` stay at the top of the repository, which has the only copy. In a wheel they lie in
`analysis/starter/shipped/`; `analysis.starter.shipped` finds them in both places.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = {
    "data": (".yml", ".md", ".csv", ".jsonl", ".parquet", ".json", ".jsonld", ".cff"),
    "notebooks": (".ipynb",),
}
TARGET = Path("analysis", "starter", "shipped")


def shipped_files():
    """Path of every file that is copied, relative to the top of the repository."""
    for folder, suffixes in SHIPPED.items():
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in suffixes and not any(part.startswith(".") for part in path.parts):
                yield path


class BuildPackage(build_py):
    """Build the package, and copy what is shipped with it. An editable install reads both folders where they are."""

    def run(self):
        """Build the package from scratch."""
        if not self.editable_mode:
            # modules that an earlier build left there must not get into this wheel
            shutil.rmtree(Path(self.build_lib, "analysis"), ignore_errors=True)
        super().run()
        if not self.editable_mode:
            for path in shipped_files():
                target = Path(self.build_lib, TARGET, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)

    def get_outputs(self, include_bytecode=True):
        """Return what `run` writes."""
        shipped = [] if self.editable_mode else shipped_files()
        return [
            *super().get_outputs(include_bytecode),
            *(str(Path(self.build_lib, TARGET, p)) for p in shipped),
        ]

    def get_source_files(self):
        """Return what a source distribution needs to build the wheel."""
        return [*super().get_source_files(), *map(str, shipped_files())]


setup(cmdclass={"build_py": BuildPackage})
