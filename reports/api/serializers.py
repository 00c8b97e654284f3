"""How compiled years and their jobs look from outside."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.body import StrictBody, WholeNumber
from agencies.api.resource import Chosen
from agencies.api.serializers import NamedSerializer
from agencies.calendar import local_date
from agencies.models import Job, Region
from reports import defined, sentence
from reports.actions import last_year
from reports.labels import check_label, label_of
from reports.models import Compilation
from reports.periods import parse


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
            "period",
            "first_on",
            "last_on",
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
    """One row; `cells` has a number per column, null where there is no such power or too few.

    A column that is a share of two others holds its percentage as text.
    """

    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    cells = serializers.DictField(child=FigureValue(allow_null=True))


class ColumnSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()


class FigureTableSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    source = serializers.CharField()
    columns = ColumnSerializer(many=True)
    rows = FigureRowSerializer(many=True)


class IndicatorSerializer(serializers.Serializer):
    """One figure divided by another; `value` is null where there is too little to divide."""

    name = serializers.CharField()
    label = serializers.CharField()
    definition = serializers.CharField()
    percent = serializers.BooleanField()
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField()
    value = serializers.CharField(allow_null=True)


class SumCheckSerializer(serializers.Serializer):
    """A sum that was compared with a total; they are equal in every published compile."""

    code = serializers.CharField()
    label = serializers.CharField()
    sum = serializers.IntegerField()
    total = serializers.IntegerField()


class BehindSerializer(serializers.Serializer):
    """One filing behind a figure, or left out of it, and where it stood when it was counted."""

    id = serializers.IntegerField()
    number = serializers.CharField(allow_null=True)
    agency = serializers.CharField()
    subject = serializers.CharField()
    dated_at = serializers.DateTimeField()
    standing = serializers.CharField()
    times = serializers.IntegerField(help_text="How often it counts; 0 for one left out.")
    reason = serializers.CharField(help_text="Why it is left out; empty for one counted.")
    told = serializers.CharField(help_text="The reason in words.")


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class BehindPageSerializer(serializers.Serializer):
    """How many filings a figure counts and leaves out, and one page of them.

    `figure` is the figure itself; it is greater where a filing may have several items, alerts or
    cases.
    """

    figure = serializers.IntegerField()
    counted = serializers.IntegerField()
    left_out = serializers.IntegerField()
    reasons = ReasonSerializer(many=True)
    results = BehindSerializer(many=True)
    next = serializers.IntegerField(allow_null=True)


class EntrySerializer(serializers.Serializer):
    """One entry of a register; `shelf` names the register, empty for a drawn subject."""

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    name = serializers.CharField()
    shelf = serializers.CharField()


class EntryPageSerializer(serializers.Serializer):
    """How many entries of the registers a figure counts, and one page of them."""

    count = serializers.IntegerField()
    results = EntrySerializer(many=True)
    next = serializers.IntegerField(allow_null=True)


class CompilationSerializer(CompilationRowSerializer):
    """One compile with its sentence, totals and tables; these are null or empty until done."""

    sentence = serializers.SerializerMethodField()
    totals = serializers.SerializerMethodField()
    tables = serializers.SerializerMethodField()
    indicators = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    class Meta(CompilationRowSerializer.Meta):
        fields = [
            *CompilationRowSerializer.Meta.fields,
            "sentence",
            "totals",
            "tables",
            "indicators",
            "missing",
            "checks",
        ]

    def get_sentence(self, compilation) -> SentenceSerializer(allow_null=True):
        figures = compilation.found()
        if not figures:
            return None
        return {"zh": sentence.chinese(figures), "en": sentence.english(figures)}

    def get_totals(self, compilation) -> FigureSerializer(many=True):
        figures = compilation.found()
        return [
            _described(one) | {"value": figures["totals"][one.name]}
            for one in defined.totals(figures)
        ]

    def get_tables(self, compilation) -> FigureTableSerializer(many=True):
        figures = compilation.found()
        return [
            _described(definition)
            | {
                "columns": [
                    {"name": one.name, "label": str(one.label)} for one in definition.heads
                ],
                "rows": _rows(definition, figures["tables"][definition.name]),
            }
            for definition in defined.tables(figures)
        ]

    def get_indicators(self, compilation) -> IndicatorSerializer(many=True):
        return [
            {
                "name": one.name,
                "label": str(one.label),
                "definition": str(one.definition),
                "percent": one.percent,
                **{name: row[name] for name in ("numerator", "denominator", "value")},
            }
            for one, row in defined.indicators(compilation.found()).items()
        ]

    def get_missing(self, compilation) -> FigureSerializer(many=True):
        found = defined.missing(compilation.found())
        return [_described(one) | {"value": count} for one, count in found.items()]

    def get_checks(self, compilation) -> SumCheckSerializer(many=True):
        rows = compilation.found().get("checks", ())
        return [row | {"label": check_label(row["code"])} for row in rows]


def _described(definition):
    return {
        "name": definition.name,
        "label": str(definition.label),
        "definition": str(definition.definition),
        "unit": str(definition.unit),
        "source": definition.source,
    }


def _rows(table, rows):
    names = [one.name for one in table.heads]
    return [
        {
            "code": row["code"],
            "label": label_of(table.name, row),
            "count": row[names[0]],
            "cells": {name: row[name] for name in names},
        }
        for row in rows
    ]


class OrderSerializer(StrictBody):
    """The order of a compile: a year or a period, and the code of a region."""

    year = WholeNumber(required=False)
    period = serializers.CharField(max_length=40, required=False)
    region = serializers.CharField(max_length=12)
    full = serializers.BooleanField(
        default=False, help_text="Read every filing again, as sealing needs it."
    )

    def validate(self, said):
        if ("year" in said) == ("period" in said):
            raise serializers.ValidationError(
                {"year": [_("Give either a year or a period.")]}, "year_or_period"
            )
        text = said.get("period") or f"{said['year']:04d}"
        return said | {"period": parse(text, last_year=last_year(self.context["now"]))}

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
