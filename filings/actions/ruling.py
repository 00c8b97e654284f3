"""How rules are set, and set aside for one filing with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.models import Region
from filings.actions.moving import move, require, require_clean
from filings.models import Filing, FilingReason, RuleSetting, Severity
from filings.rules import Case, Problem
from filings.rules.catalogue import CATALOGUE, Asked
from filings.rules.thresholds import words_of
from filings.workflow import Verb
from officers.authority import Authority
from officers.roles import Permission

LONGEST = 500


class RuleNotSet(Exception):
    """The rule cannot be set as asked; `problems` names every cause."""

    code = "rule_not_set"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("The rule cannot be set like this."))
        self.problems = problems


@dataclass(frozen=True)
class Ruling:
    """What a rule shall be: how severe, with which thresholds, where, from which day, by what."""

    code: str
    severity: str
    since: date
    source: str
    params: dict[str, Any] = field(default_factory=dict)
    region: Region | None = None


@transaction.atomic
def set_rule(said: Ruling, *, by: Authority, at: datetime) -> RuleSetting:
    """The rule set from `said.since` on; the setting before it ends that day.

    Thresholds that are not named keep the catalogue's value.  Raises NotAuthorised, RuleNotSet.
    """
    if not by.may(Permission.RULES_SET):
        raise NotAuthorised(_("Your appointment does not include setting the rules."))
    same = RuleSetting.objects.select_for_update().filter(code=said.code, region=said.region)
    wrong = [*_misnamed(said), *_mistyped(said)]
    later = same.filter(valid_from__gte=said.since).order_by("valid_from").first()
    if later is not None:
        why = _("The rule is set from %(day)s already. Give a later day.")
        wrong.append(_wrong("since", "set_later", why % {"day": later.valid_from}))
    if wrong:
        raise RuleNotSet(wrong)
    same.filter(valid_to=None).update(valid_to=said.since)
    same.filter(valid_to__gt=said.since).update(valid_to=said.since)
    made = RuleSetting.objects.create(
        code=said.code,
        severity=said.severity,
        params=said.params,
        region=said.region,
        source=said.source.strip(),
        valid_from=said.since,
    )
    journal.append(
        journal.SYSTEM,
        "set_rule",
        made,
        by=by.actor(Permission.RULES_SET),
        at=at,
        rule=said.code,
        severity=said.severity,
        params=said.params,
        region=said.region.code if said.region else None,
        since=said.since,
        source=made.source,
    )
    return made


def _wrong(pointer: str, code: str, message: str) -> Problem:
    return Problem(pointer, code, "", message)


def _misnamed(said: Ruling) -> Iterable[Problem]:
    if said.code not in CATALOGUE:
        why = _("No rule is called “%(code)s”; the list of rules names them all.")
        yield _wrong("code", "unknown_rule", why % {"code": said.code})
    elif CATALOGUE[said.code].asked == Asked.BUILT_IN:
        why = _("“%(code)s” holds by the shape of the records and cannot be set.")
        yield _wrong("code", "rule_built_in", why % {"code": said.code})
    if said.severity not in Severity.values:
        why = _("“%(value)s” is no severity; give one of: %(all)s.")
        known = ", ".join(Severity.values)
        yield _wrong("severity", "unknown_severity", why % {"value": said.severity, "all": known})
    elif said.code in CATALOGUE and said.severity not in _fitting(CATALOGUE[said.code].asked):
        why = _("A deadline stops no filing; it raises an alert (warn) or none (off).")
        yield _wrong("severity", "severity_not_for_clocks", why)
    if not said.source.strip():
        yield _wrong("source", "source_missing", _("Name the law or decision it rests on."))


def _fitting(asked: Asked) -> list[str]:
    return [Severity.WARN, Severity.OFF] if asked == Asked.CLOCK else Severity.values


def _mistyped(said: Ruling) -> Iterable[Problem]:
    known = CATALOGUE[said.code].params if said.code in CATALOGUE else {}
    for name, value in said.params.items():
        if name not in known:
            why = _("This rule has no threshold “%(name)s”; it has: %(all)s.")
            all_of_them = ", ".join(known) or "-"
            yield _wrong(
                f"params/{name}", "unknown_threshold", why % {"name": name, "all": all_of_them}
            )
        elif not _alike(value, known[name]) or not _within(value, BOUNDS.get(name)):
            why = _("“%(value)s” does not fit the threshold “%(name)s”; an example: %(like)s.")
            yield _wrong(
                f"params/{name}",
                "bad_threshold",
                why % {"value": value, "name": name, "like": known[name]},
            )


BOUNDS = {
    "due_month": (1, 12),
    "due_day": (1, 31),
    "yellow_percent": (0, 100),
    "percent": (0, 100),
}


def _within(value: Any, bounds: tuple[int, int] | None) -> bool:
    return bounds is None or bounds[0] <= value <= bounds[1]


def _alike(value: Any, known: Any) -> bool:
    if isinstance(known, int):
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3660
    if isinstance(known, dict):
        return isinstance(value, dict) and all(_alike(one, 0) for one in value.values())
    texts = bool(known) and isinstance(known[0], str)
    return isinstance(value, list) and all(
        one in words_of(known).values if texts else _alike(one, 0) for one in value
    )


@transaction.atomic
def give_reason(filing: Filing, code: str, text: str, *, by: Authority, at: datetime) -> Filing:
    """The filing with the reason why it goes on against the rule that found `code`.

    A later reason for the same rule replaces the earlier; the events keep both.
    """
    require(Verb.REVISE, filing, by)
    case = Case.of(filing, at)
    wrong = []
    known = code in CATALOGUE
    if not known or case.settings.severity(code) != Severity.REASON:
        why = _("“%(code)s” is no rule that a reason can set aside.")
        wrong.append(_wrong("code", "reason_not_possible", why % {"code": code}))
    if not 0 < len(text.strip()) <= LONGEST:
        why = _("Give the reason in 1 to %(longest)s characters.")
        wrong.append(_wrong("reason", "reason_missing", why % {"longest": LONGEST}))
    require_clean(wrong)
    FilingReason.objects.update_or_create(
        filing=filing,
        code=code,
        defaults={"text": text.strip(), "given_at": at, "given_by": by.account},
    )
    return move(filing, Verb.REVISE, by=by, at=at, facts={"rule": code, "reason": text.strip()})
