"""The page behind a code: seen by anybody, telling nothing more than it must (P33, T6, T7)."""

import gzip
import io
import json
import logging
import random
import re
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest
import structlog
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.urls import reverse

from config.condition import checks
from config.logs import formatter
from filings import actions, codes, recalled, rights, verifying
from filings.models import Filing
from officers.models import Throttle
from tests.factories import png

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@pytest.fixture
def scan(client, at):
    """Scan a code two hours into the morning of the tests."""

    def do(token, *, later=timedelta(hours=2), language="en", name="code", **query):
        with time_machine.travel(at + later, tick=False):
            return client.get(
                reverse(f"door:{name}", args=[token]), query, headers={"Accept-Language": language}
            )

    return do


def texts(answer):
    return " ".join(answer.content.decode().split())


class TestCodePage:
    def test_shows_what_the_enterprise_compares(self, scan, filing_at):
        filing = filing_at("approved")
        answer = scan(codes.of(filing))

        text = texts(answer)
        assert answer.status_code == 200
        numbers = [one.certificate.number for one in filing.members.all()]
        certificates = [f"{one[:4]}****{one[-4:]}" for one in numbers]
        assert not any(number in text for number in numbers)
        for said in (
            "Valid now", filing.agency.name, filing.number, "王检", "李同", *certificates,
            "食品生产检查", "产品质量法", "第十八条", "2022-06-15 11:00", "2022-06-15 19:00",
            "valid until 2030-12-31", "visit 1 of this agency",
            "to inspect for gain", "to inspect in disguise",
            "withdraw", "You may lawfully refuse", "2022-06-15 12:00:00",
        ):  # fmt: skip
            assert said in text

    @pytest.mark.parametrize("language", ["zh-CN", "fr", ""])
    def test_speaks_chinese_unless_english_is_asked_for(self, language, scan, filing_at):
        text = texts(scan(codes.of(filing_at("approved")), language=language))

        assert "现在有效" in text
        assert '<html lang="zh-Hans">' in text
        assert "严禁" in text or "逐利检查" in text

    def test_says_not_yet_over_withdrawn_and_foreign(
        self, scan, filing_at, reviewer, authority, at
    ):
        filing = filing_at("approved")
        token = codes.of(filing)

        assert "Not valid yet" in texts(scan(token, later=timedelta(0)))
        foreign = texts(scan(token, uscc="92220204MA14T2B307"))
        assert "Not for this enterprise" in foreign
        assert filing.number not in foreign
        assert "filed for the enterprise with this code" in texts(
            scan(token, uscc=filing.subject.uscc)
        )
        assert "the inspection is over" in texts(scan(token, later=timedelta(days=2)))
        assert "withdrawn" in texts(scan(codes.of(filing_at("voided"))))

    def test_changes_nothing(self, scan, filing_at):
        filing = filing_at("approved")
        before = Filing.objects.filter(pk=filing.pk).values().get()
        for _ in range(3):
            scan(codes.of(filing))

        assert Filing.objects.filter(pk=filing.pk).values().get() == before
        assert not Throttle.objects.exists()

    def test_weighs_less_than_30_kb_with_its_style(self, scan, filing_at):
        page = scan(codes.of(filing_at("approved")), language="zh-CN").content
        sheets = [part.split('"')[0] for part in page.decode().split('href="/static/')[1:]]
        files = [Path(finders.find(name)).read_bytes() for name in sheets]

        assert len(sheets) >= 4
        assert sum(len(gzip.compress(one)) for one in [page, *files]) < 30_000

    def test_needs_no_script(self, scan, filing_at):
        assert b"<script" not in scan(codes.of(filing_at("approved"))).content

    def test_shows_the_photo_of_an_officer(
        self, scan, client, filing_at, inspector, clerk, authority, at
    ):
        filing = filing_at("approved")
        token = codes.of(filing)
        picture = png(90, 120)
        actions.set_photo(inspector.officer, picture, by=authority(clerk), at=at)
        member = filing.members.get(officer=inspector.officer)
        other = filing.members.exclude(pk=member.pk).get()
        url = reverse("door:photo", args=[token, member.pk])

        assert url in texts(scan(token))
        with time_machine.travel(at + timedelta(hours=2), tick=False):
            answer = client.get(url)
            assert (answer.content, answer.headers["Content-Type"]) == (picture, "image/png")
            assert client.get(reverse("door:photo", args=[token, other.pk])).status_code == 404
            assert client.get(reverse("door:photo", args=["A" * 32, member.pk])).status_code == 404


class TestSecrecy:
    def test_answers_wrong_old_and_void_codes_alike(self, scan, filing_at):
        old = codes.of(filing_at("closed"))
        pages = [
            scan(token, later=timedelta(days=90))
            for token in (old, "A" * 32, old.lower(), f"{old}%20", "x", "中")
        ]

        assert {page.status_code for page in pages} == {404}
        assert len({page.content for page in pages}) == 1
        assert "cannot be verified" in texts(pages[0])

    def test_takes_as_long_for_an_old_code_as_for_a_wrong_one(
        self, scan, filing_at, django_assert_num_queries, monkeypatch
    ):
        from filings.web.door import code as page

        monkeypatch.setattr(page, "admit_miss", lambda address, at: None)
        for token in (codes.of(filing_at("closed")), "A" * 32, "short"):
            with django_assert_num_queries(1):
                scan(token, later=timedelta(days=90))

    def test_takes_the_same_time_for_an_old_and_for_a_wrong_code(self, at, filing_at, client):
        """Medians at most 5 ms apart; a found page is the control by which time can be told."""
        filing = filing_at("closed")
        old, kinds = codes.of(filing), {"old": [], "wrong": [], "mutated": [], "found": []}
        dice = random.Random(3)

        def ask(token, moment):
            with time_machine.travel(moment, tick=False):
                # Of this thread alone, so that what else the machine does changes nothing.
                began = time.thread_time()
                client.get(f"/c/{token}", REMOTE_ADDR=f"10.1.{dice.randrange(256)}.1")
                return time.thread_time() - began

        gone = at + timedelta(days=90)
        for _ in range(40):
            mutated = old[:9] + dice.choice(ALPHABET.replace(old[9], "")) + old[10:]
            wrong = "".join(dice.choices(ALPHABET, k=32))
            asked = [
                ("old", old, gone),
                ("wrong", wrong, gone),
                ("mutated", mutated, gone),
                ("found", old, at + timedelta(hours=2)),
            ]
            for kind, token, moment in dice.sample(asked, 4):
                taken = kinds[kind]
                taken.append(ask(token, moment))
        middles = {kind: median(taken) for kind, taken in kinds.items()}

        assert abs(middles["old"] - middles["wrong"]) <= 0.005
        assert abs(middles["mutated"] - middles["wrong"]) <= 0.005
        assert abs(middles["found"] - middles["wrong"]) > abs(middles["old"] - middles["wrong"])

    def test_answers_ten_thousand_guesses_with_one_page(self, at, filing_at, client):
        """Every fiftieth through the whole site, all of them by the question that decides."""
        token = codes.of(filing_at("approved"))
        dice = random.Random(11)
        guesses = ["".join(dice.choices(ALPHABET, k=32)) for _ in range(5_000)]
        for _ in range(5_000):
            place = dice.randrange(32)
            letter = dice.choice(ALPHABET.replace(token[place], ""))
            guesses.append(token[:place] + letter + token[place + 1 :])
        moment = at + timedelta(hours=2)
        seen = set()
        for guess in guesses[::50]:
            with time_machine.travel(moment, tick=False):
                here = f"10.2.{dice.randrange(256)}.{dice.randrange(256)}"
                answer = client.get(f"/c/{guess}", REMOTE_ADDR=here)
            seen.add((answer.status_code, answer.content))
        known = set(Filing.objects.values_list("code_digest", flat=True))

        assert not known & {codes.digest(guess) for guess in guesses}
        assert len(seen) == 1
        assert next(iter(seen))[0] == 404

    def test_leaves_no_token_in_database_or_headers(self, scan, filing_at):
        filing = filing_at("approved")
        token = codes.of(filing)
        answer = scan(token)

        assert token not in json.dumps(Filing.objects.values().get(pk=filing.pk), default=str)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert not answer.cookies
        assert token not in str(answer.headers)

    @pytest.mark.parametrize("form", ["json", "text"])
    def test_leaves_no_token_in_any_log_line(self, form, filing_at):
        token = codes.of(filing_at("approved"))
        out = io.StringIO()
        handler = logging.StreamHandler(out)
        handler.setFormatter(formatter(form))
        logger = logging.getLogger("tests.door")
        logger.propagate = False
        logger.addHandler(handler)
        try:
            logger.error("Internal Server Error: /c/%s", token)
            logger.error("Not Found: /c/%s.json?uscc=1", token)
            structlog.wrap_logger(
                logger, processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
            ).error("request.answered", path=f"/c/{token}")
            try:
                raise ValueError(f"no way to /c/{token}/photo/1")
            except ValueError:
                logger.exception("broken")
        finally:
            logger.removeHandler(handler)

        assert out.getvalue().count("/c/…") >= 4
        assert token not in out.getvalue()

    def test_knows_no_session(self, client, scan, filing_at, inspector, django_assert_num_queries):
        filing = filing_at("approved")
        client.force_login(inspector)
        with django_assert_num_queries(6):
            answer = scan(codes.of(filing))
        with django_assert_num_queries(1):
            assert scan(codes.of(filing)).content == answer.content

        assert inspector.username not in answer.content.decode()


class TestRecalled:
    """A page laid out before is never older than the register."""

    def test_is_read_anew_whenever_anything_on_it_changes(self, scan, filing_at, inspector, at):
        filing = filing_at("approved")
        token, member = codes.of(filing), filing.members.get(officer=inspector.officer)
        assert "Valid now" in texts(scan(token))

        for change, told in (
            (lambda: rename(filing.agency, "改名局"), "改名局"),
            (lambda: rename(filing.subject, "改名厂"), "改名厂"),
            (lambda: rename(member.officer, "王改名"), "王改名"),
            (lambda: until(member.certificate, date(2022, 6, 14)), "valid until 2022-06-14"),
            (lambda: status(filing, "voided"), "Not valid: the inspection was withdrawn"),
        ):
            change()
            assert told in texts(scan(token))
        assert "Valid now" not in texts(scan(token))

    def test_tells_the_time_of_each_scan(self, scan, filing_at):
        token = codes.of(filing_at("approved"))
        shown = [texts(scan(token, later=timedelta(hours=2, seconds=n))) for n in (0, 1)]

        assert "2022-06-15 12:00:00" in shown[0]
        assert 'datetime="2022-06-15T12:00:01+08:00"' in shown[1]

    def test_turns_over_when_the_window_ends(self, scan, filing_at):
        token = codes.of(filing_at("approved"))
        said = [texts(scan(token, later=timedelta(hours=n))) for n in (0, 2, 9)]

        for text, told in zip(said, ("Not valid yet", "Valid now", "is over"), strict=True):
            assert told in text

    def test_offers_each_device_a_right_of_its_own(self, scan, filing_at):
        token = codes.of(filing_at("on_site"))
        found = {re.search(r'name="right" value="(.+?)"', texts(scan(token)))[1] for _ in range(5)}

        assert len(found) == 5
        assert all(rights.well_formed(one) for one in found)

    def test_is_nothing_without_the_database(self, scan, filing_at, monkeypatch):
        token = codes.of(filing_at("approved"))
        assert scan(token).status_code == 200

        def fails(*_args):
            raise OperationalError("connection refused")

        monkeypatch.setattr(recalled, "_rows", fails)
        assert scan(token).status_code == 503

    @pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite plans in the process, at no cost"
    )
    def test_is_planned_once_by_the_database(self, scan, filing_at):
        token = codes.of(filing_at("approved"))
        for _ in range(12):
            scan(token)

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE %s",
                ['%FROM "filings_filing"%"filings_filing"."code_digest" = $%'],
            )
            planned = [plans for (plans,) in cursor.fetchall()]
        assert max(planned) >= 1


def rename(row, name):
    type(row).objects.filter(pk=row.pk).update(name=name)


def until(certificate, day):
    type(certificate).objects.filter(pk=certificate.pk).update(valid_to=day)


def status(filing, name):
    Filing.objects.filter(pk=filing.pk).update(status=name)


class TestMisses:
    def test_are_throttled_by_address_and_hits_are_not(self, scan, filing_at):
        token = codes.of(filing_at("approved"))
        found = [scan("B" * 32).status_code for _ in range(22)]

        assert found == [404] * 20 + [429] * 2
        refused = scan("B" * 32)
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert scan(token).status_code == 200

    def test_count_again_after_a_minute(self, scan, db):
        for _ in range(21):
            last = scan("B" * 32)
        assert last.status_code == 429

        assert scan("B" * 32, later=timedelta(hours=2, minutes=2)).status_code == 404

    def test_ring_an_alarm_when_a_thousand_come_in_a_minute(self, at, monkeypatch, db):
        from filings.actions import scanning

        rung = []
        monkeypatch.setattr(scanning.log, "error", lambda event, **_: rung.append(event))
        monkeypatch.setattr(scanning, "ALL_MISSES", scanning.Limit("few", 3, scanning.MINUTE))
        for number in range(5):
            actions.admit_miss(f"10.0.0.{number}", at=at)

        assert rung == ["door.codes_are_being_guessed"] * 2

    def test_of_more_than_a_thousand_stand_on_the_health_page_for_a_day(self, at, db):
        def told(later):
            return {one.name: one.state for one in checks(at + later)}["codes"]

        actions.admit_miss("10.0.0.1", at=at)
        Throttle.objects.filter(count=1).update(count=999)
        actions.admit_miss("10.0.0.2", at=at)
        assert told(timedelta(0)) == "good"

        actions.admit_miss("10.0.0.3", at=at)
        assert told(timedelta(hours=23)) == "bad"
        assert told(timedelta(hours=25)) == "good"


class TestOutOfReach:
    @pytest.fixture(autouse=True)
    def _no_database(self, monkeypatch):
        def fails(*_args, **_named):
            raise OperationalError("connection refused")

        monkeypatch.setattr(verifying, "recall", fails)

    @pytest.mark.parametrize("language", ["en", "zh-CN"])
    def test_says_so_and_never_that_it_is_valid(self, language, client, inspector):
        client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        answer = client.get("/c/" + "A" * 32, headers={"Accept-Language": language})

        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "10"
        text = texts(answer)
        assert ("Cannot be verified now" if language == "en" else "暂时无法核验") in text
        assert "verdict-valid" not in text

    def test_says_so_to_a_portal(self, client):
        answer = client.get(f"/c/{'A' * 32}.json")

        assert (answer.status_code, answer.json()["verdict"]) == (503, "unavailable")

    def test_needs_no_query(self, client, django_assert_num_queries, db):
        client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        with django_assert_num_queries(0):
            client.get("/c/" + "A" * 32)


class TestJson:
    def test_tells_a_portal_the_same(self, scan, filing_at):
        filing = filing_at("approved")
        answer = scan(codes.of(filing), name="code_json")

        said = answer.json()
        assert (said["verdict"], said["text"]) == ("valid", "Valid now")
        assert said["number"] == filing.number
        assert said["from"] == "2022-06-15T11:00:00+08:00"
        assert said["server_time"] == "2022-06-15T12:00:00+08:00"
        assert {one["name"] for one in said["officers"]} == {"王检", "李同"}
        assert {one["valid_to"] for one in said["officers"]} == {"2030-12-31"}
        for member in filing.members.all():
            number = member.certificate.number
            assert number not in answer.content.decode()
            assert f"{number[:4]}****{number[-4:]}" in answer.content.decode()
        assert answer.headers["Access-Control-Allow-Origin"] == "*"

    def test_is_as_silent_about_what_it_does_not_know(self, scan, filing_at):
        filing = filing_at("approved")

        assert scan("A" * 32, name="code_json").status_code == 404
        foreign = scan(codes.of(filing), name="code_json", uscc="92220204MA14T2B307").json()
        assert set(foreign) == {"verdict", "text", "server_time"}
        assert foreign["verdict"] == "foreign"

    def test_refuses_a_parameter_it_does_not_know(self, scan, filing_at):
        assert scan(codes.of(filing_at("approved")), name="code_json", q="x").status_code == 400
