"""How compiled years and their jobs look from outside."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.body import StrictBody, WholeNumber
from agencies.api.resource import Chosen
from agencies.api.serializers import NamedSerializer
from agencies.calendar import local_date
from agencies.models import Job, Region
from reports import definitions, sentence
from reports.labels import label_of
from reports.models import Compilation


class CompilationRowSerializer(Chosen):
    """One compile in the list, without its figures."""

    region = NamedSerializer()
    job = serializers.UUIDField(source="job_id")
    state = serializers.ChoiceField(choices=Job.State.choices)

    class Meta:
        model = Compilation
        fields = [
            "id",
            "year",
            "region",
            "state",
            "job",
            "ordered_by",
            "ordered_at",
            "as_of",
            "finished_at",
            "row_count",
            "definitions_version",
            "digest",
        ]


class SentenceSerializer(serializers.Serializer):
    zh = serializers.CharField()
    en = serializers.CharField()


@extend_schema_field(
    {"nullable": True, "oneOf": [{"type": "integer"}, {"type": "string", "format": "decimal"}]}
)
class FigureValue(serializers.Field):
    """A whole number, or a decimal number as text."""


class FigureSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    source = serializers.CharField()
    value = FigureValue()


class FigureRowSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class FigureTableSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    source = serializers.CharField()
    rows = FigureRowSerializer(many=True)


class CompilationSerializer(CompilationRowSerializer):
    """One compile with its sentence, totals and tables; these are null or empty until done."""

    sentence = serializers.SerializerMethodField()
    totals = serializers.SerializerMethodField()
    tables = serializers.SerializerMethodField()

    class Meta(CompilationRowSerializer.Meta):
        fields = [*CompilationRowSerializer.Meta.fields, "sentence", "totals", "tables"]

    def get_sentence(self, compilation) -> SentenceSerializer(allow_null=True):
        figures = compilation.found()
        if not figures:
            return None
        return {"zh": sentence.chinese(figures), "en": sentence.english(figures)}

    def get_totals(self, compilation) -> FigureSerializer(many=True):
        totals = compilation.found().get("totals", {})
        return [
            _described(definition) | {"value": totals[definition.name]}
            for definition in definitions.TOTALS
            if totals
        ]

    def get_tables(self, compilation) -> FigureTableSerializer(many=True):
        tables = compilation.found().get("tables", {})
        return [
            _described(definition) | {"rows": _rows(definition.name, tables[definition.name])}
            for definition in definitions.TABLES
            if tables
        ]


def _described(definition):
    return {
        "name": definition.name,
        "label": str(definition.label),
        "definition": str(definition.definition),
        "unit": str(definition.unit),
        "source": definition.source,
    }


def _rows(table, rows):
    return [
        {"code": row["code"], "label": label_of(table, row), "count": row["count"]} for row in rows
    ]


class OrderSerializer(StrictBody):
    """The order of a compile: a year and the code of a region."""

    year = WholeNumber()
    region = serializers.CharField(max_length=12)

    def validate_region(self, code):
        plain = code if code.isascii() and code.isdigit() else ""
        today = local_date(self.context["now"])
        bearing = Region.objects.filter(code=plain).order_by("-valid_from")
        region = bearing.in_force(today).first() or bearing.first()
        if region is None:
            raise serializers.ValidationError(
                _("Nothing bears the code “%(value)s”.") % {"value": code}, "unknown_code"
            )
        return region
