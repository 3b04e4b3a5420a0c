"""A coding file: the drawn sample, the answers of every coder, and the decisions, in one SQLite file.

Every answer is committed when it is given, so that a crash loses nothing. All saves are kept in `history`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import FramingError, ReadError
from analysis.validation.tasks import NO, UNCLEAR, Question

if TYPE_CHECKING:
    import pandas as pd

QUOTES = "quotes"
"""The task of marking quotes in whole articles; the other tasks are those of `analysis.validation.tasks`."""

NO_QUOTE = "none"
"""The decision that a passage is no quote."""

_VERSION = 1
_WAIT = 30  # seconds for another coder's write
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE units (position INTEGER PRIMARY KEY, code TEXT UNIQUE NOT NULL, unit TEXT NOT NULL,
    article_id TEXT NOT NULL, stratum TEXT NOT NULL, sampling_probability REAL NOT NULL,
    title TEXT NOT NULL, text TEXT NOT NULL, article TEXT NOT NULL);
CREATE TABLE answers (coder TEXT, code TEXT, content TEXT NOT NULL, complete INTEGER NOT NULL, seconds REAL NOT NULL,
    saved_at TEXT NOT NULL, PRIMARY KEY (coder, code));
CREATE TABLE history (number INTEGER PRIMARY KEY, coder TEXT NOT NULL, code TEXT NOT NULL, content TEXT NOT NULL,
    saved_at TEXT NOT NULL);
CREATE TABLE decisions (code TEXT, question TEXT, answer TEXT NOT NULL, who TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (code, question));
CREATE TABLE replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL);
"""
_CODER = re.compile(r"[\w-]{1,40}")
_RESERVED = ("key", "adjudicated", NO_QUOTE)  # in names of files and as a decision
_EXTENT = re.compile(r"\d+-\d+")


@dataclass(frozen=True)
class Unit:
    """A unit as a coder sees it, and what the coder has answered so far."""

    position: int
    code: str
    title: str
    text: str
    article: str
    content: dict[str, Any]


class CodingFile:
    """A file of one sample that is coded by hand.

    Parameters
    ----------
    path : path
        An existing file; `create` makes one.

    Attributes
    ----------
    task, instruction, run : str
        `run` is the fingerprint of the results that the sample was drawn from.
    questions : tuple of Question
    actor_names, sides : tuple of str
        Names of actors, for completion, and ids of sides.

    Raises
    ------
    ReadError
        The file is missing or is no coding file.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise ReadError(
                "there is no such coding file", path=path, remedy="draw a sample: framing code RESULTS"
            )
        try:
            with self._connect() as db:
                about = {
                    name: json.loads(value) for name, value in db.execute("SELECT name, value FROM about")
                }
        except (sqlite3.DatabaseError, ValueError) as error:
            raise ReadError(f"this is no coding file: {error}", path=path) from None
        if about.get("version") != _VERSION:
            raise ReadError("this coding file was written by another version of the toolkit", path=path)
        self.task: str = about["task"]
        self.instruction: str = about["instruction"]
        self.run: str = about["run"]
        self.actor_names: tuple[str, ...] = tuple(about["names"])
        self.sides: tuple[str, ...] = tuple(about["sides"])
        self.questions = tuple(
            Question(**{**question, "answers": tuple(question["answers"])}) for question in about["questions"]
        )

    @classmethod
    def create(
        cls,
        path: str | Path,
        key: pd.DataFrame,
        sheet: pd.DataFrame,
        *,
        task: str,
        instruction: str,
        questions: Sequence[Question],
        run: str = "",
        actor_names: Sequence[str] = (),
        sides: Sequence[str] = (),
    ) -> CodingFile:
        """Write a new coding file.

        Parameters
        ----------
        path : path
        key, sheet : pandas.DataFrame
            See `analysis.validation.sampling.CodingSample`; the texts must not be cut.
        task, instruction, questions, run, actor_names, sides
            See the attributes.

        Returns
        -------
        CodingFile

        Raises
        ------
        FramingError
            The file exists already, or cannot be written.
        """
        path = Path(path)
        if path.exists():
            raise FramingError("this coding file exists already", path=path, remedy="choose another --file")
        about = {
            "version": _VERSION,
            "task": task,
            "instruction": instruction,
            "questions": [asdict(question) for question in questions],
            "run": run,
            "names": list(actor_names),
            "sides": list(sides),
        }
        articles = sheet["article"] if "article" in sheet else [""] * len(sheet)
        columns = (
            key[name] for name in ("row", "code", "unit", "article_id", "stratum", "sampling_probability")
        )
        units = zip(
            *(column.tolist() for column in columns), sheet["title"], sheet["text"], articles, strict=True
        )
        partial = path.with_name(f".{path.name}.partial")
        partial.unlink(missing_ok=True)
        try:
            with sqlite3.connect(partial) as db:
                db.executescript(_SCHEMA)
                db.executemany(
                    "INSERT INTO about VALUES (?, ?)",
                    [(name, json.dumps(value)) for name, value in about.items()],
                )
                db.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", units)
            db.close()
            partial.replace(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise FramingError(f"cannot be written: {error}", path=path) from None
        return cls(path)

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each call, so that threads share none; committed at the end."""
        db = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            db.execute("PRAGMA synchronous = FULL")
            with db:
                yield db
        finally:
            db.close()

    # -- coding

    def unit(self, coder: str, position: int | None = None) -> Unit | None:
        """A unit by its position; without one, the first that the coder has not completed, None if all are."""
        wanted = "units.position = :position" if position is not None else "coalesce(answers.complete, 0) = 0"
        with self._connect() as db:
            row = db.execute(
                "SELECT units.position, units.code, title, text, article, coalesce(answers.content, '{}') FROM units "
                "LEFT JOIN answers ON answers.code = units.code AND answers.coder = :coder "
                f"WHERE {wanted} ORDER BY units.position LIMIT 1",
                {"coder": coder, "position": position},
            ).fetchone()
        if row is None:
            return None
        position, code, title, text, article, content = row
        return Unit(position, code, title, text, article, json.loads(content))

    def save(self, coder: str, code: str, content: Mapping[str, Any], *, seconds: float = 0.0) -> None:
        """Save what a coder has answered for a unit; it replaces what was saved before.

        Parameters
        ----------
        coder : str
            Letters, digits, - and _.
        code : str
            Code of the unit.
        content : mapping
            answers (by question), quotes (list of marked quotes), unsure (bool), comment (str), done (bool; for
            quotes, which have no end of their own).
        seconds : float
            Time spent on the unit since the last save.

        Raises
        ------
        FramingError
            The name of the coder, the unit, a question or an answer is not known.
        """
        check_coder(coder)
        checked = self._checked(content)
        text, now = json.dumps(checked, ensure_ascii=False), _now()
        with self._connect() as db:
            if db.execute("SELECT 1 FROM units WHERE code = ?", (code,)).fetchone() is None:
                raise FramingError(f"the unit '{code}' is not in this sample", path=self.path)
            db.execute(
                "INSERT INTO answers VALUES (:coder, :code, :content, :complete, :seconds, :now) "
                "ON CONFLICT (coder, code) DO UPDATE SET content = :content, complete = :complete, "
                "seconds = seconds + :seconds, saved_at = :now",
                {
                    "coder": coder,
                    "code": code,
                    "content": text,
                    "complete": self.is_complete(checked),
                    "seconds": max(0.0, float(seconds)),
                    "now": now,
                },
            )
            db.execute(
                "INSERT INTO history (coder, code, content, saved_at) VALUES (?, ?, ?, ?)",
                (coder, code, text, now),
            )

    def undo(self, coder: str) -> Unit | None:
        """Take back the last save of a coder. Return its unit; None if there is nothing to undo."""
        with self._connect() as db:
            last = db.execute(
                "SELECT number, code FROM history WHERE coder = ? ORDER BY number DESC LIMIT 1", (coder,)
            ).fetchone()
            if last is None:
                return None
            number, code = last
            db.execute("DELETE FROM history WHERE number = ?", (number,))
            before = db.execute(
                "SELECT content FROM history WHERE coder = ? AND code = ? ORDER BY number DESC LIMIT 1",
                (coder, code),
            ).fetchone()
            if before is None:
                db.execute("DELETE FROM answers WHERE coder = ? AND code = ?", (coder, code))
            else:
                complete = self.is_complete(json.loads(before[0]))
                db.execute(
                    "UPDATE answers SET content = ?, complete = ? WHERE coder = ? AND code = ?",
                    (before[0], complete, coder, code),
                )
            position = db.execute("SELECT position FROM units WHERE code = ?", (code,)).fetchone()[0]
        return self.unit(coder, position)

    def progress(self, coder: str) -> dict[str, Any]:
        """Units in all, units completed, and the seconds that the rest will take at the coder's median pace."""
        with self._connect() as db:
            total = db.execute("SELECT count(*) FROM units").fetchone()[0]
            times = [
                row[0]
                for row in db.execute(
                    "SELECT seconds FROM answers WHERE coder = ? AND complete = 1", (coder,)
                )
            ]
        pace = sorted(times)[len(times) // 2] if times else None
        remaining = None if pace is None else round(pace * (total - len(times)))
        return {"total": total, "done": len(times), "remaining_seconds": remaining}

    def is_complete(self, content: Mapping[str, Any]) -> bool:
        """Whether every question is answered; a question that a first answer 'no' makes void needs none."""
        if self.task == QUOTES:
            return bool(content.get("done"))
        answers = content.get("answers", {})
        first = answers.get(self.questions[0].name)
        return all(
            question.name in answers or (question.if_no and first in (NO, UNCLEAR))
            for question in self.questions
        )

    def _checked(self, content: Mapping[str, Any]) -> dict[str, Any]:
        known = {question.name: question for question in self.questions}
        answers = {}
        for name, answer in dict(content.get("answers") or {}).items():
            if name not in known:
                raise FramingError(f"there is no question '{name}' in this sample")
            answer = str(answer).strip()
            if known[name].answers and answer not in known[name].allowed:
                raise FramingError(f"'{answer}' is no answer to '{name}'")
            if answer:
                answers[name] = answer
        checked: dict[str, Any] = {
            "answers": answers,
            "unsure": bool(content.get("unsure")),
            "comment": str(content.get("comment") or ""),
        }
        if content.get("model"):
            checked["model"] = str(content["model"])
        if self.task == QUOTES:
            checked["quotes"] = [_checked_quote(quote, self.sides) for quote in content.get("quotes") or ()]
            checked["done"] = bool(content.get("done"))
        return checked

    # -- language models

    def is_model(self, coder: str) -> bool:
        """Whether the answers of a coder are those of a language model."""
        return any(content.get("model") for content in self.contents(coder).values())

    def cached_reply(self, key: str) -> str | None:
        """The reply of a model to a request that was sent before; None if it was not."""
        with self._connect() as db:
            row = db.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def keep_reply(self, key: str, reply: str) -> None:
        """Keep the reply of a model."""
        with self._connect() as db:
            db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (key, reply))

    # -- results

    def coders(self) -> list[str]:
        """Names of all who have saved something."""
        with self._connect() as db:
            return [row[0] for row in db.execute("SELECT DISTINCT coder FROM answers ORDER BY coder")]

    def key(self) -> pd.DataFrame:
        """The key of the sample; see `analysis.validation.sampling.CodingSample`."""
        import pandas as pd

        columns = ["row", "code", "unit", "article_id", "stratum", "sampling_probability"]
        with self._connect() as db:
            rows = db.execute(
                "SELECT position, code, unit, article_id, stratum, sampling_probability FROM units ORDER BY position"
            ).fetchall()
        key = pd.DataFrame(rows, columns=columns)
        key.insert(0, "task", self.task)
        return key

    def contents(self, coder: str) -> dict[str, dict[str, Any]]:
        """What a coder saved, by the code of the unit."""
        with self._connect() as db:
            rows = db.execute("SELECT code, content FROM answers WHERE coder = ?", (coder,)).fetchall()
        return {code: json.loads(content) for code, content in rows}

    def answers(self, coder: str) -> pd.DataFrame:
        """The answers of a coder: one row per unit of the key, indexed by unit, one column per question.

        Unanswered cells are missing. An answer that a first answer makes void is `Question.if_no`, or 'unclear' after
        'unclear', as in a coding sheet.
        """
        import pandas as pd

        key = self.key()
        contents = self.contents(coder)
        first = self.questions[0].name if self.questions else ""
        rows = []
        for code in key["code"]:
            given = contents.get(code, {}).get("answers", {})
            void = {NO: True, UNCLEAR: False}.get(given.get(first, ""))
            rows.append([
                given.get(q.name) or (None if not q.if_no or void is None else q.if_no if void else UNCLEAR)
                for q in self.questions
            ])  # fmt: skip
        names = [question.name for question in self.questions]
        return pd.DataFrame(rows, columns=names, index=pd.Index(key["unit"], name="unit"), dtype="str")

    def text(self, code: str) -> str:
        """The text of a unit as it was shown.

        Raises
        ------
        FramingError
            The unit is not in the sample.
        """
        with self._connect() as db:
            row = db.execute("SELECT text FROM units WHERE code = ?", (code,)).fetchone()
        if row is None:
            raise FramingError(f"the unit '{code}' is not in this sample", path=self.path)
        return str(row[0])

    def texts(self) -> dict[str, tuple[str, str]]:
        """Title and text of each unit as it was shown, by its code."""
        with self._connect() as db:
            return {
                code: (title, text) for code, title, text in db.execute("SELECT code, title, text FROM units")
            }

    # -- adjudication

    def decide(self, code: str, question: str, answer: str, *, who: str) -> None:
        """Keep the decision on a question of a unit, and who decided.

        For marked quotes, the question is the extent of the quote, such as '120-164', and the answer is the coder
        whose version is right, or 'none'.

        Raises
        ------
        FramingError
            The unit, the question or the answer is not known.
        """
        check_coder(who)
        if self.task != QUOTES:
            self._checked({"answers": {question: answer}})
        elif not _EXTENT.fullmatch(question) or answer not in (*self.coders(), NO_QUOTE):
            raise FramingError(f"'{answer}' is no decision on the quote '{question}'")
        with self._connect() as db:
            if db.execute("SELECT 1 FROM units WHERE code = ?", (code,)).fetchone() is None:
                raise FramingError(f"the unit '{code}' is not in this sample", path=self.path)
            db.execute(
                "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?)",
                (code, question, answer, who, _now()),
            )

    def decisions(self) -> pd.DataFrame:
        """All decisions: code, question, answer, who, decided_at."""
        import pandas as pd

        columns = ["code", "question", "answer", "who", "decided_at"]
        with self._connect() as db:
            rows = db.execute(
                f"SELECT {', '.join(columns)} FROM decisions ORDER BY code, question"
            ).fetchall()
        return pd.DataFrame(rows, columns=columns, dtype="str")


def check_coder(name: str) -> None:
    """Refuse a name that could not be part of a file name.

    Raises
    ------
    FramingError
        It has other characters than letters, digits, - and _, or has a meaning of its own.
    """
    if not _CODER.fullmatch(name):
        raise FramingError(f"invalid name of a coder '{name}'", remedy="use letters, digits, - and _")
    if name in _RESERVED:
        raise FramingError(f"'{name}' cannot be the name of a coder", remedy="choose another name")


def _checked_quote(quote: Mapping[str, Any], sides: Sequence[str]) -> dict[str, Any]:
    spans = {}
    for role in ("content", "source", "cue"):
        spans[role] = sorted([int(start), int(end)] for start, end in quote.get(role) or ())
        if any(start >= end or start < 0 for start, end in spans[role]):
            raise FramingError(f"a span of the {role} is empty")
    if not spans["content"]:
        raise FramingError("a quote has no content")
    side = str(quote.get("side") or "")
    if side and sides and side not in sides:
        raise FramingError(f"'{side}' is no side of this study")
    return {**spans, "speaker": str(quote.get("speaker") or ""), "side": side}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
