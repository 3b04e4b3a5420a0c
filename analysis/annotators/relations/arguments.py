"""Which actors a noun phrase stands for, and who is the subject of a verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.annotators.parsing.dependency_tree import VERBAL, Syntax
from analysis.annotators.parsing.document import Mention
from analysis.annotators.relations.lexicon import stative, verb_lemma, words

OWNED = 0.9  # "Iranian officials", "the government of Iran": less sure than the name itself
_MODIFIERS = frozenset({"compound", "amod", "poss", "nmod", "nummod"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "parataxis"})
# After these the object of the verb is who does what follows: "accused Iran of helping Russia".
_OBJECT_CONTROL = frozenset(
    {
        "accuse",
        "urge",
        "ask",
        "order",
        "force",
        "allow",
        "tell",
        "press",
        "warn",
        "blame",
        "criticise",
        "criticize",
    }
    | {
        "condemn",
        "thank",
        "praise",
        "persuade",
        "stop",
        "prevent",
        "ban",
        "suspect",
        "pressure",
        "let",
        "permit",
        "help",
    }
    | {
        "encourage",
        "invite",
        "forbid",
        "compel",
        "enable",
        "see",
        "convince",
        "advise",
        "call",
        "push",
        "charge",
    }
)
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "use", "take", "hold", "make", "offer"})
_PRONOUNS = frozenset({"it", "they", "he", "she"})
_MAX_CLIMB = 5
_DEEP = 6  # nested modifiers


class Carried(NamedTuple):
    """An actor in a noun phrase: the mention, the word that carries it, how sure, and whether it is the head."""

    mention: Mention
    token: int
    score: float
    is_head: bool


class Carriers:
    """The actors of a document by word.

    Parameters
    ----------
    syntax : Syntax
    mentions : iterable of Mention
        Without overlap; adjectives ("Russian") may be among them.
    """

    def __init__(self, syntax: Syntax, mentions: Iterable[Mention]) -> None:
        self.syntax = syntax
        self.by_token: dict[int, Mention] = {}
        for mention in mentions:
            number = syntax.first_from(mention.start)
            while number < len(syntax.tokens) and syntax.tokens[number].start < mention.end:
                self.by_token[number] = mention
                number += 1

    def of(self, head: int, *, depth: int = 0) -> list[Carried]:
        """The actors that a noun phrase stands for: named by its head, or by what stands with it."""
        if depth > _DEEP:
            return []
        found = self._own(head, depth)
        for child in self.syntax.children[head]:
            if self.syntax.tokens[child].dep == "conj" or self._is_hyphenated(child, head):
                found += self.of(child, depth=depth + 1)
        return _once(found)

    def _is_hyphenated(self, first: int, second: int) -> bool:
        """Whether two actors are joined as in "the Iran-Russia treaty"."""
        between = self.syntax.tokens[first + 1 : second]
        return (
            first in self.by_token
            and second in self.by_token
            and 1 == len(between) == between[0].end - between[0].start
        )

    def owners(self, head: int) -> list[Carried]:
        """The actors in the modifiers of a noun: "Iran's", "Russian", "of Iran"."""
        return _once(self._modifiers(head, 0, ("of", "by", "from")))

    def _own(self, head: int, depth: int) -> list[Carried]:
        mention = self.by_token.get(head)
        if mention is not None:
            return [Carried(mention, head, 1.0, True)]
        for child in self.syntax.children[head]:  # "the leader, Hassan Rouhani"
            if self.syntax.tokens[child].dep == "appos" and child in self.by_token:
                return [Carried(self.by_token[child], child, OWNED, True)]
        return self._modifiers(head, depth, ("of", "in", "from", "at"))

    def _modifiers(self, head: int, depth: int, prepositions: Sequence[str]) -> list[Carried]:
        found: list[Carried] = []
        close = [child for child in self.syntax.children[head] if self.syntax.tokens[child].dep in _MODIFIERS]
        for child in close:
            found += self._scaled(self.of(child, depth=depth + 1))
        if found:
            return found
        for child in self.syntax.children[head]:
            if "by" in prepositions and self._is_done(child):  # "the rally staged by students"
                found += self._scaled(self._agents(child, depth))
            if self.syntax.tokens[child].dep in ("prep", "agent") and self.syntax.text(child) in prepositions:
                for noun in self.syntax.children[child]:
                    if self.syntax.tokens[noun].dep == "pobj":
                        found += self._scaled(self.of(noun, depth=depth + 1))
        return found

    def _is_done(self, participle: int) -> bool:
        """Whether a participle after a noun only says that the act of the noun was done."""
        token = self.syntax.tokens[participle]
        listed = words("verbs").get(verb_lemma(token.lemma, self.syntax.text(participle)))
        return token.dep == "acl" and listed is not None and listed.operator == "carry"

    def _agents(self, participle: int, depth: int) -> list[Carried]:
        agent = self.syntax.child(participle, "agent")
        by = self.syntax.child(agent, "pobj") if agent is not None else None
        return self.of(by, depth=depth + 1) if by is not None else []

    @staticmethod
    def _scaled(found: list[Carried]) -> list[Carried]:
        return [Carried(one.mention, one.token, one.score * OWNED, False) for one in found]

    def subject(self, verb: int) -> tuple[int, float, bool] | None:
        """Who does a verb: the head of its subject, how sure, and whether the verb is passive.

        A verb without a subject of its own has that of the verb it is joined to; of a participle or relative clause
        it is the noun before it.
        """
        syntax, score = self.syntax, 1.0
        passive = self.is_passive(verb)
        for _ in range(_MAX_CLIMB):
            token, head = syntax.tokens[verb], syntax.heads[verb]
            if passive and not self.is_state(verb):
                agent = syntax.child(verb, "agent")
                by = syntax.child(agent, "pobj") if agent is not None else None
                return (by, score, True) if by is not None else None
            found = self._own_subject(verb)
            if found is not None:
                head = self.antecedent(verb, found)
                return (head, score, False) if not self._is_open(head) else self._speaker(verb, score * 0.9)
            if head == verb:
                return None
            if token.dep in ("acl", "relcl"):
                active = token.tag != "VBN" or self.is_state(verb)
                return (head, score * 0.9, False) if active else None
            if syntax.tokens[head].pos == "ADP":
                head = syntax.heads[head]
            elif token.dep not in _SHARED:
                return None
            if syntax.tokens[head].pos not in VERBAL:
                return None
            if token.dep in ("pcomp", "xcomp") and (controlled := self.controlled(head)) is not None:
                return (controlled, score * 0.9, False)
            if token.dep == "xcomp" and syntax.child(head, "neg") is not None:
                return None  # "does not oblige either to fight"
            score *= 1.0 if token.dep in ("conj", "xcomp") else 0.85
            verb = head
            if self.is_passive(verb):  # "was accused of helping": who helps is the one accused
                found = syntax.child(verb, "nsubjpass")
                return (self.antecedent(verb, found), score * 0.9, False) if found is not None else None
        return None

    def _own_subject(self, verb: int) -> int | None:
        """The subject beside a verb, also where the parser hung it on the auxiliary: "Iran is opposed to"."""
        found = self.syntax.child(verb, "nsubj", "csubj", "nsubjpass")
        auxiliary = self.syntax.child(verb, "auxpass")
        if found is None and auxiliary is not None:
            found = self.syntax.child(auxiliary, "nsubj", "nsubjpass")
        return found

    def controlled(self, verb: int) -> int | None:
        """The object that does what follows a verb: "accused Iran of helping Russia"."""
        infinitive = self.syntax.child(verb, "xcomp")
        controls = self._gives_the_deed_to_its_object(verb) or (
            infinitive is not None and self.syntax.tokens[verb].lemma.casefold() not in _SUBJECT_CONTROL
        )
        return self.syntax.child(verb, "dobj", "dative") if controls else self._blamed(verb)

    def is_said_of_another(self, verb: int) -> bool:
        """Whether what follows a verb is somebody's deed in the verb's view only: "was accused of helping"."""
        passive = self.is_passive(verb) and self._gives_the_deed_to_its_object(verb)
        return passive or self.controlled(verb) is not None

    def _gives_the_deed_to_its_object(self, verb: int) -> bool:
        return self.syntax.tokens[verb].lemma.casefold() in _OBJECT_CONTROL

    def _blamed(self, verb: int) -> int | None:
        """Who is treated so for what they do: "punished Iran for helping", "put sanctions on Iran for helping"."""
        syntax = self.syntax
        reason = next((one for one in syntax.children[verb] if syntax.text(one) == "for"), None)
        thing = syntax.child(verb, "dobj")
        if reason is None or syntax.child(reason, "pcomp") is None or thing is None:
            return None
        measure = words("nouns").get(syntax.tokens[thing].lemma.casefold())
        if measure is None or measure.act is None:
            deed = words("verbs").get(verb_lemma(syntax.tokens[verb].lemma, syntax.text(verb)))
            return thing if deed is not None and deed.act is not None else None
        against = next(
            (one for one in syntax.children[thing] if syntax.text(one) in ("on", "against", "upon")), None
        )
        return syntax.child(against, "pobj") if against is not None else None

    def _is_open(self, token: int) -> bool:
        """Whether a subject is a pronoun that is no mention."""
        return token not in self.by_token and self.syntax.text(token) in _PRONOUNS

    def _speaker(self, verb: int, score: float) -> tuple[int, float, bool] | None:
        """Who a pronoun stands for: the subject of the verb of saying, or "they" for that of the main clause.

        "Russia said it would help"; "the rebels killed many when they blew up".
        """
        syntax = self.syntax
        they = (own := syntax.child(verb, "nsubj")) is not None and syntax.text(own) == "they"
        for _ in range(_MAX_CLIMB):
            dep, head = syntax.tokens[verb].dep, syntax.heads[verb]
            if head == verb or dep not in ("ccomp", "conj", "xcomp", "advcl"):
                return None
            verb = head
            if dep == "ccomp" or (dep == "advcl" and they):
                subject = syntax.child(verb, "nsubj")
                if subject is None and syntax.tokens[verb].dep == "conj":  # "rejected the plan and said they"
                    verb = syntax.heads[verb]
                    subject = syntax.child(verb, "nsubj")
                if subject is not None and not self._is_open(subject):
                    return (self.antecedent(verb, subject), score, False)
        return None

    def is_state(self, verb: int) -> bool:
        """Whether a participle says how its subject stands, not what was done to it: "is opposed to"."""
        lemma = verb_lemma(self.syntax.tokens[verb].lemma, self.syntax.text(verb))
        return (
            lemma in stative()
            and self.syntax.tokens[verb].tag == "VBN"
            and self.syntax.child(verb, "agent") is None
            and self.syntax.child(verb, "prep", "xcomp") is not None
        )

    def antecedent(self, verb: int, subject: int) -> int:
        """The noun that "which" or "who" stands for; any other subject itself."""
        if self.syntax.text(subject) in _RELATIVE and self.syntax.tokens[verb].dep == "relcl":
            return self.syntax.heads[verb]
        return subject

    def is_passive(self, verb: int) -> bool:
        """Whether a verb is passive: "was condemned", or the participle in "a treaty signed by"."""
        if self.syntax.child(verb, "nsubjpass", "auxpass") is not None:
            return True
        token = self.syntax.tokens[verb]
        return (
            token.dep in ("acl", "advcl")
            and token.tag == "VBN"
            and self.syntax.child(verb, "agent") is not None
        )


def _once(found: Iterable[Carried]) -> list[Carried]:
    return list(_distinct(found))


def _distinct(found: Iterable[Carried]) -> Iterator[Carried]:
    seen: set[str] = set()
    for one in found:
        if one.mention.actor_id not in seen:
            seen.add(one.mention.actor_id)
            yield one
