"""Runs examples: what is typed after `>>>` has to print what stands below it."""

import doctest

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def failures(text, names, where):
    """Run the examples of a text and say which of them print something else; empty if none does."""
    test = doctest.DocTestParser().get_doctest(text, names, where, where, 0)
    said = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    return "".join(said)
