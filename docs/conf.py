"""How the documentation site is built: `make docs`.

The source folder is the whole repository, so each link between two pages, and each to a source file, is written once,
as a forge reads it, and works on the site too. Nothing is fetched: names of other packages stay without a link, and of
our own each that a signature mentions must be documented.
"""

import sys
from pathlib import Path

from sphinx.ext.autodoc import mock

from twilio_sms.version import __version__

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "reference")]  # site_hooks, and the field_comments that it reads
with mock(["locust"]):  # the real one patches the whole process when it is imported
    import fake_twilio.load.user  # noqa: F401 - from here on it is there
sys.modules["locust"] = None  # type: ignore[assignment] # and nobody looks for the real one

project = "twilio-sms"
author = project_copyright = "the twilio-sms maintainers"
version = release = __version__

root_doc = "docs/index"
include_patterns = ["docs/**.md", "loadtests/README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
exclude_patterns = [".*", "build", "dist", "tests", "twilio_sms", "fake_twilio", "scenarios"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "site_hooks"]
myst_heading_anchors = 4  # as a forge makes them
smartquotes = False  # code in prose stays code: `--option`

nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(?!(twilio_sms|fake_twilio)\.).*"),  # other packages
    (r"py:.*", r".*\.[A-Z]"),  # type variables
]
default_role = "py:obj"  # `Name` in a docstring
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100

autodoc_default_options = {"undoc-members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True  # `os.environ`, not what stands in it where the site is built

html_theme = "furo"
html_title = f"twilio-sms {release}"
html_additional_pages = {"index": "to_the_first_page.html"}
html_copy_source = False
templates_path = ["site_templates"]
