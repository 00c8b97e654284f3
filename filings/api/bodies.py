"""What each verb is told in the body of its request."""

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.api.body import Day, Degrees, Instant, StrictBody, Text, WholeNumber, YesNo
from agencies.calendar import local_date
from agencies.models import ItemVersion, LegalBasis
from filings import actions
from filings.models import Filing, Finding, Result, Subject, Visit
from filings.workflow import STEPS, Verb
from officers.models import Officer


def unknown(value):
    message = _("Nothing bears the code “%(value)s”.") % {"value": value}
    return serializers.ValidationError(message, "unknown_code")


class DraftBody(StrictBody):
    """What an officer says of an inspection to come; the first officer leads."""

    agency = Text(max_length=20)
    subject = WholeNumber(min_value=1)
    type = serializers.ChoiceField(choices=Filing.CheckType.choices)
    trigger = serializers.ChoiceField(choices=Filing.Trigger.choices)
    planned_start = Instant()
    planned_end = Instant()
    items = serializers.ListField(child=Text(max_length=40), max_length=50)
    officers = serializers.ListField(child=Text(max_length=40), max_length=20)
    place = Text(max_length=300, required=False, allow_blank=True)
    method = serializers.ChoiceField(choices=ItemVersion.Method.choices, required=False)
    on_site_reason = Text(max_length=300, lines=True, required=False, allow_blank=True)
    trigger_source = Text(max_length=80, required=False, allow_blank=True)
    plan_number = Text(max_length=80, required=False, allow_blank=True)
    assistants = WholeNumber(min_value=0, max_value=99, required=False)
    third_party = Text(max_length=300, required=False, allow_blank=True)
    double_random = YesNo(required=False)
    unannounced = YesNo(required=False)
    recheck = YesNo(required=False)

    def validate_agency(self, code):
        fixed = self.context.get("agency")
        if fixed is not None and code != fixed.code:
            message = _("The filing belongs to “%(code)s”, and that cannot be changed.")
            raise serializers.ValidationError(message % {"code": fixed.code}, "agency_fixed")
        for agency in self.context["authority"].agencies(STEPS[Verb.DRAFT].needs):
            if agency.code == code:
                return agency
        raise unknown(code)

    def validate_subject(self, pk):
        seen = Subject.objects.visible_to(self.context["authority"])
        subject = seen.filter(pk=pk).first() if pk < 2**63 else None
        if subject is None:
            raise unknown(pk)
        return subject

    def validate(self, said):
        said["officers"] = self._officers(said.pop("officers"), said["agency"])
        said["items"] = self._items(said.pop("items"), local_date(said["planned_start"]))
        said["check_type"] = said.pop("type")
        return said

    def _officers(self, codes, agency):
        found = {one.code: one for one in Officer.objects.filter(agency=agency, code__in=codes)}
        return tuple(self._named("officers", codes, found))

    def _items(self, codes, day):
        named = ItemVersion.objects.filter(item__code__in=codes).select_related("item")
        latest = {one.item.code: one for one in named.order_by("version")}
        in_force = Q(valid_to=None) | Q(valid_to__gt=day)
        current = {one.item.code: one for one in named.filter(in_force, valid_from__lte=day)}
        return tuple(self._named("items", codes, latest | current))

    def _named(self, field, codes, found):
        for code in codes:
            if code not in found:
                raise serializers.ValidationError({field: unknown(code).detail})
            yield found[code]

    def spoken(self):
        """The agency, and the draft as the action takes it."""
        said = dict(self.validated_data)
        return said.pop("agency"), actions.Draft(**said)


class NothingBody(StrictBody):
    """A verb that needs no more than who and when."""

    def told(self, filing):
        return dict(self.validated_data)


class ReasonBody(NothingBody):
    reason = Text(max_length=1000)


class OfferBody(NothingBody):
    """Which offer of `joint/` is answered, by its key."""

    offer = Text(max_length=40)


class DeclineBody(OfferBody):
    """Which offer is declined, and why."""

    reason = Text(max_length=300, lines=True)


class LeaveBody(NothingBody):
    reason = Text(max_length=300, lines=True)


class ApproveBody(NothingBody):
    opinion = Text(max_length=1000, required=False, allow_blank=True)


class CheckInBody(NothingBody):
    """What is noted at the door."""

    code_shown = YesNo(required=False)
    certificates_shown = YesNo(required=False)
    notice_served = YesNo(required=False)
    scan_of = serializers.ChoiceField(choices=Visit.ScanOf.choices, required=False)
    latitude = Degrees(90, required=False)
    longitude = Degrees(180, required=False)
    accuracy = WholeNumber(min_value=0, max_value=1_000_000, required=False)

    def told(self, filing):
        return {"arrival": actions.Arrival(**self.validated_data)}


class ServeBody(NothingBody):
    """By which channel the notice was served."""

    channel = serializers.ChoiceField(choices=Filing.NoticeChannel.choices)


class FoundBody(StrictBody):
    """One thing found; `item` is the code of an announced item, `basis` the id of a basis of it.

    Where there is only one, it need not be named.
    """

    severity = serializers.ChoiceField(choices=Finding.Severity.choices)
    text = Text(max_length=500)
    clause = Text(max_length=200, required=False, allow_blank=True)
    item = Text(max_length=40, required=False)
    basis = WholeNumber(min_value=1, required=False)


class RecordBody(NothingBody):
    """The outcome of the inspection, what follows, and what was found."""

    outcome = serializers.ChoiceField(choices=Result.Outcome.choices)
    follow_up = serializers.ChoiceField(choices=Result.FollowUp.choices, required=False)
    summary = Text(max_length=2000, required=False, allow_blank=True)
    rectify_by = Day(required=False, allow_null=True)
    enforcement_followed = YesNo(required=False)
    findings = FoundBody(many=True, required=False)

    def told(self, filing):
        return {"outcome": found_out(filing, self.validated_data)}


def found_out(filing, said):
    """The outcome that `said` states; its findings name items by code."""
    said = dict(said)
    items = filing.items.select_related("item_version__item")
    announced = {one.item_version.item.code: one for one in items}
    findings = tuple(_found(one, announced) for one in said.pop("findings", ()))
    return actions.Outcome(**said, findings=findings)


def _found(said, announced):
    said = dict(said)
    code = said.pop("item", None)
    if code is not None and code not in announced:
        raise serializers.ValidationError({"findings": unknown(code).detail})
    basis = _basis(said.pop("basis", None), announced)
    return actions.Found(**said, item=announced.get(code), basis=basis)


def _basis(pk, announced):
    if pk is None:
        return None
    versions = [one.item_version_id for one in announced.values()]
    rows = LegalBasis.objects.filter(item_version__in=versions)
    basis = rows.filter(pk=pk).first() if pk < 2**63 else None
    if basis is None:
        raise serializers.ValidationError({"findings": unknown(pk).detail})
    return basis


class CloseBody(NothingBody):
    finished_on = Day(required=False, allow_null=True)
