import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("officers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("pool", models.TextField()),
                ("pool_hash", models.CharField(max_length=64, verbose_name="hash of the pool")),
                ("candidates", models.PositiveIntegerField(verbose_name="candidates")),
                ("excluded", models.JSONField(default=list)),
                ("secret", models.CharField(max_length=64)),
                ("commitment", models.CharField(max_length=64, verbose_name="commitment")),
                ("public_source", models.CharField(max_length=200, verbose_name="public number")),
                ("public_on", models.DateField(verbose_name="known on")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                ("frozen_by", models.CharField(max_length=150)),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="the number")),
                ("seed", models.CharField(blank=True, max_length=64, verbose_name="seed")),
                ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="drawn")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="agencies.agency",
                        verbose_name="agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("native", "Filed here"), ("imported", "Imported")],
                        default="native",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
                (
                    "source_id",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="identifier at the source"
                    ),
                ),
                ("raw", models.JSONField(blank=True, null=True, verbose_name="row as imported")),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=50, null=True, unique=True, verbose_name="number"
                    ),
                ),
                (
                    "code_digest",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                ("code_revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("on_site", "On site"),
                            ("recorded", "Recorded"),
                            ("confirmed", "Confirmed"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                            ("refused", "Refused by the subject"),
                            ("terminated", "Terminated"),
                            ("voided", "Voided"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("dated_at", models.DateTimeField(verbose_name="date")),
                (
                    "check_type",
                    models.CharField(
                        choices=[
                            ("daily", "Daily inspection"),
                            ("case", "Case inspection"),
                            ("special", "Special inspection"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("double_random", models.BooleanField(default=False, verbose_name="double-random")),
                ("unannounced", models.BooleanField(default=False, verbose_name="unannounced")),
                ("recheck", models.BooleanField(default=False, verbose_name="re-check")),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("annual_plan", "Annual plan"),
                            ("double_random", "Double-random draw"),
                            ("complaint", "Complaint or report"),
                            ("assigned", "Assigned or transferred"),
                            ("monitoring", "Data monitoring"),
                            ("requested", "Requested by the enterprise"),
                            ("superior", "Ordered by a superior"),
                            ("media", "Media report"),
                            ("emergency", "Emergency"),
                            ("recheck", "Re-check after rectification"),
                            ("permit", "Verification for a permit"),
                            ("other", "Other, as given by the source"),
                        ],
                        max_length=16,
                        verbose_name="trigger",
                    ),
                ),
                (
                    "trigger_source",
                    models.CharField(blank=True, max_length=80, verbose_name="source number"),
                ),
                (
                    "plan_number",
                    models.CharField(blank=True, max_length=80, verbose_name="plan number"),
                ),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                ("planned_start", models.DateTimeField(verbose_name="planned start")),
                ("planned_end", models.DateTimeField(verbose_name="planned end")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("on_site", "On-site inspection"),
                            ("documents", "Examination of documents"),
                            ("relied_on", "Another agency's result or expert opinion"),
                            ("testing", "Testing"),
                            ("network", "Online monitoring"),
                            ("commissioned", "Commissioned professional body"),
                        ],
                        default="on_site",
                        max_length=14,
                        verbose_name="method",
                    ),
                ),
                (
                    "on_site_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why on site"),
                ),
                (
                    "assistants",
                    models.PositiveSmallIntegerField(default=0, verbose_name="assistants"),
                ),
                (
                    "third_party",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="third party and its task"
                    ),
                ),
                ("emergency", models.BooleanField(default=False, verbose_name="emergency")),
                (
                    "back_filed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="back-filed"),
                ),
                (
                    "back_fill_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason for back-filing"
                    ),
                ),
                (
                    "reported_to",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="reported by word of mouth to"
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="network or system fault"
                    ),
                ),
                (
                    "unlocked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="late back-filing unlocked"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="submitted"),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="approved"),
                ),
                (
                    "approval_kind",
                    models.CharField(
                        blank=True,
                        choices=[("before", "Before the visit"), ("after", "After the visit")],
                        max_length=6,
                        verbose_name="approval",
                    ),
                ),
                ("approval_opinion", models.TextField(blank=True, verbose_name="opinion")),
                (
                    "notice_served_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="notice served"),
                ),
                (
                    "notice_channel",
                    models.CharField(blank=True, max_length=20, verbose_name="notice channel"),
                ),
                (
                    "nth_of_agency",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="which visit by the agency this year"
                    ),
                ),
                (
                    "nth_of_all",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="which visit by anyone this year"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="agencies.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings_approved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings_created",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings_by_entrusted",
                        to="agencies.agency",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings_submitted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpg", "JPEG picture"),
                            ("png", "PNG picture"),
                            ("pdf", "PDF document"),
                        ],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="filings.filing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="filings.filing",
                    ),
                ),
                (
                    "item_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filing_items",
                        to="agencies.itemversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilingOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lead", models.BooleanField(default=False, verbose_name="lead")),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="officers.certificate",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="filings.filing",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="officers.officer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilingReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="rule")),
                ("text", models.CharField(max_length=500, verbose_name="reason")),
                ("given_at", models.DateTimeField(verbose_name="given")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to="filings.filing",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reasons_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="number_counters",
                        to="agencies.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("no_problem", "No problem found"),
                            ("corrected", "Problem found, corrected on order"),
                            ("pending", "Problem found, to be followed up"),
                            ("no_activity", "No such business activity found"),
                            ("closed_down", "Closed down or in liquidation"),
                            ("uncooperative", "Serious non-cooperation"),
                            ("gone", "Deregistered, revoked or moved away"),
                        ],
                        max_length=14,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "source_outcome",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="outcome at the source"
                    ),
                ),
                (
                    "follow_up",
                    models.CharField(
                        choices=[
                            ("none", "None needed"),
                            ("daily_supervision", "Stopped, reported to daily supervision"),
                            ("rectification", "Rectification ordered"),
                            ("transferred", "Clue transferred to a case-handling body"),
                            ("copied", "Copied to the departments concerned"),
                            ("other", "Other"),
                        ],
                        default="none",
                        max_length=18,
                        verbose_name="follow-up",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "complete_record",
                    models.BooleanField(default=True, verbose_name="record complete"),
                ),
                (
                    "enforcement_followed",
                    models.BooleanField(default=False, verbose_name="penalty or measure followed"),
                ),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="rectify by")),
                (
                    "rectified_on",
                    models.DateField(blank=True, null=True, verbose_name="rectified on"),
                ),
                (
                    "finished_on",
                    models.DateField(blank=True, null=True, verbose_name="follow-up finished on"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                ),
                (
                    "delivered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="told to the subject"),
                ),
                (
                    "delivery_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_the_spot", "Signed on the spot"),
                            ("unsigned", "On the spot, not signed"),
                            ("electronic", "Electronically"),
                            ("post", "By post"),
                        ],
                        max_length=12,
                        verbose_name="channel of delivery",
                    ),
                ),
                (
                    "delivered_to",
                    models.CharField(blank=True, max_length=60, verbose_name="received by"),
                ),
                (
                    "delivery_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note on the delivery"
                    ),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="published on"),
                ),
                (
                    "publication_withheld",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is not published"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results_confirmed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "filing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="filings.filing",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results_recorded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="rectify by")),
                ("report", models.TextField(verbose_name="report")),
                ("reported_at", models.DateTimeField(verbose_name="reported")),
                (
                    "rechecked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="re-checked"),
                ),
                ("passed", models.BooleanField(blank=True, null=True, verbose_name="passed")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "rechecked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications_entered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="filings.result",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=200, verbose_name="clause")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("critical", "Critical"),
                            ("serious", "Serious"),
                            ("minor", "Minor"),
                        ],
                        max_length=8,
                        verbose_name="severity",
                    ),
                ),
                (
                    "text",
                    models.CharField(blank=True, max_length=500, verbose_name="what was found"),
                ),
                ("count", models.PositiveSmallIntegerField(default=1, verbose_name="how many")),
                (
                    "filing_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="filings.filingitem",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="filings.result",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(verbose_name="before")),
                ("after", models.JSONField(verbose_name="after")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("corrected_at", models.DateTimeField(verbose_name="corrected")),
                (
                    "corrected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="filings.result",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="rule")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("hard", "Stops the filing"),
                            ("reason", "Stops unless a reason is given"),
                            ("warn", "Raises an alert"),
                            ("off", "Not applied"),
                        ],
                        max_length=6,
                        verbose_name="severity",
                    ),
                ),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="thresholds")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_settings",
                        to="agencies.region",
                        verbose_name="region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("self_employed", "Self-employed business"),
                            ("cooperative", "Farmers' cooperative"),
                            ("institution", "Public institution"),
                            ("social", "Social organisation"),
                            ("place", "Place"),
                            ("individual", "Individual"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "former_names",
                    models.JSONField(blank=True, default=list, verbose_name="former names"),
                ),
                (
                    "uscc",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        null=True,
                        unique=True,
                        verbose_name="unified social credit code",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
                (
                    "source_id",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="identifier at the source"
                    ),
                ),
                (
                    "legal_representative",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="legal representative"
                    ),
                ),
                (
                    "registered_address",
                    models.CharField(blank=True, max_length=300, verbose_name="registered address"),
                ),
                (
                    "business_address",
                    models.CharField(blank=True, max_length=300, verbose_name="business address"),
                ),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                ),
                ("industry", models.CharField(blank=True, max_length=5, verbose_name="industry")),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("large", "Large"),
                            ("medium", "Medium"),
                            ("small", "Small"),
                            ("micro", "Micro"),
                        ],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("active", "In operation"),
                            ("revoked", "Licence revoked"),
                            ("cancelled", "Deregistered"),
                            ("moved", "Moved away"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="registration status",
                    ),
                ),
                (
                    "credit_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A, low risk"),
                            ("B", "B, average"),
                            ("C", "C, fairly high risk"),
                            ("D", "D, high risk"),
                        ],
                        max_length=1,
                        verbose_name="credit class",
                    ),
                ),
                (
                    "risk_class",
                    models.CharField(blank=True, max_length=20, verbose_name="risk class"),
                ),
                (
                    "whitelisted_from",
                    models.DateField(blank=True, null=True, verbose_name="whitelisted from"),
                ),
                (
                    "whitelisted_to",
                    models.DateField(blank=True, null=True, verbose_name="whitelisted to"),
                ),
                (
                    "key_supervision",
                    models.BooleanField(default=False, verbose_name="under key supervision"),
                ),
                ("search", models.CharField(blank=True, db_index=True, max_length=400)),
                (
                    "business_region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="agencies.region",
                        verbose_name="business region",
                    ),
                ),
                (
                    "registered_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registered_subjects",
                        to="agencies.region",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="filing",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="filings.subject",
                verbose_name="subject",
            ),
        ),
        migrations.CreateModel(
            name="DrawnSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("stratum", models.CharField(max_length=10)),
                ("officers", models.JSONField(default=list)),
                ("set_aside_at", models.DateTimeField(blank=True, null=True)),
                ("set_aside_order", models.PositiveIntegerField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="filings.draw",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="filings.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "Party or near relative of one"),
                            ("interest", "Own interest or that of a near relative"),
                            ("other", "Other relation that may affect fairness"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="officers.officer",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="filings.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="rule")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("hard", "Stops the filing"),
                            ("reason", "Stops unless a reason is given"),
                            ("warn", "Raises an alert"),
                            ("off", "Not applied"),
                        ],
                        max_length=6,
                        verbose_name="severity",
                    ),
                ),
                ("about", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=500)),
                ("numbers", models.JSONField(blank=True, default=dict)),
                (
                    "heard_by",
                    models.CharField(
                        choices=[
                            ("officer", "Officer"),
                            ("approver", "Approver"),
                            ("clerk", "Clerk"),
                            ("supervisor", "Supervisor"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        default="supervisor",
                        max_length=13,
                        verbose_name="goes up to",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="raised")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="handled")),
                (
                    "result",
                    models.CharField(blank=True, max_length=500, verbose_name="what was done"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="agencies.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts_handled",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="filings.filing",
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="filings.rulesetting",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="filings.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupervisionCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complaint", "Complaint"),
                            ("refusal", "Lawful refusal"),
                            ("recusal", "Request for recusal"),
                            ("bad_rating", "Bad rating"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("justice", "Justice bureau"),
                            ("environment", "Soft-environment office"),
                        ],
                        max_length=12,
                        verbose_name="office",
                    ),
                ),
                (
                    "reference",
                    models.CharField(max_length=20, unique=True, verbose_name="reference"),
                ),
                ("grounds", models.JSONField(default=list, verbose_name="grounds")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("contact", models.CharField(blank=True, max_length=100, verbose_name="contact")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Upheld"),
                            ("partly", "Upheld in part"),
                            ("unfounded", "Not upheld"),
                            ("unclear", "Could not be established"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="agencies.agency",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="filings.filing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receiver", models.CharField(max_length=200, verbose_name="receiving body")),
                ("matter", models.TextField(verbose_name="matter")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="received"),
                ),
                (
                    "received_by",
                    models.CharField(blank=True, max_length=60, verbose_name="received by"),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="filings.result",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="register")),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                ("place", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("rules", models.TextField(blank=True, verbose_name="map")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="judged")),
                ("rows_read", models.PositiveIntegerField(default=0, verbose_name="rows read")),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="accepted")),
                ("present", models.PositiveIntegerField(default=0, verbose_name="already present")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
                ("encoding", models.CharField(blank=True, max_length=20, verbose_name="encoding")),
                ("faults", models.JSONField(blank=True, default=list)),
                ("refusal", models.TextField(blank=True)),
                ("refused_place", models.CharField(blank=True, max_length=100)),
                (
                    "batch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upload",
                        to="agencies.importbatch",
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upload",
                        to="agencies.job",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="arrived")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left")),
                (
                    "recorded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="arrival recorded"),
                ),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                ),
                (
                    "accuracy",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="accuracy in metres"
                    ),
                ),
                (
                    "scan_of",
                    models.CharField(
                        choices=[
                            ("filing", "The filing's code"),
                            ("subject", "The subject's code"),
                            ("none", "No scan"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="scan",
                    ),
                ),
                (
                    "code_shown",
                    models.BooleanField(default=False, verbose_name="code shown before the start"),
                ),
                (
                    "certificates_shown",
                    models.BooleanField(default=False, verbose_name="certificates shown"),
                ),
                (
                    "late_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason for late recording"
                    ),
                ),
                ("joint", models.BooleanField(default=False, verbose_name="joint visit")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="filings.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("tags", models.JSONField(blank=True, default=list, verbose_name="tags")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("rated_on", models.DateField(verbose_name="rated on")),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rating",
                        to="filings.visit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="filing",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="filings.visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("drawn_at", None), ("number", ""), ("seed", "")),
                    models.Q(
                        ("drawn_at__isnull", False),
                        models.Q(("number", ""), _negated=True),
                        models.Q(("seed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="draw_is_drawn_whole_or_not_at_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                fields=("agency", "year", "name"), name="draw_name_once_per_agency_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("filing", "sha256"), name="evidence_once_per_filing"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="evidence_has_its_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("size__lte", 10485760)),
                name="evidence_is_of_a_size_we_keep",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingitem",
            constraint=models.UniqueConstraint(
                fields=("filing", "item_version"), name="item_once_per_filing"
            ),
        ),
        migrations.AddConstraint(
            model_name="filingofficer",
            constraint=models.UniqueConstraint(
                fields=("filing", "officer"), name="officer_once_per_filing"
            ),
        ),
        migrations.AddConstraint(
            model_name="filingofficer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lead", True)), fields=("filing",), name="one_lead_per_filing"
            ),
        ),
        migrations.AddConstraint(
            model_name="filingreason",
            constraint=models.UniqueConstraint(
                fields=("filing", "code"), name="one_reason_per_rule"
            ),
        ),
        migrations.AddConstraint(
            model_name="filingreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="reason_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="numbercounter",
            constraint=models.UniqueConstraint(
                fields=("agency", "year"), name="one_counter_per_agency_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "no_problem"), _negated=True),
                    ("follow_up", "none"),
                    _connector="OR",
                ),
                name="no_problem_needs_no_follow_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("follow_up", "rectification"), _negated=True),
                    ("rectify_by__isnull", False),
                    _connector="OR",
                ),
                name="rectification_has_a_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_on", None), ("publication_withheld", ""), _connector="OR"
                ),
                name="result_is_published_or_withheld",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rechecked_at", None)),
                fields=("result",),
                name="one_open_rectification_per_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("passed", None), ("rechecked_at", None), ("rechecked_by", None)),
                    models.Q(
                        ("passed__isnull", False),
                        ("rechecked_at__gte", models.F("reported_at")),
                        ("rechecked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="recheck_says_whether_it_passed",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0)), name="finding_counts_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="correction_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True),
                name="correction_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region__isnull", False), ("valid_to", None)),
                fields=("code", "region"),
                name="one_open_setting_per_rule_and_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region", None), ("valid_to", None)),
                fields=("code",),
                name="one_open_setting_per_rule_everywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="rule_setting_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="rule_setting_names_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True),
                fields=("source", "source_id"),
                name="subject_once_per_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc", None),
                    ("uscc__regex", "^[1-9ANY][0-9A-HJ-NPQRTUWXY]{17}$"),
                    ("uscc__regex", "^[0-9]{15}$"),
                    _connector="OR",
                ),
                name="subject_code_has_the_form_of_gb32100",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc__isnull", False),
                    models.Q(("source", ""), _negated=True),
                    models.Q(("business_address", ""), _negated=True),
                    _connector="OR",
                ),
                name="subject_can_be_identified",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("whitelisted_to", None),
                    ("whitelisted_to__gt", models.F("whitelisted_from")),
                    _connector="OR",
                ),
                name="whitelisting_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnsubject",
            constraint=models.UniqueConstraint(
                fields=("draw", "subject"), name="subject_drawn_once_per_draw"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnsubject",
            constraint=models.UniqueConstraint(
                fields=("draw", "place"), name="one_subject_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnsubject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("set_aside_at", None), ("set_aside_order", None)),
                    models.Q(
                        ("set_aside_at__isnull", False),
                        ("set_aside_order__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="subject_is_set_aside_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("officer", "subject"),
                name="one_open_conflict_per_officer_and_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="conflict_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["agency", "-created_at"], name="alert_of_agency"),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["-created_at", "-id"], name="alert_by_date"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("about", "code"), name="one_alert_per_thing_and_rule"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at", None), ("handled_by", None), ("result", "")),
                    models.Q(
                        ("handled_at__isnull", False),
                        ("handled_by__isnull", False),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="handled_alert_says_what_was_done",
            ),
        ),
        migrations.AddIndex(
            model_name="supervisioncase",
            index=models.Index(fields=["agency", "-opened_at"], name="case_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="supervisioncase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at", None),
                        ("answered_by", None),
                        ("outcome", ""),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answered_case_says_how_it_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("receiver", ""), _negated=True),
                name="transfer_names_its_receiver",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_at", None), ("received_by", "")),
                    models.Q(
                        ("received_at__gte", models.F("sent_at")),
                        models.Q(("received_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="receipt_says_by_whom_and_when",
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["uploaded_by", "-id"], name="upload_of_account"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rows_read",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("accepted"), "+", models.F("present")
                            ),
                            "+",
                            models.F("refused"),
                        ),
                    )
                ),
                name="upload_accounts_for_every_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at", None), ("left_at__gte", models.F("arrived_at")), _connector="OR"
                ),
                name="visit_ends_after_arrival",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arrived_at", None), ("recorded_at__isnull", False), _connector="OR"
                ),
                name="arrival_is_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 5)),
                name="rating_has_one_of_five_levels",
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=["agency", "status", "-dated_at", "-id"], name="filing_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["agency", "-dated_at", "-id"], name="filing_of_agency"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["-dated_at", "-id"], name="filing_by_date"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["subject", "-dated_at"], name="filing_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", "imported")),
                fields=("source", "source_id"),
                name="imported_filing_once_per_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "native"), ("raw", None)),
                    models.Q(
                        ("number", None),
                        ("origin", "imported"),
                        models.Q(("source", ""), _negated=True),
                        models.Q(("source_id", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="imported_filing_keeps_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_end__gt", models.F("planned_start")),
                    ("origin", "imported"),
                    _connector="OR",
                ),
                name="planned_window_has_a_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "imported"),
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(
                        ("emergency", True),
                        ("number", None),
                        ("status__in", ["on_site", "recorded", "refused", "terminated"]),
                    ),
                    ("submitted_at__isnull", False),
                    _connector="OR",
                ),
                name="filing_past_draft_is_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "imported"),
                    models.Q(
                        (
                            "status__in",
                            [
                                "approved",
                                "on_site",
                                "recorded",
                                "confirmed",
                                "closed",
                                "expired",
                                "refused",
                                "voided",
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("emergency", True),
                        ("number", None),
                        ("status__in", ["on_site", "recorded", "refused", "terminated"]),
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("code_digest__isnull", False),
                        ("number__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="approved_filing_has_number_and_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True),
                    ("origin", "imported"),
                    ("closed_at__isnull", False),
                    _connector="OR",
                ),
                name="closed_filing_is_stamped",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emergency", False),
                    ("origin", "imported"),
                    models.Q(
                        ("approval_kind__in", ["", "after"]),
                        models.Q(("back_fill_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="emergency_says_why_and_is_approved_afterwards",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emergency", False),
                    ("origin", "imported"),
                    ("number", None),
                    ("back_filed_at__isnull", False),
                    _connector="OR",
                ),
                name="numbered_emergency_is_back_filed",
            ),
        ),
    ]
