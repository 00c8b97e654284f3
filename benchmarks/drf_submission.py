"""The comparison program of submitting: a ModelSerializer that asks one query per check.

The same questions as the rules ask, in the order of the form, each where it is needed; nothing is
read ahead.  The event is written into the same book, so both sides leave the same record.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from rest_framework import serializers, viewsets

from agencies import journal
from agencies.journal import Actor
from agencies.models import Agency, Claim, LegalBasis, Region
from filings.models import Conflict, Filing, FilingItem, Subject
from officers.models import Certificate, Officer

CAP = 50


class SubmissionSerializer(serializers.ModelSerializer):
    """Submits a draft when every check holds."""

    class Meta:
        model = Filing
        fields = ["id", "status", "number", "place", "planned_start", "planned_end"]
        read_only_fields = ["status", "number", "planned_start", "planned_end"]

    def validate(self, attrs):
        filing = self.instance
        found = [*self._parties(filing), *self._people(filing), *self._items(filing)]
        found += self._visits(filing)
        if found:
            raise serializers.ValidationError(found)
        return attrs

    def _parties(self, filing):
        agency = Agency.objects.get(pk=filing.agency_id)
        subject = Subject.objects.get(pk=filing.subject_id)
        here = Region.objects.get(pk=agency.region_id)
        there = Region.objects.get(pk=subject.business_region_id)
        if not agency.is_qualified(filing.planned_start.date()):
            yield "agency not qualified"
        if not there.path.startswith(here.path):
            yield "outside the region"
        if subject.registration in ("cancelled", "moved"):
            yield "subject gone"

    def _people(self, filing):
        day = filing.planned_start.date()
        members = filing.members.all()
        if members.count() < 2:
            yield "too few officers"
        for member in members:
            officer = Officer.objects.get(pk=member.officer_id)
            if officer.agency_id != filing.agency_id or officer.category != "officer":
                yield "not an officer of the agency"
            held = Certificate.objects.filter(
                officer=officer, status="active", valid_from__lte=day, valid_to__gt=day
            )
            if not held.exists():
                yield "no certificate"
            if held.filter(last_checked_on__lt=day - timedelta(days=366)).exists():
                yield "not checked"
            if Certificate.objects.filter(officer=officer, barred_until__gt=day).exists():
                yield "barred"
            if Conflict.objects.filter(officer=officer, subject=filing.subject_id).exists():
                yield "conflict"
            member.certificate = held.first()
            member.save()

    def _items(self, filing):
        day = filing.planned_start.date()
        for named in FilingItem.objects.filter(filing=filing):
            version = named.item_version
            if version.published_on is None or version.published_on > day:
                yield "not published"
            if not LegalBasis.objects.filter(item_version=version).exists():
                yield "no basis"
            if not Claim.objects.filter(agency=filing.agency_id, item=version.item_id).exists():
                yield "not claimed"

    def _visits(self, filing):
        at_subject = Filing.objects.filter(subject=filing.subject_id).exclude(pk=filing.pk)
        at_subject = at_subject.filter(status__in=("submitted", "approved", "on_site", "recorded"))
        this_year = at_subject.filter(planned_start__year=filing.planned_start.year)
        if this_year.filter(agency=filing.agency_id).count() >= CAP:
            yield "cap"
        for days in (1, 7, 30):
            span = timedelta(days=days)
            near = (filing.planned_start - span, filing.planned_start + span)
            if at_subject.filter(planned_start__range=near).count() > CAP:
                yield "crowded"
        if at_subject.filter(items__item_version__in=filing.items.values("item_version")).exists():
            yield "repeated"

    def update(self, instance, validated_data):
        now = timezone.now()
        user = self.context["request"].user
        with transaction.atomic():
            instance.status = "submitted"
            instance.submitted_at = instance.dated_at = now
            instance.submitted_by = user
            instance.version += 1
            instance.save()
            book = Agency.objects.get(pk=instance.agency_id).code
            journal.append(book, "submit", instance, by=Actor(user.username), at=now)
        return instance


class SubmissionViewSet(viewsets.ModelViewSet):
    queryset = Filing.objects.filter(status="draft")
    serializer_class = SubmissionSerializer
