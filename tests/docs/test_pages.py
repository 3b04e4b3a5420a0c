"""The pages of the documentation: their Python runs and prints what they show, their commands are commands.

Blocks of a page run one after the other in one folder. `python` runs, and is compared where it has `>>>`; a block
with a caption is written to the file of that name; `sh` runs in this process, save for commands that take long, of
which the words are checked.
"""

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import analysis.cli
from tests.conftest import ROOT
from tests.docs.examples import failures

DOCS = ROOT / "docs"
LONG = {"code", "collect", "run", "report", "bench", "lab", "notebooks"}  # run by tests of their own
ELSEWHERE = {
    "source",
    "python",
    "python3",
    ".venv/bin/python",
    "conda",
    "jupyter",
}  # not commands of the toolkit
SHOWN = {"text", "powershell", "{toctree}", "{include}", "{eval-rst}"}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Block:
    kind: str
    text: str
    file: str | None
    line: int


def blocks(page):
    """The fenced blocks of a page in order."""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            caption = re.match(r":caption: (\S+)\n\n", token.content)
            text = token.content[caption.end() :] if caption else token.content
            kind = token.info.partition(" ")[0]
            yield Block(kind, text, caption[1] if caption else None, token.map[0] + 1)


def sources():
    return sorted(path for path in DOCS.rglob("*.md") if not path.relative_to(DOCS).parts[0].startswith("_"))


def page_id(path):
    return path.relative_to(DOCS).with_suffix("").as_posix()


def command_of(words):
    """The command that the words of a line name, and the words after it; usage is checked on the way."""
    command, context = typer.main.get_command(analysis.cli.app), None
    rest = words[1:]
    while hasattr(command, "commands"):
        assert rest and rest[0] in command.commands, f"{shlex.join(words)}: no such command"
        command, rest = command.commands[rest[0]], rest[1:]
    context = command.make_context(command.name, list(rest), parent=context)
    context.close()
    return command


def run_line(line):
    words = shlex.split(line)
    while words and "=" in words[0]:  # a variable that is set for the command
        words.pop(0)
    if words[0] == "framing":
        command_of(words)
        if words[1:3] == ["annotate", "data/articles"]:  # it then finds everything measured
            shutil.copytree("results", words[words.index("--out") + 1])
        if words[1] not in LONG and not (words[1] == "figures" and "--only" not in words):
            ran = CliRunner().invoke(analysis.cli.app, words[1:])
            assert ran.exit_code == 0, f"{line}\n{ran.output}\n{ran.exception!r}"
    elif words[0] == "make":
        for word in words[1:]:
            name, is_variable, _ = word.partition("=")
            assert re.search(rf"^{name}{' [?]=' if is_variable else ':'}", MAKEFILE, re.MULTILINE), line
    else:
        assert words[0] in ELSEWHERE, f"{line}: nobody checks this command"


def run(block, names, where):
    if block.file is not None:
        assert not Path(block.file).is_absolute() and ".." not in Path(block.file).parts
        Path(block.file).parent.mkdir(exist_ok=True)
        Path(block.file).write_text(block.text, encoding="utf-8")
    elif block.kind == "sh":
        for line in block.text.splitlines():
            run_line(line)
    elif ">>> " in block.text:
        said = failures(block.text, names, where)
        assert not said, said
    else:
        exec(compile(block.text, where, "exec"), names)


@pytest.mark.parametrize(
    "page", [p for p in sources() if any(b.kind not in SHOWN for b in blocks(p))], ids=page_id
)
def test_a_page_does_what_it_says(page, workplace):
    names = {"__name__": "__main__"}
    for block in blocks(page):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        assert block.kind in {*SHOWN, "python", "sh", "{code-block}"}, (
            f"{where}: nobody checks '{block.kind}'"
        )
        if block.kind not in SHOWN:
            run(block, names, where)


def test_a_wrong_page_is_noticed(tmp_path, workplace):
    wrong = {
        "python": ">>> 1 + 1\n3\n",
        "sh": "framing annotate data/articles --no-such-option",
    }
    for kind, text in wrong.items():
        with pytest.raises(Exception, match=r"Expected:|no-such-option"):
            run(Block(kind, text, None, 1), {}, "page")


def test_the_script_of_the_readme_goes_from_articles_to_a_figure(study_folder, capsys):
    (script,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len([line for line in script.splitlines() if line.strip()]) <= 15
    exec(compile(script, "README.md", "exec"), {"__name__": "__main__"})
    printed = capsys.readouterr().out
    assert "Meridian Post" in printed
    assert "..." not in printed.partition("sentence_text")[0]
    assert (study_folder / "results" / "run.json").is_file()
    assert (study_folder / "figures" / "theme_rates.svg").is_file()


def test_the_docs_have_a_target():
    assert re.search(r"^docs:.*\n\t.*sphinx-build -W", MAKEFILE, re.MULTILINE)
