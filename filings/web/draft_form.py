"""The filing as its officer types it: mostly chosen, hardly typed."""

from django import forms
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from agencies.calendar import local_date
from agencies.models import Agency, ItemVersion
from filings.actions import Draft
from filings.models import Filing, FilingItem, FilingOfficer
from filings.web.beside import FILING, put_beside
from filings.web.fields import MomentField, OneField, SeveralField, one_of, tick, words
from filings.web.once import fresh_key
from officers.models import Certificate, Officer

TRIGGERS = [choice for choice in Filing.Trigger.choices if choice[0] != Filing.Trigger.OTHER]
PLAIN = (
    "check_type",
    "trigger",
    "planned_start",
    "planned_end",
    "place",
    "method",
    "on_site_reason",
    "trigger_source",
    "plan_number",
    "assistants",
    "third_party",
    "double_random",
    "unannounced",
    "recheck",
)
MORE = (
    "method",
    "on_site_reason",
    "trigger_source",
    "assistants",
    "third_party",
)
TICKS = ("double_random", "unannounced", "recheck")


class DraftForm(forms.Form):
    """What an officer of one agency says of an inspection of one subject.

    Items are those the agency has claimed, officers those in its service; what the filing named
    before stays choosable, so that opening a draft loses nothing.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=fresh_key
    )
    items = SeveralField(ItemVersion.objects.none(), label=_("Items"), required=False)
    lead = OneField(
        Officer.objects.none(),
        label=_("Lead officer"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    partners = SeveralField(
        Officer.objects.none(),
        label=_("Partners"),
        required=False,
        help_text=_("At least two enforcement officers take part."),
    )
    planned_start = MomentField(label=_("Planned start"))
    planned_end = MomentField(label=_("Planned end"))
    check_type = one_of(_("Type"), Filing.CheckType.choices)
    trigger = one_of(_("Trigger"), TRIGGERS)
    place = words(_("Place of inspection"), 300)
    method = one_of(_("Method"), ItemVersion.Method.choices, initial="on_site")
    on_site_reason = words(_("Why on site"), 300)
    trigger_source = words(_("Number of the complaint, order or case"), 80)
    plan_number = words(_("Plan number"), 80)
    assistants = forms.IntegerField(
        label=_("Assistants"),
        min_value=0,
        max_value=99,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    third_party = words(_("Third party and its task"), 300)
    double_random = tick(_("Drawn by double random"))
    unannounced = tick(_("Unannounced"))
    recheck = tick(_("Re-check"))

    def __init__(self, data=None, *, agency: Agency, me: Officer | None, at, filing=None, **kwargs):
        super().__init__(data, **kwargs)
        lately = latest_of(me)
        self.fields["items"].queryset = claimed(agency, lately, at, filing)
        people = colleagues(agency, lately, me, at, filing)
        self.fields["partners"].queryset = people.prefetch_related("certificates")
        self.fields["lead"].offer(self.fields["partners"].queryset)
        put_beside(self, FILING)

    def draft(self, subject) -> Draft:
        """What the valid form says; the lead comes first among the officers."""
        said = self.cleaned_data
        lead = [said["lead"]] if said["lead"] else []
        officers = lead + [one for one in said["partners"] if one not in lead]
        return Draft(
            subject=subject,
            items=tuple(said["items"]),
            officers=tuple(officers),
            **{name: said[name] for name in PLAIN},
        )

    def more(self):
        """The fields that most filings leave as they are."""
        return [self[name] for name in MORE]

    def ticks(self):
        """The marks a filing may bear."""
        return [self[name] for name in TICKS]

    def more_is_open(self) -> bool:
        """Whether something among the fields set apart is filled in or wrong."""
        return any(name in self.errors or self[name].value() for name in (*MORE[1:], *TICKS))


def claimed(agency, lately, at, filing):
    """The items one may choose, those named lately first: claimed today, or named already."""
    versions = ItemVersion.objects.claimed_by(agency, local_date(at))
    wanted = Q(pk__in=versions.order_by().values("pk"))
    if filing is not None:
        wanted |= Q(pk__in=filing.items.values("item_version"))
    usual = Case(When(item__in=usual_items(lately), then=0), default=1)
    rows = ItemVersion.objects.filter(wanted).select_related("item").annotate(usual=usual)
    return rows.order_by("usual", "item__code", "version")


def usual_items(lately: list[int]) -> list[int]:
    """Which items do these filings name?"""
    found = FilingItem.objects.filter(filing__in=lately)
    return sorted(set(found.values_list("item_version__item", flat=True)))


def colleagues(agency, lately, me, at, filing):
    """The officers one may name: those with a valid certificate first, who went along lately."""
    wanted = Q(
        pk__in=agency.officers.in_service(local_date(at))
        .filter(category=Officer.Category.OFFICER)
        .values("pk")
    )
    if filing is not None:
        wanted |= Q(pk__in=filing.members.values("officer"))
    usual = Case(When(pk__in=usual_partners(lately, me), then=0), default=1)
    valid = Certificate.objects.valid(local_date(at)).filter(officer=OuterRef("pk"))
    rows = Officer.objects.filter(wanted).annotate(usual=usual, certified=Exists(valid))
    return rows.order_by("-certified", "usual", "name", "code")


def usual_partners(lately: list[int], me: Officer | None) -> list[int]:
    """Who besides `me` took part in these filings?"""
    found = FilingOfficer.objects.filter(filing__in=lately).exclude(officer=me)
    return sorted(set(found.values_list("officer_id", flat=True)))


def latest_of(me: Officer | None) -> list[int]:
    """The latest filings of `me`, by which the usual choices are known."""
    if me is None:
        return []
    latest = FilingOfficer.objects.filter(officer=me).order_by("-filing_id")[:20]
    return list(latest.values_list("filing_id", flat=True))


def stated(filing: Filing) -> dict:
    """What the filing says now, as the form would have sent it."""
    members = sorted(filing.members.all(), key=lambda one: (not one.lead, one.pk))
    lead = [one.officer_id for one in members if one.lead]
    return {name: getattr(filing, name) for name in PLAIN} | {
        "version": filing.version,
        "items": [one.item_version_id for one in filing.items.order_by("pk")],
        "lead": lead[0] if lead else None,
        "partners": [one.officer_id for one in members if not one.lead],
    }
