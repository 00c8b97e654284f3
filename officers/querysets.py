"""Questions asked of the people."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from agencies.querysets import called_q
from officers.roles import Permission


def _ahead_q(on, path=""):
    unending = Q(**{f"{path}valid_to": None})
    lasting = Q(**{f"{path}valid_to__gt": on})
    return unending | lasting & Q(**{f"{path}valid_to__gt": F(f"{path}valid_from")})


def appointed_q(on, path=""):
    """The condition that the appointment reached by `path` is confirmed and covers the day `on`."""
    begun = {f"{path}valid_from__lte": on, f"{path}confirmed_at__isnull": False}
    return _ahead_q(on, path) & Q(**begun)


class AccountQuerySet(models.QuerySet):
    def appointed(self, on):
        """The accounts with what they are appointed to on the day `on`: a row for each as `held`.

        One of whom nothing is in force has a row too, without `held`.
        """
        held = FilteredRelation("appointments", condition=appointed_q(on, "appointments__"))
        return (
            self.annotate(held=held)
            .select_related("second_factor", "held__agency__region", "held__region")
            .order_by("held__pk")
        )


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, on):
        """Which appointments are confirmed and cover the day `on`?"""
        return self.filter(appointed_q(on))

    def open(self, on):
        """Which appointments are not over by the day `on`, whether or not they have begun?"""
        return self.filter(_ahead_q(on))

    def waiting(self, on):
        """Which appointments still need the word of a second security administrator?"""
        return self.open(on).filter(confirmed_at=None)


class NominationQuerySet(models.QuerySet):
    def waiting(self):
        """Which are to be decided?"""
        return self.filter(decided_at=None, withdrawn_at=None)

    def visible_to(self, authority):
        """All to one who decides; to others their own, and those for their agency or region."""
        if authority.may(Permission.ACCOUNT_MANAGE):
            return self
        seen = Q(pk__in=[])
        for held in authority.granting(Permission.OFFICE_NOMINATE):
            if held.agency_id is not None:
                seen |= Q(agency=held.agency_id)
            else:
                seen |= Q(agency__region__path__startswith=held.region.path)
                seen |= Q(region__path__startswith=held.region.path)
        return self.filter(seen)


class BreakGlassQuerySet(models.QuerySet):
    def broken_for(self, account, at):
        """Through which glasses does `account` read at the moment?"""
        lately = self.filter(account=account, closed_at=None, opened_at__lte=at)
        rows = lately.filter(opened_at__gt=at - timedelta(hours=1)).select_related("agency__region")
        return [one for one in rows.order_by("pk") if one.ends_at > at]

    def visible_to(self, authority):
        """Of which does the holder of `authority` know: his own, all to open, his agencies'?"""
        if authority.may(Permission.GLASS_OPEN):
            return self
        if authority.may(Permission.GLASS_ASK):
            return self.filter(account=authority.account)
        told = self.filter(opened_at__isnull=False)
        return authority.narrow_agencies(told, "agency", Permission.GLASS_READ)


class OfficerQuerySet(models.QuerySet):
    def in_service(self, on):
        """Who is under management on the day `on`: joined, and not left?"""
        return self.filter(Q(left_on=None) | Q(left_on__gt=on), joined_on__lte=on)

    def called(self, text):
        """Whose name, pinyin, staff number or certificate number holds `text`?"""
        held = self.model._meta.get_field("certificates").related_model.objects
        numbered = held.filter(number=text.strip().upper(), officer=OuterRef("pk"))
        return self.filter(called_q(text, "code") | Exists(numbered))

    def certified(self, on):
        """Who holds an active certificate valid on the day `on` (R-OFF-1)?"""
        held = self.model._meta.get_field("certificates").related_model.objects.valid(on)
        return self.filter(Exists(held.filter(officer=OuterRef("pk"))))

    def visible_to(self, authority):
        """Which officers may the holder of `authority` know of?"""
        return authority.narrow_agencies(self, "agency")


class CertificateQuerySet(models.QuerySet):
    def valid(self, on):
        """Which certificates are active and within their dates on the day `on`?"""
        return self.filter(status="active", valid_from__lte=on, valid_to__gte=on)
