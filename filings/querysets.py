"""Questions asked of filings and of those they concern."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from agencies import walls
from agencies.querysets import DatedQuerySet
from officers.roles import Permission, Role

# What makes up the year's sum: filed here, numbered, not withdrawn (D4).
COUNTED = Q(origin="native", number__isnull=False) & ~Q(status="withdrawn")

# Who knows of disposals: one of these is needed.
DISPOSALS_KNOWN_TO = (Permission.DISPOSAL_AGREE, Permission.JOB_MANAGE)

# What an officer only prepares: nobody has been told of it, so it is no filing yet (c.3 row 10).
NEVER_FILED = Q(origin="native", emergency=False, submitted_at=None)


class SubjectQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which subjects may the holder of `authority` know of?

        Those that do business where an appointment stands, and those that were filed upon there.
        """
        filings = self.model._meta.get_field("filings").related_model.objects
        filed = filings.visible_to(authority).filter(subject=OuterRef("pk"))
        return self.filter(authority.inside_regions("business_region") | Exists(filed))

    def around(self, north, east, degrees):
        """Which lie in the square that reaches `degrees` from the point to each side?"""
        return self.filter(
            latitude__range=(north - degrees, north + degrees),
            longitude__range=(east - degrees, east + degrees),
        )

    def called(self, text):
        """Whose name, pinyin or code holds `text`?"""
        wanted = text.strip().lower()
        return self.filter(
            Q(name__icontains=wanted) | Q(search__contains=wanted) | Q(uscc=wanted.upper())
        )


class PastWallsQuerySet(models.QuerySet):
    """Rows read whoever asks; who reads them tells little of them (agencies.walls)."""

    def _fetch_all(self):
        with walls.opened():
            super()._fetch_all()


class FilingQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which filings may the holder of `authority` know of?  What is not here answers 404.

        A draft is known to its agency alone; who oversees a region, or reads through a broken
        glass, begins with the submission.
        """
        seen = authority.narrow_agencies(self, "agency", Permission.FILING_READ)
        held = list(authority.granting(Permission.FILING_READ))
        appointed = (one for one in held if one not in authority.lent)
        own = [one.agency_id for one in appointed if one.agency_id is not None]
        if len(own) == len(held):
            return seen
        return seen.filter(~NEVER_FILED | Q(agency__in=own))

    def under(self, region):
        """Which filings were made by the agencies of `region` and its divisions?"""
        return self.filter(agency__region__path__startswith=region.path)

    def dated_between(self, start, end):
        """Which filings fall into the half-open interval of instants from `start` to `end`?"""
        return self.filter(dated_at__gte=start, dated_at__lt=end)

    def counted(self):
        """Which filings make up the year's sum: filed here, numbered, not given up (D4)?

        A withdrawn or voided filing keeps its number and counts no more.  An emergency counts
        from its approval afterwards on, for only that gives it a number.
        """
        given_up = ["withdrawn", "voided"]
        return self.filter(origin="native", number__isnull=False).exclude(status__in=given_up)

    def overdue(self, now):
        """Whose planned window has passed without a result?"""
        return self.filter(status__in=["approved", "on_site"], planned_end__lt=now)

    def running(self):
        """Which filings may have a deadline that runs: those not done with in every respect?"""
        unpublished = Q(result__published_on=None, result__publication_withheld="")
        waiting = Q(result__transfers__isnull=False, result__transfers__received_at=None)
        elsewhere = Q(across_filed_on=None) & ~Q(
            subject__business_region__path__startswith=F("agency__region__path")
        )
        closed = Q(status="closed") & (unpublished | waiting | elsewhere)
        emergency = Q(emergency=True, number=None, status__in=["refused", "terminated"])
        under_way = Q(status__in=["submitted", "approved", "on_site", "recorded", "confirmed"])
        held = Q(preservations__isnull=False, preservations__decided_at=None)
        running = under_way | closed | emergency | held
        return self.filter(origin="native").filter(running).distinct()

    def planned(self):
        """Which filings wait for their visit, with all that decides who could go together?

        `joint_barred` tells that an item of the filing forbids joint visits.  The plans of other
        agencies are among them; `filings.matching` says what of them is told.
        """
        items = self.model._meta.get_field("items").related_model.objects
        barring = items.filter(filing=OuterRef("pk"), item_version__joint_allowed=False)
        waiting = self.filter(origin="native", status__in=["submitted", "approved"])
        rows = PlannedQuerySet(self.model, query=waiting.query, using=self.db)
        answers = PastWallsQuerySet(self.model._meta.get_field("joint_answers").related_model)
        return (
            rows.annotate(joint_barred=Exists(barring))
            .select_related("agency", "visit")
            .prefetch_related(Prefetch("joint_answers", answers))
            .order_by("planned_start", "pk")
        )

    def with_planned(self):
        """The filings with what is planned at the same subject, as `subject.planned`."""
        planned = Prefetch("subject__filings", self.model.objects.planned(), to_attr="planned")
        return self.select_related("subject").prefetch_related(planned)

    def with_parties(self):
        """The filings with everything a list row shows, in a fixed number of queries."""
        items, members = self.model._meta.get_field("items"), self.model._meta.get_field("members")
        listed = items.related_model.objects.select_related("item_version__item")
        people = members.related_model.objects.select_related("officer")
        return self.select_related("agency", "subject").prefetch_related(
            Prefetch("items", listed), Prefetch("members", people)
        )

    def with_clocks(self):
        """The filings with everything their deadlines depend on."""
        return (
            self.with_planned()
            .select_related("agency__region", "subject__business_region", "visit", "result")
            .prefetch_related("preservations", "result__transfers", "result__rectifications")
        )

    def of_officer(self, officer):
        """In which filings does `officer` take part?"""
        members = self.model._meta.get_field("members").related_model.objects
        return self.filter(Exists(members.filter(filing=OuterRef("pk"), officer=officer)))


class PlannedQuerySet(PastWallsQuerySet, FilingQuerySet):
    """What is planned at a door, by whomever."""


class UploadQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which files may the holder of `authority` see: those he or she brought."""
        return self.filter(uploaded_by=authority.account)


class DrawQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which draws may the holder of `authority` know of: those of agencies he sees."""
        return authority.narrow_agencies(self, "agency")


class CaseQuerySet(models.QuerySet):
    def worked_by(self, authority):
        """Which cases lie with the office of the holder of `authority`, by the agency's line?"""
        seen = Q(pk__in=[])
        for held in authority.granting(Permission.CASE_WORK):
            office = "environment" if held.role == Role.ENVIRONMENT else "justice"
            if held.region is not None:
                path = held.region.path
                seen |= Q(office=office, agency__region__path__startswith=path)
        return self.filter(seen)

    def put_to(self, authority):
        """In which cases was something put to an agency whose head holds `authority`?"""
        mine = authority.agencies(Permission.FILING_DECIDE)
        entries = self.model._meta.get_field("entries").related_model.objects
        told = entries.filter(case=OuterRef("pk"), kind__in=["asked", "released", "appealed"])
        asked = Q(kind="recusal") | Exists(told)
        found_right = Q(kind__in=["complaint", "bad_rating"], outcome__in=["upheld", "partly"])
        return self.filter(asked | found_right, agency__in=mine)

    def may_run(self):
        """Which cases may have a deadline that runs: the open ones, and what is to be mended?"""
        mended = self.model._meta.get_field("entries").related_model.objects.filter(
            case=OuterRef("pk"), kind="mended"
        )
        to_mend = Q(kind__in=["complaint", "bad_rating"], outcome__in=["upheld", "partly"])
        return self.filter(Q(answered_at=None) | (to_mend & ~Exists(mended)))

    def with_entries(self):
        """The cases with everything their deadlines and pages show."""
        entries = self.model._meta.get_field("entries").related_model.objects
        return self.select_related("agency__region", "filing__subject").prefetch_related(
            Prefetch("entries", entries.select_related("by"))
        )


class AlertQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which alerts may the holder of `authority` handle?"""
        return authority.narrow_agencies(self, "agency", Permission.ALERT_HANDLE)

    def open(self):
        """Which alerts has nobody handled yet?"""
        return self.filter(handled_at=None)


class PeriodQuerySet(models.QuerySet):
    def begun(self, on):
        """Which periods began by the day `on`?  The last one of a kind is the one that holds."""
        return self.filter(valid_from__lte=on).order_by("valid_from")


class DisposalQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Those who propose disposals or agree to them know of all: counts of the whole city."""
        knows = any(map(authority.may, DISPOSALS_KNOWN_TO))
        return self if knows else self.none()


class ConflictQuerySet(DatedQuerySet):
    def visible_to(self, authority):
        """Which conflicts may the holder of `authority` know of: those of officers he sees."""
        return authority.narrow_agencies(self, "officer__agency")
