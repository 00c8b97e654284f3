"""Which period and region does a command mean?"""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.calendar import local_date
from agencies.models import Region
from reports.periods import BadPeriod, Period, parse
from reports.registers import whole_register


class BadQuestion(ValueError):
    """The period or the region cannot be understood; the text says why and what would do."""

    code = "bad_question"


def period_of(text: str, now: datetime) -> Period:
    """The period that was written.  Raises BadQuestion."""
    try:
        return parse(text, last_year=local_date(now).year + 1)
    except BadPeriod as refused:
        raise BadQuestion(str(refused)) from refused


def region_of(code: str | None, now: datetime) -> Region:
    """The region of the code, or the smallest that holds every agency.  Raises BadQuestion."""
    today = local_date(now)
    if code is None:
        region = whole_register(today)
        if region is None:
            raise BadQuestion(
                _("The register holds no agency yet; load one with demo or import_records.")
            )
        return region
    plain = code.isascii() and code.isdigit()
    bearing = Region.objects.filter(code=code if plain else "").order_by("-valid_from")
    region = bearing.in_force(today).first() or bearing.first()
    if region is None:
        examples = Region.objects.order_by("code").values_list("code", flat=True)[:5]
        raise BadQuestion(
            _(
                "No region has the code “%(code)s”; the codes in the register are those of "
                "GB/T 2260, for example %(example)s."
            )
            % {"code": code, "example": ", ".join(examples)}
        )
    return region
