"""What is asked of whoever answers an offer to make one visit of two."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.matching import DECLINABLE, JOINABLE, MERGEABLE, Kind, Offer, offers
from filings.models import Filing
from filings.web.fields import one_of, words
from filings.web.verb_forms import VerbForm
from filings.workflow import Verb

ANSWERS = {
    Verb.JOIN: (JOINABLE, (Kind.JOINT,)),
    Verb.MERGE: (MERGEABLE, (Kind.MERGE,)),
    Verb.DECLINE: (DECLINABLE, tuple(Kind)),
}


class OfferForm(VerbForm):
    """Which offer is accepted; `chosen` when the page says it already."""

    offer = one_of(_("Offer"), [])

    def __init__(self, data=None, *, filing, name="id", chosen=None):
        super().__init__(data, filing=filing, name=name)
        found = [(one.key, str(one)) for one in offers(filing, timezone.now())]
        self.fields["offer"].choices = found
        if chosen is not None:
            self.fields["offer"].widget = forms.HiddenInput()
            self.initial["offer"] = chosen

    def told(self):
        return {"offer": self.cleaned_data["offer"]}


class DeclineForm(OfferForm):
    reason = words(_("Reason"), 300, rows=2, required=True)

    def told(self):
        return super().told() | {"reason": self.cleaned_data["reason"]}


class LeaveForm(VerbForm):
    reason = words(_("Reason"), 300, rows=2, required=True)

    def told(self):
        return {"reason": self.cleaned_data["reason"]}


@dataclass(frozen=True, slots=True)
class Way:
    """One answer that may be given, with the form that gives it."""

    verb: Verb
    url: str
    form: VerbForm
    set_apart: bool


@dataclass(frozen=True, slots=True)
class Answerable:
    """An offer, and what the reader may answer."""

    offer: Offer
    ways: list[Way]


def answerable(filing: Filing, verbs: list[Verb], now: datetime) -> list[Answerable]:
    """The offers to `filing`, each with the answers that are open to the reader."""
    return [
        Answerable(one, _ways(filing, verbs, one, str(place)))
        for place, one in enumerate(offers(filing, now))
    ]


def _ways(filing: Filing, verbs: list[Verb], offer: Offer, name: str) -> list[Way]:
    found = []
    for verb, (standings, kinds) in ANSWERS.items():
        if verb in verbs and offer.standing in standings and offer.kind in kinds:
            kind = DeclineForm if verb == Verb.DECLINE else OfferForm
            form = kind(filing=filing, name=f"{verb}{name}", chosen=offer.key)
            url = reverse("filings:act", args=[filing.pk, verb])
            found.append(Way(verb, url, form, verb == Verb.DECLINE))
    return found
