"""Questions asked of the register of authorities."""

from django.db import models
from django.db.models import Exists, OuterRef, Q


def in_force_q(on, prefix=""):
    """The condition that a dated row covers the day `on`, seen through `prefix`."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def called_q(text, *codes, prefix=""):
    """The condition that the name, seen through `prefix`, or its pinyin holds `text`.

    Of `codes`, paths to columns in capitals, one that begins with it will do as well.
    """
    wanted = text.strip()
    found = Q(**{f"{prefix}name__icontains": wanted})
    found |= Q(**{f"{prefix}search__contains": wanted.lower()})
    for code in codes:
        found |= Q(**{f"{code}__startswith": wanted.upper()})
    return found


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `valid_from` up to, not including, `valid_to`."""

    def in_force(self, on):
        """Which rows cover the day `on`?"""
        return self.filter(in_force_q(on))


class RegionQuerySet(DatedQuerySet):
    def visible_to(self, authority):
        """Which regions may the holder of `authority` know of: all, when he reads registers."""
        return self if authority.reads_registers() else self.none()

    def under(self, region):
        """Which regions lie in `region`, itself included?"""
        return self.filter(path__startswith=region.path)


class AgencyQuerySet(DatedQuerySet):
    def visible_to(self, authority):
        """Which agencies may the holder of `authority` know of?"""
        return authority.narrow_agencies(self, "")

    def known_to(self, authority):
        """Which agencies may the holder of `authority` name: those he has any office over?"""
        return authority.narrow_agencies(self, "", None)

    def called(self, text):
        """Whose name, pinyin or code holds `text`?"""
        return self.filter(called_q(text, "code", "uscc"))

    def under(self, region):
        """Which agencies belong to `region` or a division of it?"""
        return self.filter(region__path__startswith=region.path)


class ItemQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which items may the holder of `authority` know of: all, when he reads registers."""
        return self if authority.reads_registers() else self.none()

    def in_force(self, on):
        """Which items have a version in force on the day `on`?"""
        return self.filter(in_force_q(on, "versions__")).distinct()

    def called(self, text):
        """Of which items does a version bear `text` in its name, or the item in its code?"""
        versions = self.model._meta.get_field("versions").related_model.objects
        named = versions.filter(called_q(text), item=OuterRef("pk"))
        return self.filter(Exists(named) | Q(code__startswith=text.strip().upper()))


class ItemVersionQuerySet(DatedQuerySet):
    def claimed_by(self, agency, on):
        """Which versions in force may `agency` use on the day `on` (A3)?"""
        return (
            self.in_force(on)
            .filter(in_force_q(on, "item__claims__"), item__claims__agency=agency)
            .distinct()
        )


class OfAgencyQuerySet(DatedQuerySet):
    def visible_to(self, authority):
        """Which rows may the holder of `authority` know of: those of agencies he sees."""
        return authority.narrow_agencies(self, "agency")


class ClaimQuerySet(OfAgencyQuerySet):
    """Claims are known with their agency."""


class OpenRowsQuerySet(models.QuerySet):
    def visible_to(self, authority):
        """Which rows may the holder of `authority` know of: all, when he reads registers."""
        return self if authority.reads_registers() else self.none()


class OpenQuerySet(OpenRowsQuerySet, DatedQuerySet):
    """Dated rows that are everybody's who reads registers."""


class EventQuerySet(models.QuerySet):
    def about(self, obj):
        """The history of one object, oldest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by("id")


class JobQuerySet(models.QuerySet):
    def live(self):
        """Which jobs are waiting or running?"""
        return self.filter(state__in=["queued", "running"])

    def due(self, now):
        """Which jobs may a worker take: queued, or running with a lease that ran out?"""
        return self.filter(Q(state="queued") | Q(state="running", lease_until__lt=now))
