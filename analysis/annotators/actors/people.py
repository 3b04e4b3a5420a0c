"""The people of an article, listed in the study or not, and whom a pronoun means."""

# ruff: noqa: SIM905  (lists of words read better in one string)
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from analysis.annotators.actors.given_names import pronoun_of
from analysis.annotators.parsing.document import Document, Mention
from analysis.study.actors import Actors, normalise

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
OFFICE_WORDS = frozenset(
    "president minister premier chancellor secretary ambassador envoy spokesman spokeswoman spokesperson "
    "general admiral colonel major captain commander brigadier governor senator congressman congresswoman "
    "chairman chairwoman chairperson chief leader chair director king prince ayatollah imam sheikh emir "
    "speaker representative adviser advisor aide diplomat negotiator marshal lieutenant deputy professor "
    "judge justice mayor patriarch pope".split()
)
_HONORIFIC = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lord|Lady|Dame|President|Vice|Prime|Minister|Foreign|Defen[cs]e|"
    r"Secretary|State|General|Gen|Col|Colonel|Maj|Major|Capt|Captain|Lt|Brig|Adm|Admiral|Sen|Senator|Rep|Gov|Governor|"
    r"Ambassador|Chancellor|King|Prince|Queen|Princess|Emir|Sheikh|Sheik|Ayatollah|Grand|Imam|Hojatoleslam|Seyyed|"
    r"Sayyid|Seyed|Pope|Rev|Judge|Justice|Leader|Supreme|Spokesman|Spokeswoman|Spokesperson|Economist|Analyst|Deputy|"
    r"Chief|Commander|Hajji|Haji|Umm|Abu)\b\.?\s+)+"
)
_FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Dame|Queen|Princess)\b\.?\s+$|\bUmm\b")
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Emir|Sheikh|Ayatollah|Imam|Pope|Patriarch)\b\.?\s+$")
_NAME = re.compile(r"[^\W\d_][\w.'-]*(?: [\w.'-]+){0,5}")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? (?P<name>[A-Z][\w'’-]+)")
_HUMAN = re.compile(
    r"\w+(?:er|or|ist|ian|man|woman|ant|cian)|official|diplomat|chief|widow|captain|nurse|aide|guard|expert|colleague|"
    r"friend|student|deputy|head|host|guide|judge|pilot|general|fellow|man|woman|boy|girl|mother|father|husband|wife|son|daughter|sheikh|actress|activist"
)
_THINGS = frozenset(
    "quarter number matter river power paper letter order tanker computer centre center winter summer border corner "
    "chapter helicopter carrier tower water error terror factor sector reactor corridor motor mirror tractor harbor "
    "list mist plant grant warrant covenant restaurant giant newspaper answer offer danger disaster encounter effort "
    "manner register charter cluster counter cover december november october september ember error favor labor layer "
    "liter lever loser meter minor monitor mentor newsletter other poster rumor semester shelter shoulder silver "
    "spider timber trailer transfer trigger user vector weather whisper bomber fighter launcher cruiser destroyer "
    "interceptor container pier consumer cluster former latter murder wonder chamber calendar barrier buffer".split()
)
_CLIMB = 8  # steps up a parse before giving up
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "von", "van", "der", "de", "la", "abu", "ul"})


@dataclass(frozen=True)
class Person:
    """One person of an article: an actor of the study, or somebody whom the article names."""

    actor_id: str | None
    name: str
    pronoun: str | None  # "he", "she"; None where nothing tells


@dataclass(frozen=True)
class Naming:
    """A place where a person is named."""

    start: int
    end: int
    person: Person


def is_human(noun: str) -> bool:
    """Whether a noun names a person by what they do or are: "dealer", "official"."""
    word = noun.casefold()
    return _HUMAN.fullmatch(word) is not None and word not in _THINGS


def gender(pronoun: str) -> str | None:
    """ "he" or "she" for a pronoun of a person, None for any other word."""
    word = pronoun.casefold()
    return "he" if word in HE else "she" if word in SHE else None


def find_people(document: Document, mentions: Sequence[Mention], actors: Actors) -> list[Naming]:
    """Where the people of an article are named or introduced ("a retired diplomat"), in order.

    Parameters
    ----------
    document : Document
        With entities: they tell the people who are not listed.
    mentions : sequence of Mention
        Of the listed ones.
    actors : Actors

    Returns
    -------
    list of Naming
    """
    namings = [
        Naming(mention.start, mention.end, listed_person(actors, mention.actor_id))
        for mention in mentions
        if actors[mention.actor_id].kind == "person" and mention.how != "pronoun"
    ]
    taken = sorted((mention.start, mention.end) for mention in mentions if mention.how != "pronoun")
    namings += _unlisted(document, taken, actors)
    namings += _introduced(document)
    return sorted(namings, key=lambda naming: naming.start)


def listed_person(actors: Actors, actor_id: str) -> Person:
    """An actor of the study as a person of the article."""
    actor = actors[actor_id]
    return Person(actor.id, actor.name, actor.pronoun)


def person_entities(document: Document) -> list[tuple[int, int, str]]:
    """Names of people as the entity recogniser sees them: start, end, and the name without titles.

    Parts that are no name (a possessive, a line break and what follows it) are cut off.
    """
    found = []
    for entity in document.entities:
        if entity.label != "PERSON":
            continue
        text = normalise(document.text[entity.start : entity.end])
        title = _HONORIFIC.match(text)
        offset = title.end() if title and title.end() < len(text) else 0
        name = _NAME.match(re.split(r"'s\b|\n", text[offset:])[0].rstrip(" .,'-"))
        if name and name[0][0].isupper():
            found.append((entity.start + offset, entity.start + offset + name.end(), name[0]))
    return found


def surname(name: str) -> str:
    """The last part of a name, with its particle dropped: "al-Assad" gives "assad"."""
    last = name.split()[-1].casefold()
    if not last.isascii():
        last = normalise(last)
    head, _, rest = last.partition("-")
    return rest if rest and head in _PARTICLES else last


def _unlisted(document: Document, taken: list[tuple[int, int]], actors: Actors) -> list[Naming]:
    places = {word.casefold() for actor in actors.actors for word in (*actor.metonyms, *actor.places)}
    places.update(phrase.casefold() for phrase in actors.not_actors)
    titled = [
        (found.start("name"), found.end("name"), found["name"]) for found in _TITLED.finditer(document.text)
    ]
    entities = _apart(
        [item for item in (*person_entities(document), *titled) if item[2].casefold() not in places], taken
    )
    full: dict[str, str] = {}
    for _, _, name in entities:
        if " " in name and len(name) > len(full.get(surname(name), "")):
            full[surname(name)] = name
    last = "|".join(sorted({re.escape(name.split()[-1]) for name in full.values()}))
    again = (
        [(found.start(), found.end(), found[0]) for found in re.finditer(rf"\b(?:{last})\b", document.text)]
        if last
        else []
    )
    entities = _apart([*entities, *again], taken)
    told: dict[str, str] = {}
    for start, _, name in entities:
        before = document.text[max(0, start - 20) : start]
        pronoun = "she" if _FEMALE.search(before) else "he" if _MALE.search(before) else None
        if pronoun:
            told.setdefault(_full_name(name, full), pronoun)
    return [
        Naming(start, end, Person(None, canonical, told.get(canonical) or pronoun_of(canonical)))
        for start, end, name in entities
        for canonical in [_full_name(name, full)]
    ]


def _apart(
    names: Iterable[tuple[int, int, str]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Names that neither overlap what is taken nor one another; the earlier in the list stays."""
    busy = {offset for start, end in taken for offset in range(start, end)}
    kept = []
    for start, end, name in names:
        if busy.isdisjoint(range(start, end)):
            busy.update(range(start, end))
            kept.append((start, end, name))
    return sorted(kept)


def _introduced(document: Document) -> list[Naming]:
    """People without a name who are the subject of a clause: "A currency dealer was hopeful"."""
    found = []
    for number, token in enumerate(document.tokens):
        if token.lemma.casefold() not in ("a", "an", "one") or token.dep not in ("det", "nummod"):
            continue
        noun = document.tokens[token.head]
        if noun.dep in ("nsubj", "nsubjpass") and token.head - number < 6 and is_human(noun.lemma):
            name = document.text[token.start : noun.end]
            found.append(Naming(token.start, noun.end, Person(None, name[:1].lower() + name[1:], None)))
    return found


def _full_name(name: str, full: dict[str, str]) -> str:
    """The longest form of a name in the article; other given names make another person."""
    longest = full.get(surname(name), name)
    return longest if set(name.casefold().split()) <= set(longest.casefold().split()) else name


def antecedent(
    document: Document,
    namings: Sequence[Naming],
    start: int,
    pronoun: str,
    *,
    reach: int = 1,
    usable: Callable[[Naming], bool] = lambda naming: True,
    subjects: Collection[int] = frozenset(),
    strict: bool = False,
) -> Person | None:
    """The person a pronoun means, or None unless one stands out.

    The sentence of the pronoun is searched first, up to the pronoun, then the `reach` sentences before it. Names in
    the pronoun's own clause are passed over ("in talks with Raisi, he said": binding theory's principle B). The
    first that names anybody who fits decides: one person is taken; of several, the one who is the subject of
    their sentence, as subjects are most often taken up (centering theory; Grosz, Joshi & Weinstein 1995).

    Parameters
    ----------
    document : Document
    namings : sequence of Naming
        In order.
    start : int
        Where the pronoun begins.
    pronoun : str
    reach : int
        Sentences to go back.
    usable : callable
        Which namings may be meant at all.
    subjects : set of int
        Starts of the namings that are subjects.
    strict : bool
        Of several people, take the subject only where nobody else is named between it and the pronoun.

    Returns
    -------
    Person or None
    """
    wanted = gender(pronoun)
    clause = _clause(document, start) if pronoun.casefold() in ("he", "she", "him") else None
    shared = _clause(document, start, shared=True) if pronoun.casefold() == "him" else None

    def fitting(number: int) -> list[Naming]:
        span = document.sentences[number]
        first, last = (
            bisect_left(namings, edge, key=lambda naming: naming.start)
            for edge in (span.start, min(span.end, start))
        )
        return [
            naming
            for naming in namings[first:last]
            if naming.person.pronoun in (wanted, None)
            and usable(naming)
            and not _is_owner_of_a_person(document, naming)
            and not (
                naming.start in subjects
                and shared is not None
                and _clause(document, naming.start, shared=True) == shared
            )
            and (clause is None or _clause(document, naming.start) != clause)
        ]

    current = document.sentence_at(start)
    for number in range(current, max(-1, current - reach - 1), -1):
        here = fitting(number)
        people = {naming.person for naming in here}
        foremost = {naming.person for naming in here if naming.start in subjects}
        if here and not foremost and number == current and current:  # "the cost of Obama's failure, he ..."
            people |= {naming.person for naming in fitting(number - 1) if naming.start in subjects}
        if here:
            if len(people) > 1:
                people = foremost & {here[-1].person} if strict else foremost
            return people.pop() if len(people) == 1 else None
    return None


def _is_owner_of_a_person(document: Document, naming: Naming) -> bool:
    """Whether a name only tells whose somebody is: in "Trump's lawyer said he would", he is the lawyer."""
    number = bisect_left(document.tokens, naming.end, key=lambda token: token.start) - 1
    if number < 0 or document.tokens[number].dep != "poss":
        return False
    return is_human(document.tokens[document.tokens[number].head].lemma)


def _clause(document: Document, start: int, *, shared: bool = False) -> int | None:
    """Number of the verb on which the word at an offset depends; `shared` gives the first of joined verbs."""
    number = bisect_left(document.tokens, start, key=lambda token: token.start)
    for _ in range(_CLIMB):
        if number >= len(document.tokens):
            return None
        token = document.tokens[number]
        verbal = token.pos in ("VERB", "AUX")
        if token.head == number or (verbal and not (shared and token.dep == "conj")):
            return number
        number = token.head
    return None
