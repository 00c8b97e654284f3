"""Why does a figure leave a filing out?  Arithmetic on the facts of a compile, no database."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from reports.labels import STANDING
from reports.measures import APART, STANDINGS, UNVISITED, Measures

UNMADE, ELSEWHERE, OTHERWISE = "no_visit", "counted_already", "not_meant"
REASONS = (*STANDINGS, UNMADE, ELSEWHERE, OTHERWISE)
"""Why a filing is left out: where it stands, where that alone shuts it out, or one of the rest."""
REASON = STANDING | {
    UNMADE: _("No visit was made on it"),
    ELSEWHERE: _("Counted once already, under another filing of the same visit or subject"),
    OTHERWISE: _("Could count by its standing, but is not what this figure counts"),
}
OTHER = REASONS.index(OTHERWISE)
OF_YEAR = STANDINGS[len(APART) :]
DUE = tuple(name for name in OF_YEAR if name not in UNVISITED)
RESULTED = ("incomplete", "enforced", "statutory")
ADMITTED = {
    "every": STANDINGS,
    "statutory": ("statutory",),
    "unfiled": ("unnumbered",),
    "scan_unfiled": ("unnumbered",),
    "known": ("unnumbered", *OF_YEAR),
    "due": DUE,
    "to_enter": ("waiting", "unrecorded"),
    **dict.fromkeys(
        ("resulted", "published", "to_publish", "published_in_time", "entering", "finished",
         "problem", "put_right", "outcome", "follow_up"),
        RESULTED,
    ),
}  # fmt: skip
ON_VISITS = {
    "arrived", "joint", "coded", "scanned", "certificates_shown", "visit", "joint_visit",
    "coded_visit", "scanned_visit", "shareable_visit", "visited_subject",
}  # fmt: skip
# What counts a visit, subject or pair once, and which filings it chooses from.
ONCE = {"visit": "arrived", "joint_visit": "joint", "visited_subject": "arrived", "pair": "count"}


def admitted(measure: str) -> tuple[str, ...]:
    """The standings of which alone a filing can be that the measure counts."""
    kind, _colon, code = measure.partition(":")
    return (code,) if kind == "standing" else ADMITTED.get(kind, OF_YEAR)


def reasons(measures: Measures, measure: str) -> np.ndarray:
    """For each filing its place in REASONS were it left out."""
    places = [STANDINGS.index(name) for name in admitted(measure)]
    shut_out = ~np.isin(measures.standing, places)
    if measure in ONCE:
        found = np.where(measures.mask(ONCE[measure]), REASONS.index(ELSEWHERE), OTHER)
    else:
        found = np.full(len(shut_out), OTHER)
    if measure in ON_VISITS:
        found = np.where(measures.is_arrived, found, REASONS.index(UNMADE))
    return np.where(shut_out, measures.standing, found)
