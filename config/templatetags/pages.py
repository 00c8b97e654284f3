"""What every page is built from besides plain HTML: icons, times and clocks."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies.calendar import local_date
from config import spoken

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of img/icons.svg, for the eye only."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def moment(at: datetime | None) -> str | SafeString:
    """An instant as people say it; the exact one when one rests on it."""
    return _time(at, spoken.moment(at, timezone.now())) if at else "—"


@register.simple_tag
def day(on: date | None) -> str | SafeString:
    """A calendar day as people say it."""
    if on is None:
        return "—"
    return format_html(
        '<time class="nowrap" datetime="{0}" title="{0}">{1}</time>',
        on.isoformat(),
        spoken.day(on, timezone.now()),
    )


@register.simple_tag
def today() -> SafeString:
    """Today in full: its date and its day of the week."""
    on = local_date(timezone.now())
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), spoken.full(on))


@register.simple_tag
def window(start: datetime, end: datetime) -> SafeString:
    """A planned window from its start to its end."""
    first, last = spoken.window(start, end, timezone.now())
    return format_html(
        '{}<span aria-hidden="true">–</span>{}', _time(start, first), _time(end, last)
    )


@register.simple_tag
def until(due: datetime) -> SafeString:
    """How long there is until `due`, or how late it is."""
    return _time(due, spoken.until(due, timezone.now()))


def _time(at: datetime, said: str) -> SafeString:
    return format_html(
        '<time class="nowrap" datetime="{}" title="{}">{}</time>',
        timezone.localtime(at).isoformat(),
        spoken.exact(at),
        said,
    )
