import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
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
            options={
                "indexes": [
                    models.Index(fields=["region", "-year", "-id"], name="compilation_of_region")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                        name="compilation_year_is_plausible",
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
    ]
