"""What may be inspected: items of the catalogue, their dated versions, and who claimed them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.dated import ENDS_LATER
from agencies.querysets import ClaimQuerySet, ItemQuerySet, ItemVersionQuerySet
from agencies.spelling import SpellingField


class SubjectKind(models.TextChoices):
    """The kinds of inspected object (domain E4, E5)."""

    ENTERPRISE = "enterprise", _("Enterprise")
    SELF_EMPLOYED = "self_employed", _("Self-employed business")
    COOPERATIVE = "cooperative", _("Farmers' cooperative")
    INSTITUTION = "institution", _("Public institution")
    SOCIAL = "social", _("Social organisation")
    PLACE = "place", _("Place")
    INDIVIDUAL = "individual", _("Individual")


class InspectionItem(models.Model):
    """One inspection item of the published catalogue under its lasting code (R-ITM-1)."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    main_item = models.CharField(_("main item"), max_length=200, blank=True)
    field = models.CharField(_("field"), max_length=60, blank=True)
    source_system = models.CharField(_("source system"), max_length=60, blank=True)

    objects = ItemQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """What the item said from one day to another; a filing freezes the version it used (R-ITM-3).

    `subject_kinds` and `methods` are lists of codes; `checklist` is a list of objects with
    `clause` and, where they are known, `standard`, `method` and `severity`.
    """

    class Level(models.TextChoices):
        STATE = "state", _("State")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County")
        TOWNSHIP = "township", _("Township")

    class Severity(models.TextChoices):
        CRITICAL = "critical", _("Critical")
        SERIOUS = "serious", _("Serious")
        MINOR = "minor", _("Minor")

    class Kind(models.TextChoices):
        GENERAL = "general", _("General")
        KEY = "key", _("Key")

    class Method(models.TextChoices):
        ON_SITE = "on_site", _("On-site inspection")
        DOCUMENTS = "documents", _("Examination of documents")
        RELIED_ON = "relied_on", _("Another agency's result or expert opinion")
        TESTING = "testing", _("Testing")
        NETWORK = "network", _("Online monitoring")
        COMMISSIONED = "commissioned", _("Commissioned professional body")

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=300)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.GENERAL)
    subject_kinds = models.JSONField(_("kinds of subject"), default=list)
    methods = models.JSONField(_("methods"), default=list)
    checklist = models.JSONField(_("checklist"), default=list, blank=True)
    joint_allowed = models.BooleanField(_("joint visits allowed"), default=True)
    unannounced_allowed = models.BooleanField(_("unannounced allowed"), default=False)
    off_site_possible = models.BooleanField(_("possible off site"), default=False)
    search = SpellingField()
    published_on = models.DateField(_("published on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="item_version_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(valid_to=None), name="one_open_version_per_item"
            ),
            models.CheckConstraint(
                condition=ENDS_LATER,
                name="item_version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """A provision that lets the item be inspected, typed by the rank of its law (R-ITM-2)."""

    class Rank(models.TextChoices):
        LAW = "law", _("Law")
        REGULATION = "regulation", _("Administrative regulation")
        LOCAL_REGULATION = "local_regulation", _("Local regulation")
        DEPARTMENT_RULE = "department_rule", _("Departmental rule")
        LOCAL_RULE = "local_rule", _("Local government rule")
        DOCUMENT = "document", _("Normative document")

    item_version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="bases")
    rank = models.CharField(_("rank"), max_length=20, choices=Rank.choices)
    title = models.CharField(_("title"), max_length=200)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    article = models.CharField(_("article"), max_length=60, blank=True)
    text = models.TextField(_("text"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.title} {self.article}".strip()


class Claim(models.Model):
    """The agency may use the item from one day to another (认领, A3)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="claims")
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="claims")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "item"], condition=Q(valid_to=None), name="one_open_claim"
            ),
            models.CheckConstraint(
                condition=ENDS_LATER,
                name="claim_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.item_id}"
