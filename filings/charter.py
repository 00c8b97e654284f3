"""What officers are forbidden, what an enterprise may do, and on which grounds it may refuse."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PROHIBITIONS = (
    _("to inspect for gain"),
    _("to disturb the normal work of the enterprise"),
    _("to punish the enterprise at will"),
    _("to be given targets for inspections or fines"),
    _("to inspect in disguise, as a visit, a survey or a course"),
)
"""The five prohibitions of the State Council's office (R-SIT-6)."""

RIGHTS = (
    _("to see the certificates and to be told every item at once"),
    _("to be heard and to defend yourself"),
    _("to ask that an officer with an interest in the matter withdraw"),
    _("to complain to the supervisor, by name or without"),
)


class Ground(models.TextChoices):
    """On what grounds an enterprise lawfully refuses an inspection (A12, R-SIT-1, R-OFF-7)."""

    NO_CODE = "no_code", _("no code is shown, or it cannot be verified")
    NOT_APPROVED = "not_approved", _("the inspection is not approved or not filed")
    NOT_FOR_US = "not_for_us", _("the code is for another enterprise or another time")
    NO_CERTIFICATE = "no_certificate", _("an officer shows no valid certificate")
    TOO_FEW = "too_few", _("there are fewer than two officers")
    UNLISTED = "unlisted", _("an item is not on the published list")
    NOT_TOLD = "not_told", _("an item was not told at once with the others")


class Tag(models.TextChoices):
    """What an enterprise noticed of a visit (E10)."""

    CERTIFICATE_SHOWN = "certificate_shown", _("certificates were shown")
    CODE_SHOWN = "code_shown", _("the code was shown before the start")
    ITEMS_TOLD = "items_told", _("all items were told at once")
    COURTEOUS = "courteous", _("the officers were courteous")
    DISTURBANCE = "disturbance", _("normal work was disturbed")
    FEE_OR_GIFT = "fee_or_gift", _("a fee or a gift was asked for")
    RESULT_TOLD = "result_told", _("the result was told")
