import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Compilation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("period", models.CharField(max_length=24, verbose_name="period")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("ordered_by", models.CharField(max_length=150, verbose_name="ordered by")),
                ("ordered_at", models.DateTimeField(verbose_name="ordered")),
                ("as_of", models.DateTimeField(blank=True, null=True, verbose_name="state of")),
                ("definitions_version", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "row_count",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="filings read"
                    ),
                ),
                ("figures", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest")),
                ("heads", models.TextField(blank=True)),
                ("facts", models.BinaryField(null=True)),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="compilation",
                        to="agencies.job",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="compilations",
                        to="agencies.region",
                        verbose_name="region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=24, verbose_name="period")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("proposed_name", models.CharField(max_length=150, verbose_name="proposed by")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                (
                    "sealed_name",
                    models.CharField(blank=True, max_length=150, verbose_name="sealed by"),
                ),
                ("sealed_at", models.DateTimeField(blank=True, null=True, verbose_name="sealed")),
                ("manifest", models.TextField(blank=True)),
                ("signature", models.CharField(blank=True, max_length=88)),
                ("public_key", models.CharField(blank=True, max_length=44)),
                ("leaves", models.BinaryField(null=True)),
                ("changes", models.TextField(blank=True)),
                (
                    "compilation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="reports.compilation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals_proposed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="agencies.region",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="compilation",
            index=models.Index(fields=["region", "-year", "-id"], name="compilation_of_region"),
        ),
        migrations.AddIndex(
            model_name="compilation",
            index=models.Index(fields=["period", "region", "-id"], name="compilation_of_period"),
        ),
        migrations.AddConstraint(
            model_name="compilation",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                name="compilation_year_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="compilation",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))),
                name="compilation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="compilation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("as_of", None),
                        ("digest", ""),
                        ("figures", ""),
                        ("finished_at", None),
                        ("row_count", None),
                    ),
                    models.Q(
                        ("as_of__isnull", False),
                        ("definitions_version__isnull", False),
                        ("digest__regex", "^[0-9a-f]{64}$"),
                        ("finished_at__isnull", False),
                        ("row_count__isnull", False),
                        models.Q(("figures", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="compilation_is_whole_or_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.UniqueConstraint(
                fields=("region", "period", "version"), name="one_seal_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sealed_at", None)),
                fields=("region", "period"),
                name="one_open_proposal_per_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposed_by", None),
                    ("sealed_by", None),
                    models.Q(("proposed_by", models.F("sealed_by")), _negated=True),
                    _connector="OR",
                ),
                name="seal_needs_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("leaves", None), ("manifest", ""), ("sealed_at", None), ("signature", "")
                    ),
                    models.Q(
                        ("leaves__isnull", False),
                        ("sealed_at__isnull", False),
                        models.Q(("manifest", ""), _negated=True),
                        models.Q(("signature", ""), _negated=True),
                        models.Q(("public_key", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="seal_is_whole_or_open",
            ),
        ),
    ]
