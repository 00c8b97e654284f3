"""The filing: one agency's announced inspection of one subject (domain E6)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, ItemVersion
from filings.models.subject import Subject
from filings.models.visit import Visit
from filings.querysets import FilingQuerySet
from filings.workflow import PLANNED, Status
from officers.models import Account, Certificate, Officer

NUMBERED = [
    "approved",
    "on_site",
    "recorded",
    "confirmed",
    "closed",
    "expired",
    "refused",
    "voided",
]
BEFORE_APPROVAL_AFTERWARDS = ["on_site", "recorded", "refused", "terminated"]


class Filing(models.Model):
    """One inspection as filed, decided, made and ended.

    `dated_at` is the instant that decides its year: the submission for a native filing, the
    back-filing of an emergency (its arrival until then), the inspection for an imported one.
    `version` grows with every write and is what two people racing on the same filing are told
    apart by.  The code's token is never stored; its digest is.
    """

    class Origin(models.TextChoices):
        NATIVE = "native", _("Filed here")
        IMPORTED = "imported", _("Imported")

    class CheckType(models.TextChoices):
        DAILY = "daily", _("Daily inspection")
        CASE = "case", _("Case inspection")
        SPECIAL = "special", _("Special inspection")

    class Trigger(models.TextChoices):
        ANNUAL_PLAN = "annual_plan", _("Annual plan")
        DOUBLE_RANDOM = "double_random", _("Double-random draw")
        COMPLAINT = "complaint", _("Complaint or report")
        ASSIGNED = "assigned", _("Assigned or transferred")
        MONITORING = "monitoring", _("Data monitoring")
        REQUESTED = "requested", _("Requested by the enterprise")
        SUPERIOR = "superior", _("Ordered by a superior")
        MEDIA = "media", _("Media report")
        EMERGENCY = "emergency", _("Emergency")
        RECHECK = "recheck", _("Re-check after rectification")
        PERMIT = "permit", _("Verification for a permit")
        AUDIT = "audit", _("Supervision or audit")
        OTHER = "other", _("Other, as given by the source")

    class ApprovalKind(models.TextChoices):
        BEFORE = "before", _("Before the visit")
        AFTER = "after", _("After the visit")

    class SecondReview(models.TextChoices):
        ASKED = "asked", _("Asked for")
        AGREED = "agreed", _("Agreed")

    class NoticeChannel(models.TextChoices):
        PAPER = "paper", _("On paper")
        ELECTRONIC = "electronic", _("Electronically")
        SMS = "sms", _("By text message")
        PHONE = "phone", _("By telephone")

    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.NATIVE
    )
    source = models.CharField(_("source"), max_length=60, blank=True)
    source_id = models.CharField(_("identifier at the source"), max_length=80, blank=True)
    raw = models.JSONField(_("row as imported"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=50, null=True, blank=True, unique=True)
    code_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    code_revoked_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    dated_at = models.DateTimeField(_("date"))

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="filings", verbose_name=_("agency")
    )
    principal = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="filings_by_entrusted"
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="filings", verbose_name=_("subject")
    )
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="filings")
    check_type = models.CharField(_("type"), max_length=10, choices=CheckType.choices)
    double_random = models.BooleanField(_("double-random"), default=False)
    unannounced = models.BooleanField(_("unannounced"), default=False)
    recheck = models.BooleanField(_("re-check"), default=False)
    trigger = models.CharField(_("trigger"), max_length=16, choices=Trigger.choices)
    trigger_source = models.CharField(_("source number"), max_length=80, blank=True)
    plan_number = models.CharField(_("plan number"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    planned_start = models.DateTimeField(_("planned start"))
    planned_end = models.DateTimeField(_("planned end"))
    method = models.CharField(
        _("method"), max_length=14, choices=ItemVersion.Method.choices, default="on_site"
    )
    on_site_reason = models.CharField(_("why on site"), max_length=300, blank=True)
    assistants = models.PositiveSmallIntegerField(_("assistants"), default=0)
    third_party = models.CharField(_("third party and its task"), max_length=300, blank=True)
    emergency = models.BooleanField(_("emergency"), default=False)
    back_filed_at = models.DateTimeField(_("back-filed"), null=True, blank=True)
    back_fill_reason = models.CharField(_("reason for back-filing"), max_length=300, blank=True)
    reported_to = models.CharField(_("reported by word of mouth to"), max_length=60, blank=True)
    fault = models.CharField(_("network or system fault"), max_length=300, blank=True)
    unlocked_at = models.DateTimeField(_("late back-filing unlocked"), null=True, blank=True)

    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="filings_created"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="filings_submitted"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="filings_approved"
    )
    approval_kind = models.CharField(
        _("approval"), max_length=6, choices=ApprovalKind.choices, blank=True
    )
    approval_opinion = models.TextField(_("opinion"), blank=True)
    second_review = models.CharField(
        _("second review"), max_length=8, choices=SecondReview.choices, blank=True
    )
    second_reviewed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="filings_reviewed_second"
    )
    notice_served_at = models.DateTimeField(_("notice served"), null=True, blank=True)
    notice_channel = models.CharField(
        _("notice channel"), max_length=20, choices=NoticeChannel.choices, blank=True
    )
    nth_of_agency = models.PositiveSmallIntegerField(
        _("which visit by the agency this year"), null=True, blank=True
    )
    nth_of_all = models.PositiveSmallIntegerField(
        _("which visit by anyone this year"), null=True, blank=True
    )
    across_filed_on = models.DateField(_("filed with the other region on"), null=True, blank=True)
    across_office = models.CharField(_("office of the other region"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=Q(origin="imported"),
                name="imported_filing_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(origin="native", raw=None)
                | (Q(origin="imported", number=None) & ~Q(source="") & ~Q(source_id="")),
                name="imported_filing_keeps_its_source",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__gt=F("planned_start")) | Q(origin="imported"),
                name="planned_window_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(origin="imported")
                | Q(status__in=["draft", "withdrawn"])
                | Q(emergency=True, status__in=BEFORE_APPROVAL_AFTERWARDS, number=None)
                | Q(submitted_at__isnull=False),
                name="filing_past_draft_is_submitted",
            ),
            models.CheckConstraint(
                condition=Q(origin="imported")
                | ~Q(status__in=NUMBERED)
                | Q(emergency=True, status__in=BEFORE_APPROVAL_AFTERWARDS, number=None)
                | Q(
                    approved_at__isnull=False,
                    number__isnull=False,
                    code_digest__isnull=False,
                ),
                name="approved_filing_has_number_and_code",
            ),
            models.CheckConstraint(
                condition=Q(across_filed_on=None, across_office="")
                | (Q(across_filed_on__isnull=False) & ~Q(across_office="")),
                name="filing_across_names_its_office",
            ),
            models.CheckConstraint(
                condition=~Q(second_review="agreed") | Q(second_reviewed_by__isnull=False),
                name="second_review_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(origin="imported") | Q(closed_at__isnull=False),
                name="closed_filing_is_stamped",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False)
                | Q(origin="imported")
                | (Q(approval_kind__in=["", "after"]) & ~Q(back_fill_reason="")),
                name="emergency_says_why_and_is_approved_afterwards",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False)
                | Q(origin="imported")
                | Q(number=None)
                | Q(back_filed_at__isnull=False),
                name="numbered_emergency_is_back_filed",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "-dated_at", "-id"], name="filing_queue"),
            models.Index(fields=["agency", "-dated_at", "-id"], name="filing_of_agency"),
            models.Index(fields=["-dated_at", "-id"], name="filing_by_date"),
            models.Index(fields=["subject", "-dated_at"], name="filing_of_subject"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_status_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("filings:detail", args=[self.pk])

    @property
    def made_visit(self) -> Visit | None:
        """The visit once the officers of this filing have arrived, whoever shares it."""
        return None if self.status in PLANNED else self.visit


class FilingItem(models.Model):
    """An item the filing announces, frozen at the version in force when it was submitted."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="items")
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="filing_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "item_version"], name="item_once_per_filing"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.item_version_id}"


class FilingOfficer(models.Model):
    """An officer announced for the visit, with the certificate checked at submission."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="members")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="memberships", db_index=False)
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    lead = models.BooleanField(_("lead"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "officer"], name="officer_once_per_filing"),
            models.UniqueConstraint(
                fields=["filing"], condition=Q(lead=True), name="one_lead_per_filing"
            ),
        ]
        indexes = [models.Index(fields=["officer", "filing"], name="filings_of_officer")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.officer_id}"


class NumberCounter(models.Model):
    """The last serial issued to an agency in a year; locked while a number is taken."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="number_counters")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_counter_per_agency_year"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"
