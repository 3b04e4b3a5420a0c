"""How Sphinx builds the documentation: `make docs`, then open docs/_build/html/index.html."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for the next import
sys.path.insert(0, str(HERE.parent))  # document this checkout, wherever another one is installed

import docstrings  # noqa: E402
import generated  # noqa: E402

project = "media-framing"
author = "The media-framing maintainers"
release = installed_version("media-framing")
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", generated.FOLDER]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # a card that a page includes begins with its own title

default_role = "py:obj"  # `analysis.kwic` in a docstring is a link where there is such a name
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "media-framing"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_copyright = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}


def setup(app):
    """Make pages and docstrings ready before Sphinx reads them."""
    app.connect("autodoc-process-docstring", docstrings.list_references, priority=400)  # before napoleon
    app.connect("builder-inited", lambda app: generated.write(HERE / generated.FOLDER))
