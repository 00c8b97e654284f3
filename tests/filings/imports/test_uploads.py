"""A file is tried without changing anything and then taken in, or not."""

import pytest
from django.core.files.base import ContentFile

from agencies import ciphered_files, jobs
from agencies.authority import NotAuthorised
from agencies.models import Event, ImportBatch, Job
from filings.imports import uploads
from filings.models import Upload
from officers.models import Officer
from tests import factories
from tests.filings.imports.conftest import OFFICERS

Stage = Upload.Stage
TWO = f"{OFFICERS}CYSJ,0901,甲,2020-01-01\nCYSJ,0902,乙,2020-01-01\n"
MIXED = f"{OFFICERS}CYSJ,0901,甲,2020-01-01\nCYSJ,0902,乙,soon\n"


def codes(upload):
    return [(fault["row"], fault["field"], fault["code"]) for fault in upload.faults]


class TestBring:
    def test_waits_for_its_trial(self, bring):
        upload = bring(TWO)

        assert upload.stage == Stage.CHECKING
        assert b"".join(ciphered_files.read(upload.place)) == TWO.encode()
        assert Event.objects.about(upload).get().verb == "bring_file"

    def test_needs_the_keeping_of_that_register(self, bring, inspector):
        with pytest.raises(NotAuthorised):
            bring(TWO, by=inspector)
        assert not Upload.objects.exists()

    def test_leaves_the_catalogue_to_the_region(self, bring):
        with pytest.raises(NotAuthorised):
            bring("code,name\n", "items")

    def test_names_the_kinds_there_are(self, bring):
        with pytest.raises(uploads.UploadUnfit, match="Possible: regions, days, agencies"):
            bring(TWO, "people")

    @pytest.mark.parametrize(("size", "told"), [(0, "empty"), (uploads.LARGEST + 1, "50 MB")])
    def test_refuses_by_size(self, clerk, authority, now, size, told):
        file = ContentFile(b"")
        file.size = size
        brought = uploads.Brought("officers", "rows.csv", file)

        with pytest.raises(uploads.UploadUnfit, match=told) as refused:
            uploads.bring(brought, by=authority(clerk, now.date()), at=now)

        assert refused.value.problems[0].pointer == "file"

    def test_refuses_a_map_that_is_none(self, bring):
        with pytest.raises(uploads.UploadUnfit, match="not valid TOML") as refused:
            bring(TWO, rules="[columns")
        assert refused.value.problems[0].pointer == "map"

    def test_keeps_a_name_that_can_be_shown(self, bring):
        assert bring(TWO, name="../a\u202eb.csv").name == "a_b.csv"


class TestTrial:
    def test_changes_nothing(self, tried, agency):
        upload = tried(TWO)

        assert upload.stage == Stage.CHECKED
        assert (upload.rows_read, upload.accepted, upload.refused) == (2, 2, 0)
        assert upload.job.total == 2
        assert not Officer.objects.filter(agency=agency).exists()
        assert not ImportBatch.objects.exists()

    def test_names_every_refused_row_and_keeps_it_for_correction(self, tried, agency):
        upload = tried(MIXED)

        assert (upload.accepted, upload.refused) == (1, 1)
        assert codes(upload) == [(3, "joined_on", "date")]
        assert b"soon" in b"".join(ciphered_files.read(upload.refused_place))

    def test_says_why_a_file_cannot_be_read_without_naming_the_machine(self, tried):
        upload = tried(b"\xd0\xcf\x11\xe0 old", name="rows.xls")

        assert upload.stage == Stage.UNREADABLE
        assert upload.told_refusal.startswith("rows.xls is an old .xls workbook")

    def test_speaks_the_language_of_whoever_reads_it(self, bring, work, agency):
        with uploads.translation.override("zh-hans"):
            upload = work(bring(MIXED))
            assert upload.told_faults[0]["rule"] == "不是日期"
        assert upload.told_faults[0]["rule"] == "is not a date"
        assert upload.told_faults[0]["mend"] == "Write it as 2022-03-05."

    def test_tells_choices_and_registers_in_that_language_too(self, tried, agency):
        head = "agency,code,name,joined_on,category\n"
        upload = tried(f"{head}CYSJ,1,甲,2020-01-01,boss\nNONE,2,乙,2020-01-01,officer\n")
        choice, unknown = upload.told_faults
        assert "officer Enforcement officer" in choice["mend"]
        assert unknown["rule"] == "agency NONE is not in the register"
        with uploads.translation.override("zh-hans"):
            choice, unknown = upload.told_faults
            assert "officer 执法人员" in choice["mend"]
            assert "机关" in unknown["rule"]

    def test_tells_why_a_file_cannot_be_read_in_that_language(self, tried):
        upload = tried(b"\xd0\xcf\x11\xe0 old", name="rows.xls")
        with uploads.translation.override("zh-hans"):
            assert "an old" not in upload.told_refusal
            assert "rows.xls" in upload.told_refusal

    def test_reads_foreign_columns_by_the_map(self, tried, agency):
        rules = '[columns]\ncode = "no"\n[constants]\nagency = "CYSJ"\njoined_on = "2020-01-01"\n'
        assert tried("no,name\n0901,甲\n", rules=rules).accepted == 1


class TestReach:
    """Nobody brings rows for others."""

    def test_keeps_a_clerk_to_the_own_agency(self, tried, agency, stranger_agency):
        rows = f"{OFFICERS}CYSJ,1,甲,2020-01-01\nTXSJ,1,乙,2020-01-01\n"
        assert codes(tried(rows)) == [(3, "agency", "not_yours")]

    def test_keeps_a_supervisor_to_the_own_region(self, tried, supervisor, district, elsewhere):
        head = "code,name,kind,region,qualified_from,valid_from\n"
        rows = f"{head}AAA,甲局,organ,220202,2020-01-01,2020-01-01\n"
        rows += "BBB,乙局,organ,220302,2020-01-01,2020-01-01\n"
        found = tried(rows, "agencies", by=supervisor)
        assert codes(found) == [(3, "region", "not_yours")]

    def test_lets_a_region_grow_only_below_itself(self, tried, supervisor, district, elsewhere):
        rows = "code,name,kind,parent,valid_from\n"
        rows += "220202901001,乙街,township,220202901,2020-01-01\n"
        rows += "220202901,甲区,zone,220202,2020-01-01\n220302001,丙街,township,220302,2020-01-01\n"
        found = tried(rows, "regions", by=supervisor)
        assert [(row, code) for row, _field, code in codes(found)] == [(4, "not_yours")]

    def test_keeps_items_to_the_city(self, tried, bring, supervisor, city):
        rows = "code,name,field,level,subject_kinds,methods,published_on,valid_from\n"
        rows += "JC-9,检查,市场监管,county,enterprise,on_site,2020-01-01,2020-01-01\n"
        with pytest.raises(NotAuthorised, match="of the city or the province"):
            bring(rows, "items", by=supervisor)
        factories.appointment(supervisor, "supervisor", region=city)
        assert tried(rows, "items", by=supervisor).accepted == 1

    def test_lets_every_clerk_bring_subjects(self, tried, agency, elsewhere):
        rows = "kind,name,business_region,business_address\nenterprise,乙店,220302,路2号\n"
        assert tried(rows, "subjects").accepted == 1

    def test_is_that_of_the_day_of_the_work(self, bring, work, clerk, agency, now):
        upload = bring(TWO)
        clerk.appointments.update(valid_to=now.date())

        with pytest.raises(NotAuthorised):
            work(upload)

        upload.refresh_from_db()
        assert upload.stage == Stage.BROKEN

    def test_is_no_wider_than_when_it_was_ordered(
        self, bring, work, clerk, agency, stranger_agency
    ):
        upload = bring(f"{OFFICERS}TXSJ,1,乙,2020-01-01\n")
        factories.appointment(clerk, "clerk", agency=stranger_agency)
        assert codes(work(upload)) == [(2, "agency", "not_yours")]


class TestConfirm:
    def test_takes_the_rows_in(self, tried, work, clerk, authority, agency, now):
        by = authority(clerk, now.date())
        upload = uploads.confirm(tried(TWO), by=by, at=now)
        assert upload.stage == Stage.WRITING

        upload = work(upload)

        assert upload.stage == Stage.WRITTEN
        assert set(agency.officers.values_list("code", flat=True)) == {"0901", "0902"}
        assert upload.batch.by == "孙册"
        assert Event.objects.about(upload.batch).get().role == "clerk"

    def test_refuses_while_rows_are_refused(self, tried, clerk, authority, agency, now):
        with pytest.raises(uploads.NotReady, match="1 rows are refused"):
            uploads.confirm(tried(MIXED), by=authority(clerk, now.date()), at=now)

    def test_takes_the_good_rows_only_when_told_so(
        self, tried, work, clerk, authority, agency, now
    ):
        by = authority(clerk, now.date())
        work(uploads.confirm(tried(MIXED), by=by, at=now, partial=True))
        assert agency.officers.get().code == "0901"

    @pytest.mark.parametrize("content", [f"{OFFICERS}CYSJ,1,甲,soon\n", OFFICERS])
    def test_refuses_where_nothing_is_good(self, tried, clerk, authority, agency, now, content):
        upload = tried(content)
        with pytest.raises(uploads.NotReady):
            uploads.confirm(upload, by=authority(clerk, now.date()), at=now, partial=True)

    def test_is_done_once(self, tried, work, clerk, authority, agency, now):
        by = authority(clerk, now.date())
        upload = work(uploads.confirm(tried(TWO), by=by, at=now))
        with pytest.raises(uploads.NotReady):
            uploads.confirm(upload, by=by, at=now)
        assert ImportBatch.objects.count() == 1

    def test_judges_anew_what_the_register_became(self, tried, work, clerk, authority, agency, now):
        by = authority(clerk, now.date())
        ordered = uploads.confirm(tried(TWO), by=by, at=now)
        factories.officer(agency, code="0901", name="别人", certified=False)

        upload = work(ordered)

        assert upload.stage == Stage.CHECKED
        assert codes(upload) == [
            (2, "name", "conflict"),
        ]
        assert agency.officers.count() == 1

    def test_leaves_nothing_when_the_job_was_cancelled(self, tried, clerk, authority, agency, now):
        upload = uploads.confirm(tried(TWO), by=authority(clerk, now.date()), at=now)

        def cancelled(job, done, total):
            jobs.cancel(job, now=now)

        with pytest.raises(jobs.LeaseLost):
            uploads.run(upload.job_id, clock=lambda: now, told=cancelled)

        assert not agency.officers.exists()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_rows_are_written(bring, clerk, agency, now):
    """Only PostgreSQL has a second writer; on SQLite the bar waits for the end."""
    upload = bring(TWO)
    seen = []

    def told(job, done, total):
        jobs.tell_aside(job, done, total)
        seen.append(Job.objects.values_list("done", "total").get(pk=job.pk))

    uploads.run(upload.job_id, clock=lambda: now, told=told)

    on_postgresql = uploads.transaction.get_connection().vendor == "postgresql"
    assert seen == [(2, 2) if on_postgresql else (0, 2)]
