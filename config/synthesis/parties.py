"""Who inspects whom on what: agencies, subjects, items and officers of some thousand filings."""

from dataclasses import dataclass

import numpy as np

from config.synthesis.agencies import Body
from config.synthesis.catalogue import Catalogue
from config.synthesis.clock import day_number, local_day
from config.synthesis.course import Course, Fate
from config.synthesis.people import People
from config.synthesis.places import CITY, LEAVES
from config.synthesis.subjects import Subjects

HANDOVER = 60
MOST = 3


@dataclass
class Parties:
    """`items` and `officers` have a row per filing and -1 where a place is free.

    `leads` are the filings that share their visit with the filing after them.
    """

    agency: np.ndarray
    subject: np.ndarray
    leads: np.ndarray
    items: np.ndarray
    officers: np.ndarray
    joint: np.ndarray


class Cast:
    """Everyone who can take part in the year, ready to be drawn from."""

    def __init__(self, made: list[Body], catalogue: Catalogue, people: People, subjects: Subjects):
        self.catalogue, self.people, self.subjects = catalogue, people, subjects
        codes = [place.code for place in LEAVES]
        self.leaf = np.array(
            [-1 if b.place is CITY else codes.index(b.place.code) for b in made], dtype=int
        )
        self.heir = np.array([body.heir for body in made])
        self.opens = np.array([day_number(body.starts) for body in made])
        self.ends = np.array(
            [10**6 if b.ends is None else day_number(b.ends) - HANDOVER for b in made]
        )
        self.desk = 300 + np.arange(len(made)) * 7919 % 1500
        self.start, self.size, self.pool = catalogue.choices()

    def agencies(self, course: Course, shares: np.ndarray) -> np.ndarray:
        """An agency for each filing; its heir where it does not act on that day."""
        agency = np.searchsorted(np.cumsum(shares)[:-1], course.throw(), side="right")
        day = local_day(course.dated)
        idle = (day < self.opens[agency] + 10) | (day >= self.ends[agency])
        return np.where(idle, self.heir[agency], agency)

    def draw(self, course: Course, agency: np.ndarray) -> Parties:
        """Subjects within the agency's territory, some of them visited by two agencies at once."""
        leaf = self.leaf[agency]
        anywhere = course.throw() * self.subjects.total
        leaf = np.where(leaf < 0, self.subjects.leaf[anywhere.astype(int)], leaf)
        # The square makes some subjects see many visits and most of them few.
        place = (course.throw() ** 2 * self.subjects.count[leaf]).astype(int)
        subject = self.subjects.start[leaf] + place
        leads = self._joint(course, agency)
        subject[leads + 1] = subject[leads]
        joint = np.zeros(course.rows, bool)
        joint[leads] = joint[leads + 1] = True
        items = self._items(course, agency, subject, joint)
        officers = self._officers(course, agency)
        return Parties(agency, subject, leads, items, officers, joint)

    def _joint(self, course: Course, agency: np.ndarray) -> np.ndarray:
        lead = np.arange(0, course.rows - 1, 2)
        fits = (course.fate[lead] == Fate.CLOSED) & (course.fate[lead + 1] == Fate.CLOSED)
        fits &= ~course.emergency[lead] & ~course.emergency[lead + 1]
        fits &= agency[lead] != agency[lead + 1]
        fits &= (self.leaf[agency[lead + 1]] < 0) | (
            self.leaf[agency[lead]] == self.leaf[agency[lead + 1]]
        )
        fits &= course.approved[lead + 1] + 1200 < course.start[lead]
        # Both act on every day of the window they share.
        fits &= (self.opens[agency[lead + 1]] <= course.start_day[lead]) & (
            course.start_day[lead] + 15 < self.ends[agency[lead + 1]] + HANDOVER
        )
        return lead[fits & (course.rng.random(len(lead)) < 0.3)]

    def _items(self, course: Course, agency, subject, joint) -> np.ndarray:
        kind = self.subjects.kind[subject]
        start, size = self.start[agency, kind], self.size[agency, kind]
        wanted = 1 + np.searchsorted((0.65, 0.9), course.throw(), side="right")
        # The first item of a domain is its comprehensive check, for joint visits and emergencies.
        whole = joint | course.emergency
        wanted = np.where(whole, 1, np.minimum(wanted, size))
        first = np.where(whole, 0, (course.throw() ** 1.6 * size).astype(int))
        chosen = np.full((course.rows, MOST), -1)
        for place in range(MOST):
            item = self.pool[start + (first + place) % size]
            chosen[:, place] = np.where(place < wanted, item, -1)
        return chosen

    def _officers(self, course: Course, agency: np.ndarray) -> np.ndarray:
        start, steady = self.people.start[agency], self.people.steady[agency]
        lead = (course.throw() * steady).astype(int)
        step = (course.throw() * (steady - 1)).astype(int)
        third = (course.throw() < 0.12) & (steady > 2)
        other = (step + 1) % np.maximum(steady - 1, 1)
        return np.stack(
            [
                start + lead,
                start + (lead + 1 + step) % steady,
                np.where(third, start + (lead + 1 + other) % steady, -1),
            ],
            axis=1,
        )
