"""A load is repeatable, whole, and refused where it cannot be lawful."""

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.utils import translation

from agencies.ciphering import Concealed
from agencies.models import Region
from config.synthesis import ImpossiblePlan, Plan, YearPresent, load
from config.synthesis.loading import BULK, TABLES, Stage
from config.synthesis.places import PLACES
from config.synthesis.year import Year
from filings.models import Filing, Subject
from tests.config.synthesis.conftest import AT, PLAN


def made_afresh(plan):
    ids = {place.code: number for number, place in enumerate(PLACES, start=1)}
    year = Year(plan, dict.fromkeys(TABLES, 1), ids)
    batches = [*year.registers(), *(rows for some in year.filings() for rows in some)]
    return [(rows.table, rows.text()) for rows in [*batches, year.counters()]]


def as_written(field, value):
    if isinstance(value, Concealed):
        return value.reveal()
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if value is None or isinstance(value, int | str):
        return int(value) if isinstance(value, bool) else value
    return str(value) if isinstance(value, date | Decimal) else value


class TestTheSameSeed:
    def test_gives_the_same_rows_in_any_time_zone(self, monkeypatch, small_pieces):
        first = made_afresh(PLAN)
        try:
            monkeypatch.setenv("TZ", "America/New_York")
            time.tzset()
            assert made_afresh(PLAN) == first
        finally:
            monkeypatch.undo()
            time.tzset()

    def test_is_what_makes_them(self, small_pieces):
        assert made_afresh(replace(PLAN, seed=8)) != made_afresh(PLAN)

    def test_gives_every_database_exactly_the_rows_made(self, loaded):
        expected, _ = loaded
        pieces = [*expected.registers(), *(rows for some in expected.filings() for rows in some)]
        rows_of = {}
        for rows in [*pieces, expected.counters()]:
            rows_of.setdefault(rows.model, []).extend(rows.tuples())
        for model, made in rows_of.items():
            fields = model._meta.concrete_fields
            stored = model.objects.order_by("id").values_list(*[f.attname for f in fields])
            for held, row in zip(stored, made, strict=True):
                for field, value, wanted in zip(fields, held, row, strict=True):
                    if isinstance(field, models.JSONField) and wanted is not None:
                        assert value == json.loads(wanted)
                    elif isinstance(field, models.CharField) and wanted is not None:
                        assert value == str(wanted)
                    else:
                        assert as_written(field, value) == wanted, field.name


class TestALoad:
    def test_leaves_the_tables_as_they_were(self, db):
        def shape():
            with connection.cursor() as cursor:
                return {
                    model: connection.introspection.get_constraints(cursor, model._meta.db_table)
                    for model in BULK
                }

        before = shape()
        load(replace(PLAN, filings=30, subjects=20), at=AT)
        assert shape() == before

    def test_lets_the_next_row_follow(self, loaded):
        last = Subject.objects.order_by("id").last()
        region = Region.objects.get(code="220202")
        with transaction.atomic():
            added = Subject.objects.create(
                kind="place", name="广场", business_address="江边", business_region=region
            )
            transaction.set_rollback(True)
        # Not the very next: SQLite keeps counting from what an earlier test had and took back.
        assert added.pk > last.pk

    def test_is_refused_where_the_year_already_is(self, loaded):
        before = Filing.objects.count()
        with pytest.raises(YearPresent):
            load(PLAN, at=AT)
        assert Filing.objects.count() == before

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            ({"officers": 59}, "officers"),
            ({"items": 29}, "items"),
            ({"subjects": 11}, "subjects"),
            ({"filings": 19}, "filings"),
            ({"agencies": 0}, "agencies"),
            ({"year": 2023}, "2023"),
            ({"year": 1999}, "1999"),
            ({"seed": -1}, "seed"),
        ],
    )
    def test_is_refused_when_no_lawful_year_has_such_numbers(self, change, named):
        with translation.override("en"), pytest.raises(ImpossiblePlan, match=named):
            replace(PLAN, **change).check(AT)

    def test_reports_its_progress(self, db):
        told = {}
        load(
            replace(PLAN, filings=30, subjects=20),
            at=AT,
            progress=lambda stage, done, of, seconds: told.update({stage: (done, of)}),
        )
        assert set(told) == {Stage.REGISTERS.label, Stage.FILINGS.label, Stage.INDEXES.label}
        assert told[Stage.FILINGS.label] == (Filing.objects.count(), Filing.objects.count())

    def test_with_the_fewest_of_everything(self, db):
        plan = Plan(2022, agencies=1, items=1, officers=2, subjects=12, filings=20, seed=0)
        load(plan, at=AT)
        assert Filing.objects.counted().count() == 20


class TestTheCommand:
    def test_loads_what_is_asked_for(self, db, capsys):
        call_command(
            "generate", year=2021, agencies=3, items=9, officers=20, subjects=30, filings=40
        )
        assert Filing.objects.counted().count() == 40
        assert "2021" in capsys.readouterr().out

    def test_says_what_cannot_be(self, db):
        with pytest.raises(CommandError, match="392"):
            call_command("generate", officers=300)
