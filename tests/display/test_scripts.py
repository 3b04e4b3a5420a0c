"""ES modules as one inline script."""

from analysis.display.scripts import inline_script


def test_modules_are_joined_in_one_scope(tmp_path):
    one, two = tmp_path / "one.js", tmp_path / "two.js"
    one.write_text("// first\nexport const twice = (n) => 2 * n;\n")
    two.write_text('import { twice } from "./one.js";\n\nexport const four = twice(2);\n')
    script = inline_script([one, two], last="use(four);")
    assert script.startswith('(() => {\n"use strict";\n// first\nconst twice =') and script.endswith("})();")
    assert "import" not in script and "export" not in script
    assert script.index("const twice") < script.index("const four = twice(2);") < script.index("use(four);")
