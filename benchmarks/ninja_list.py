"""The comparison program of the list in django-ninja: schemas, pages of fifty, fetched ahead."""

from datetime import date, datetime, timedelta

from ninja import ModelSchema, NinjaAPI, Schema
from ninja.pagination import PageNumberPagination, paginate

from agencies import walls
from agencies.calendar import midnight
from agencies.models import Agency
from filings.models import Filing, Subject

api = NinjaAPI(urls_namespace="ninja", docs_url=None, openapi_url=None)


class AgencyOut(ModelSchema):
    class Meta:
        model = Agency
        fields = ["code", "name"]


class SubjectOut(ModelSchema):
    class Meta:
        model = Subject
        fields = ["id", "name", "uscc"]


class ItemOut(Schema):
    code: str
    name: str
    version: int

    @staticmethod
    def resolve_code(row):
        return row.item_version.item.code

    @staticmethod
    def resolve_name(row):
        return row.item_version.name

    @staticmethod
    def resolve_version(row):
        return row.item_version.version


class OfficerOut(Schema):
    id: int
    code: str
    name: str
    lead: bool

    @staticmethod
    def resolve_id(row):
        return row.officer_id

    @staticmethod
    def resolve_code(row):
        return row.officer.code

    @staticmethod
    def resolve_name(row):
        return row.officer.name


class FilingOut(ModelSchema):
    type: str
    agency: AgencyOut
    subject: SubjectOut
    items: list[ItemOut]
    officers: list[OfficerOut]
    dated_at: datetime

    @staticmethod
    def resolve_type(row):
        return row.check_type

    @staticmethod
    def resolve_items(row):
        return row.items.all()

    @staticmethod
    def resolve_officers(row):
        return row.members.all()

    class Meta:
        model = Filing
        fields = [
            "id", "number", "origin", "status", "version", "trigger", "double_random",
            "unannounced", "recheck", "emergency", "place", "planned_start", "planned_end",
        ]  # fmt: skip


@api.get("/filings/", response=list[FilingOut])
@paginate(PageNumberPagination, page_size=50)
def filings(
    request,
    agency: str = "",
    status: str = "",
    dated_after: date | None = None,
    dated_before: date | None = None,
):
    """One page of filings, newest first; it asks nobody's scope."""
    walls.narrow(walls.EVERYTHING)
    asked = {"agency__code": agency, "status": status}
    if dated_after:
        asked["dated_at__gte"] = midnight(dated_after)
    if dated_before:
        asked["dated_at__lt"] = midnight(dated_before + timedelta(days=1))
    rows = Filing.objects.filter(**{name: value for name, value in asked.items() if value})
    ahead = ("items__item_version__item", "members__officer")
    newest = rows.order_by("-dated_at", "-id")
    return newest.select_related("agency", "subject").prefetch_related(*ahead)


urlpatterns = api.urls[0]
for one in urlpatterns:
    one.callback.login_required = False
