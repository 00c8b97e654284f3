"""Instants as people say them: what is near by its name, the rest by its date."""

from datetime import date, datetime, timedelta
from math import inf

from babel.dates import format_timedelta
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.calendar import SHANGHAI, local_date

FAR = "Y-m-d"
# As Babel counts them; no weeks, since terms are told in days.
_UNITS = (
    ("year", 31_536_000),
    ("month", 2_592_000),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
)
BABEL = {"zh-hans": "zh_Hans_CN", "en": "en_GB"}


def moment(at: datetime, now: datetime) -> str:
    """`at` with its minute: “today 14:05”, “Wed 15 June 14:05”, “2021-06-15 14:05”."""
    local = timezone.localtime(at, SHANGHAI)
    return f"{day(local.date(), now)} {local:%H:%M}"


def day(on: date, now: datetime) -> str:
    """The day `on` seen from `now`: its name if it is near, its date if it is not."""
    today = local_date(now)
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    away = (on - today).days
    if away in near:
        return near[away]
    return formatted(on, _("D j F") if on.year == today.year else FAR)


def full(on: date) -> str:
    """The day with its year and its day of the week: “Friday 27 November 2026”."""
    return formatted(on, _("l j F Y"))


def window(start: datetime, end: datetime, now: datetime) -> tuple[str, str]:
    """Both ends of a window; the second without its day when the day is the same."""
    first, last = (timezone.localtime(one, SHANGHAI) for one in (start, end))
    said = f"{last:%H:%M}" if first.date() == last.date() else moment(end, now)
    return moment(start, now), said


def until(due: datetime, now: datetime) -> str:
    """How long there is left: “in 3 hours”, or how late it is: “2 days late”."""
    if due > now:
        return _span(due - now, add_direction=True)
    return _("%(span)s late") % {"span": _span(now - due)}


def _span(span: timedelta, **options: bool) -> str:
    """The span in its largest unit, never rounded up: four years and eleven months are 4 years."""
    seconds = int(span.total_seconds())
    unit, size = next((one for one in _UNITS if seconds >= one[1]), _UNITS[-1])
    whole = timedelta(seconds=seconds // size * size)
    locale = BABEL.get(get_language() or "", "en_GB")
    return format_timedelta(whole, granularity=unit, threshold=inf, locale=locale, **options)


def exact(at: datetime) -> str:
    """The whole truth, for the pointer that rests on it."""
    return f"{timezone.localtime(at, SHANGHAI):%Y-%m-%d %H:%M:%S}"
