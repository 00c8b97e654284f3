"""The route table read and compared with what the routes answer."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import yaml

from tests.walls import asking
from tests.walls.world import OUTSIDE, PERSONS, ROLES, UNAPPOINTED, World

FILE = Path(__file__).with_name("matrix.yaml")
SIGN_IN, REST = "sign_in", "rest"
WORDS = ("may", "empty", "unknown", "barred", "hidden", SIGN_IN)
GROUPS = {
    "all": PERSONS,
    "appointed": ROLES,
    "agency": ["officer", "approver", "clerk"],
    "region": ["supervisor", "auditor"],
    "unappointed": UNAPPOINTED,
    "outside": OUTSIDE,
}


@dataclass(frozen=True)
class Line:
    """What one route answers to one method, person by person."""

    key: str
    of: str = ""
    values: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    same: bool = False

    @property
    def method_and_route(self) -> str:
        """Without the words that tell lines of the same route apart."""
        return " ".join(self.key.split(" ")[:2])

    def address(self, world: World, whose: str) -> dict[str, Any]:
        """The values of the address that lead to `whose` thing."""
        return (world.sample(self.of, whose) if self.of else {}) | self.values

    def ask(self, world: World, person: str, whose: str = "own") -> Any:
        """The answer that `person` gets."""
        return asking.ask(
            world, self.method_and_route, person, self.address(world, whose), self.query
        )


@cache
def lines() -> dict[str, Line]:
    """Every line of the file by its key."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: parsed(key, said) for key, said in read.items()}


def parsed(key: str, said: dict[str, Any]) -> Line:
    """One line.  Raises ValueError naming the person of whom it says nothing, or two things."""
    answers: dict[str, str] = {}
    for word in WORDS:
        for person in _persons(key, str(said.get(word, ""))):
            if person in answers:
                raise ValueError(f"{key}: {person} is named twice")
            answers[person] = word
    rest = [word for word in WORDS if said.get(word) == REST]
    if rest:
        answers = dict.fromkeys(set(PERSONS) - set(OUTSIDE), rest[0]) | answers
    answers = dict.fromkeys(OUTSIDE, SIGN_IN) | answers
    missing = [person for person in PERSONS if person not in answers]
    if missing:
        raise ValueError(f"{key}: nothing is said of {' '.join(missing)}")
    return Line(
        key,
        said.get("of", ""),
        said.get("with", {}),
        dict(parse_qsl(said.get("query", ""))),
        answers,
        said.get("other") == "same",
    )


def _persons(key: str, words: str) -> list[str]:
    found = []
    for word in words.split():
        if word != REST and word not in GROUPS and word not in PERSONS:
            raise ValueError(f"{key}: nobody is called {word}")
        found += [] if word == REST else GROUPS.get(word, [word])
    return found


def faults(line: Line, world: World) -> list[str]:
    """Where the answers differ from the line, one sentence per person."""
    found = []
    for person in PERSONS:
        answer = line.ask(world, person)
        if not fits(answer, line.answers[person]):
            said = f"{person} gets {answer.status_code}, the line says {line.answers[person]}"
            found.append(said)
    return found


def fits(answer: Any, word: str) -> bool:
    """Whether the answer is what the word of the table promises."""
    heard = asking.heard(answer)
    if word == "unknown":
        codes = {one["code"] for one in answer.json().get("problems", [])}
        return answer.status_code == 400 and bool(codes & {"unknown_code", "unknown_reference"})
    if word == "empty":
        return answer.status_code == 200 and answer.json().get("results") == []
    wanted = {"may": "open", "barred": "403", "hidden": "404", SIGN_IN: "sign in"}[word]
    return heard == wanted


def leaks(line: Line, world: World) -> list[str]:
    """To whom the thing of another agency is answered otherwise than one that is not there."""
    found = []
    for person in PERSONS:
        if person in OUTSIDE:
            continue
        there, absent = line.ask(world, person, "other"), line.ask(world, person, "absent")
        if there.status_code not in (403, 404):
            found.append(f"{person} gets {there.status_code} for the thing of another agency")
        elif (there.status_code, asking.plain(there)) != (
            absent.status_code,
            asking.plain(absent),
        ):
            found.append(f"{person} can tell the thing of another agency from none")
        elif there.questions != absent.questions:
            found.append(f"{person} makes the database work otherwise for it than for none")
    return found
