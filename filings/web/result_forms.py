"""What the verbs on a recorded result ask for."""

from base64 import b64decode

from django import forms
from django.utils.translation import gettext_lazy as _

from filings import actions
from filings.models import Preservation, Result, Transfer
from filings.web.fields import DayField, OneField, one_of, tick, words
from filings.web.verb_forms import FINDINGS, FindingForm, RecordForm, VerbForm


class _Plain(VerbForm):
    """Every field is told to the action under its own name."""

    def told(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


SIGNED = "data:image/png;base64,"


class SignatureField(forms.CharField):
    """What was signed on the screen: the bytes of a PNG picture; none where nothing was."""

    widget = forms.HiddenInput(attrs={"data-signed": ""})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return b""
        try:
            return b64decode(text.removeprefix(SIGNED), validate=True)
        except ValueError:
            raise forms.ValidationError(
                _("The signature did not arrive whole. Clear it and sign again.")
            ) from None


class DeliverForm(_Plain):
    asks_signature = True
    channel = one_of(_("How it was told"), Result.Channel.choices)
    receiver = words(_("Received by"), 60, required=True)
    note = words(_("If unsigned: the reason given"), 300, rows=2)
    witness = words(_("If unsigned: witness"), 60)
    recording = words(_("If unsigned: where the recording is kept"), 120)
    signature = SignatureField(label=_("Signature"), required=False, max_length=400_000)

    def told(self):
        return {"delivery": actions.Delivery(**super().told())}


class PublishForm(_Plain):
    withheld = words(_("Withhold it, because"), 300)


class AcrossForm(_Plain):
    office = words(_("Office that took the filing"), 200, required=True)
    on = DayField(label=_("Filed there on"))


class TransferForm(_Plain):
    receiver = words(_("Receiving body"), 200, required=True)
    matter = words(_("Matter"), 2000, rows=3, required=True)


class AcknowledgeForm(_Plain):
    sent = forms.ModelChoiceField(
        Transfer.objects.none(),
        label=_("Transfer to"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    received_by = words(_("Receipt signed by"), 60, required=True)

    def __init__(self, data=None, *, filing, name="id"):
        super().__init__(data, filing=filing, name=name)
        waiting = Transfer.objects.filter(result__filing=filing, received_at=None)
        self.fields["sent"].queryset = waiting.order_by("pk")


class PreserveForm(_Plain):
    things = words(_("What is registered, piece by piece"), 2000, rows=4, required=True)
    kept_at = words(_("Where it is kept"), 200, required=True)


class DecideEvidenceForm(_Plain):
    held = OneField(
        Preservation.objects.none(),
        label=_("Evidence"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    decision = words(_("What becomes of it"), 2000, rows=3, required=True)

    def __init__(self, data=None, *, filing, name="id"):
        super().__init__(data, filing=filing, name=name)
        waiting = Preservation.objects.filter(filing=filing, decided_at=None)
        self.fields["held"].queryset = waiting.order_by("pk")


class ReportForm(_Plain):
    report = words(_("What the subject reported"), 2000, rows=3, required=True)


class RecheckForm(_Plain):
    passed = tick(_("The rectification passed"))
    rectify_by = DayField(label=_("If not: rectify by"), required=False)
    note = words(_("Note"), 2000, rows=2)


class CorrectForm(RecordForm):
    """The result as it is recorded, to be typed over, and why."""

    with_checklist = False
    reason = words(_("Reason of the correction"), 300, rows=2, required=True)

    def __init__(self, data=None, *, filing, name="id"):
        super().__init__(data, filing=filing, name=name)
        if data is None:
            self._fill(filing)

    def _fill(self, filing):
        result = getattr(filing, "result", None)
        for name in ("outcome", "follow_up", "rectify_by", "summary", "enforcement_followed"):
            self.initial[name] = getattr(result, name, None)
        found = list(result.findings.order_by("pk")[:FINDINGS]) if result else []
        for place, one in enumerate(found):
            said = {"text": one.text, "severity": one.severity, "clause": one.clause}
            said |= {"item": one.filing_item_id, "basis": one.basis_id}
            self.findings[place] = FindingForm(
                **self.offered, prefix=f"finding{place}", initial=said
            )

    def told(self):
        return super().told() | {"reason": self.cleaned_data["reason"]}
