"""Parsed sentences about the invented countries Arvania, Belmark and Corvia."""

import re

from analysis.annotators.parsing.dependency_tree import dependency_tree
from analysis.annotators.parsing.document import Mention
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.relations.arguments import ActorArguments
from analysis.annotators.relations.targets import TargetReader


def read(text):
    """A reader of a text in which each country is an actor."""
    mentions = [
        Mention(match.start(), match.end(), match[0], match[0].lower(), "alias")
        for match in re.finditer("Arvania|Belmark|Corvia", text)
    ]
    tree = dependency_tree(parse(text))
    return TargetReader(tree, ActorArguments(tree, mentions))


def token(reader, word):
    """The number of the first token that is this word."""
    return next(n for n in range(len(reader.tokens)) if reader.tree.text(n) == word)


def node(reader, word):
    """The lexicon entry of the first token that is this word."""
    return reader.node(token(reader, word))


def ids(arguments):
    """The actors of arguments."""
    return [argument.mention.actor_id for argument in arguments]
