"""Who is inspected."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Region, SubjectKind
from filings.querysets import SubjectQuerySet


class Subject(models.Model):
    """An inspected object: enterprise, place, institution or person (domain E5).

    `business_region` is where it works, `registered_region` where it is registered; they differ.
    `search` holds the name in pinyin, whole and initials, in lower case.
    """

    class Size(models.TextChoices):
        LARGE = "large", _("Large")
        MEDIUM = "medium", _("Medium")
        SMALL = "small", _("Small")
        MICRO = "micro", _("Micro")

    class Registration(models.TextChoices):
        ACTIVE = "active", _("In operation")
        REVOKED = "revoked", _("Licence revoked")
        CANCELLED = "cancelled", _("Deregistered")
        MOVED = "moved", _("Moved away")

    class CreditClass(models.TextChoices):
        A = "A", _("A, low risk")
        B = "B", _("B, average")
        C = "C", _("C, fairly high risk")
        D = "D", _("D, high risk")

    kind = models.CharField(_("kind"), max_length=20, choices=SubjectKind.choices)
    name = models.CharField(_("name"), max_length=200)
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    uscc = models.CharField(
        _("unified social credit code"), max_length=18, null=True, blank=True, unique=True
    )
    source = models.CharField(_("source"), max_length=60, blank=True)
    source_id = models.CharField(_("identifier at the source"), max_length=80, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    registered_address = models.CharField(_("registered address"), max_length=300, blank=True)
    business_address = models.CharField(_("business address"), max_length=300, blank=True)
    registered_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="registered_subjects"
    )
    business_region = models.ForeignKey(
        Region, models.PROTECT, related_name="subjects", verbose_name=_("business region")
    )
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    industry = models.CharField(
        _("industry"), max_length=5, blank=True, validators=[RegexValidator(r"^[A-T][0-9]{0,4}\Z")]
    )
    size = models.CharField(_("size"), max_length=8, choices=Size.choices, blank=True)
    registration = models.CharField(
        _("registration status"),
        max_length=10,
        choices=Registration.choices,
        default=Registration.ACTIVE,
    )
    credit_class = models.CharField(
        _("credit class"), max_length=1, choices=CreditClass.choices, blank=True
    )
    risk_class = models.CharField(_("risk class"), max_length=20, blank=True)
    whitelisted_from = models.DateField(_("whitelisted from"), null=True, blank=True)
    whitelisted_to = models.DateField(_("whitelisted to"), null=True, blank=True)
    key_supervision = models.BooleanField(_("under key supervision"), default=False)
    search = models.CharField(max_length=400, blank=True, db_index=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source=""),
                name="subject_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(uscc=None)
                | Q(uscc__regex=r"^[1-9ANY][0-9A-HJ-NPQRTUWXY]{17}$")
                | Q(uscc__regex=r"^[0-9]{15}$"),
                name="subject_code_has_the_form_of_gb32100",
            ),
            models.CheckConstraint(
                condition=Q(uscc__isnull=False) | ~Q(source="") | ~Q(business_address=""),
                name="subject_can_be_identified",
            ),
            models.CheckConstraint(
                condition=Q(whitelisted_to=None) | Q(whitelisted_to__gt=F("whitelisted_from")),
                name="whitelisting_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name
