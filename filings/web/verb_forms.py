"""What each verb asks for, and how its answer is handed to the action."""

from operator import attrgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import LegalBasis
from filings import actions
from filings.models import Filing, FilingItem, Finding, Result, Visit
from filings.web.beside import VERBS, put_beside
from filings.web.checklist import ChecklistForm
from filings.web.fields import DayField, MomentField, OneField, one_of, tick, words

FINDINGS = 12
FINDINGS_SHOWN = 2


def degrees(most: int) -> forms.DecimalField:
    """A hidden field for one coordinate, which the device fills in when it is asked to."""
    return forms.DecimalField(
        widget=forms.HiddenInput,
        required=False,
        min_value=-most,
        max_value=most,
        max_digits=9,
        decimal_places=6,
    )


class VerbForm(forms.Form):
    """A press of the button, by somebody who saw this version."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, filing: Filing, name: str = "id"):
        super().__init__(data, initial={"version": filing.version}, auto_id=f"{name}_%s")
        self.filing = filing
        put_beside(self, VERBS)

    def told(self) -> dict[str, Any]:
        """What the action is told besides who and when."""
        return {}

    def asked(self):
        """The fields to fill in, in order."""
        return self.visible_fields()


class ReasonForm(VerbForm):
    reason = words(_("Reason"), 1000, rows=3, required=True)

    def told(self):
        return {"reason": self.cleaned_data["reason"]}


RETURNED_FOR = (
    _("The items do not fit the subject."),
    _("The officers named do not suffice."),
    _("The time or the place has to be made precise."),
    _("The ground for the inspection is not stated."),
    _("Join the visit of another agency."),
)


class ReturnForm(VerbForm):
    """Why it goes back: chosen from the usual reasons, typed, or both."""

    usual = one_of(
        _("Usual reasons"),
        lambda: [("", "—"), *((str(one), one) for one in RETURNED_FOR)],
        required=False,
    )
    reason = words(_("Reason"), 1000, rows=3)

    def clean(self):
        said = super().clean()
        if not (said.get("usual") or said.get("reason")) and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason or give one in your own words."))
        return said

    def told(self):
        both = (self.cleaned_data["usual"], self.cleaned_data["reason"])
        return {"reason": " ".join(part for part in both if part)}


class ApproveForm(VerbForm):
    opinion = words(_("Opinion"), 1000, rows=2)

    def told(self):
        return {"opinion": self.cleaned_data["opinion"]}


class CheckInForm(VerbForm):
    asks_place = True
    code_shown = tick(_("The code was shown before the start"))
    certificates_shown = tick(_("The certificates were shown"))
    notice_served = tick(_("The notice was handed over"))
    scan_of = one_of(_("What was scanned"), Visit.ScanOf.choices, initial=Visit.ScanOf.NONE)
    latitude = degrees(90)
    longitude = degrees(180)
    accuracy = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=100_000
    )

    def told(self):
        said = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return {"arrival": actions.Arrival(**said)}


class ServeForm(VerbForm):
    notice_channel = one_of(_("How the notice was served"), Filing.NoticeChannel.choices)

    def told(self):
        return {"channel": self.cleaned_data["notice_channel"]}


class LateCheckInForm(CheckInForm):
    """An arrival told afterwards: when it was, and why it is told only now."""

    asks_place = False
    arrived_at = MomentField(label=_("Arrived at"))
    reason = words(_("Why it is told only now"), 300, rows=2, required=True)
    field_order = ("arrived_at", "reason")

    def told(self):
        said = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        noted = actions.Noted(said.pop("arrived_at"), said.pop("reason"))
        return {"arrival": actions.Arrival(**said), "noted": noted}


class CloseForm(VerbForm):
    finished_on = DayField(label=_("Follow-up finished on"), required=False)

    def __init__(self, data=None, *, filing, name="id"):
        super().__init__(data, filing=filing, name=name)
        result = getattr(filing, "result", None)
        if result is None or result.follow_up == Result.FollowUp.NONE:
            del self.fields["finished_on"]

    def told(self):
        return {"finished_on": self.cleaned_data.get("finished_on")}


class FindingForm(forms.Form):
    """One thing found; left empty, it is none."""

    text = words(_("What was found"), 500)
    severity = one_of(_("Severity"), [("", "—"), *Finding.Severity.choices], required=False)
    item = OneField(
        FilingItem.objects.none(),
        label=_("Item"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    basis = OneField(
        LegalBasis.objects.none(),
        label=_("Legal basis"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    clause = words(_("Clause"), 200)

    def __init__(self, data=None, *, items, bases, **kwargs):
        super().__init__(data, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.fields["item"].offer(items)
        self.fields["item"].label_from_instance = lambda one: one.item_version.name
        self.fields["basis"].offer(bases)

    def clean(self):
        said = super().clean()
        if self.has_changed():
            for name in ("text", "severity"):
                if name not in self.errors and not said.get(name):
                    self.add_error(name, _("A finding needs a text and a severity."))
        return said


class RecordForm(VerbForm):
    """The outcome of the inspection, what follows, and what was found."""

    with_checklist = True

    outcome = one_of(_("Outcome"), Result.Outcome.choices)
    follow_up = one_of(_("Follow-up"), Result.FollowUp.choices, initial=Result.FollowUp.NONE)
    rectify_by = DayField(label=_("Rectify by"), required=False)
    summary = words(_("Summary"), 2000, rows=3)
    enforcement_followed = tick(_("A penalty or measure followed"))

    def __init__(self, data=None, *, filing, name="id"):
        super().__init__(data, filing=filing, name=name)
        self.fields["outcome"].widget = forms.RadioSelect(choices=Result.Outcome.choices)
        items = sorted(filing.items.all(), key=attrgetter("pk"))
        gone_through = items if self.with_checklist else ()
        self.checklist = ChecklistForm(data, items=gone_through)
        bases = {basis for one in items for basis in one.item_version.bases.all()}
        self.offered = {"items": items, "bases": sorted(bases, key=attrgetter("pk"))}
        self.findings = [
            FindingForm(data, **self.offered, prefix=f"finding{n}") for n in range(FINDINGS)
        ]

    def is_valid(self):
        good = [one.is_valid() for one in (self.checklist, *self.findings)]
        return super().is_valid() and all(good)

    def first_findings(self):
        return self.findings[:FINDINGS_SHOWN]

    def more_findings(self):
        return self.findings[FINDINGS_SHOWN:]

    def more_is_open(self):
        return self.is_bound and any(one.has_changed() for one in self.more_findings())

    def told(self):
        asked = RecordForm.base_fields
        said = {k: v for k, v in self.cleaned_data.items() if k in asked and k != "version"}
        found = tuple(
            actions.Found(**one.cleaned_data) for one in self.findings if one.has_changed()
        )
        noted = (*self.checklist.found(), *found)
        return {"outcome": actions.Outcome(**said, findings=noted)}
