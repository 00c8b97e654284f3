"""A sealed year is final, signed, and checked by anybody."""

import hashlib
import importlib.util
import json
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pymerkle import ConsistencyProof, verify_consistency

from agencies import checkpoints, edition, journal
from agencies.journal import Actor, canonical
from agencies.models import Checkpoint
from filings.models import Filing
from officers.models import Appointment
from reports import actions, guards, leaves, sealing
from reports.models import Compilation, FactPiece, KeptPiece, Seal
from reports.periods import of_year
from reports.web.files import FILES
from tests.oracle import years

pytestmark = pytest.mark.django_db
BY = Actor("吴审", "auditor")
VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_published.py"


@pytest.fixture
def made(db):
    return years.edges(seed=3, size=60)


def compiled(made, at):
    ordered = actions.order(of_year(2022), made.city, by=BY, at=at, full=True)
    return actions.run(ordered.job_id, clock=lambda: at)


@pytest.fixture
def sealed(made, at, auditor, supervisor):
    proposal = sealing.propose(compiled(made, at), by=BY, at=at, account=auditor)
    return sealing.seal(proposal, by=Actor("周督"), at=at, account=supervisor)


@pytest.fixture
def city(made):
    return made.city


@pytest.fixture
def district(made):
    return made.district


def again(made, at):
    """The next version, after one counted filing was voided and another was filed."""
    of_2022 = Filing.objects.counted().dated_between(years.START, years.END)
    counted = of_2022.filter(agency=made.agencies[0]).first()
    Filing.objects.filter(pk=counted.pk).update(status="voided")
    journal.append(counted.agency.code, "void", counted, by=BY, at=at)
    fresh = made.file(0, years.JUNE)
    late = at + timedelta(days=1)
    proposal = sealing.propose(compiled(made, late), by=BY, at=late)
    return sealing.seal(proposal, by=BY, at=late), counted, fresh


class TestSeal:
    def test_needs_another_person(self, made, at, auditor):
        proposal = sealing.propose(compiled(made, at), by=BY, at=at, account=auditor)
        with pytest.raises(sealing.NotSealable, match="Another person"):
            sealing.seal(proposal, by=BY, at=at, account=auditor)
        assert not Seal.objects.published().exists()

    def test_signs_a_root_over_one_line_per_counted_filing(self, sealed):
        log = leaves.log_of(sealed.leaves)
        assert len(log) == sealed.compilation.found()["totals"]["filings"]
        assert sealed.stated()["two_people"]
        assert sealing.faults(sealed) == []

    @pytest.mark.parametrize("size", [*range(1, 18), 31, 32, 33])
    def test_its_root_is_reckoned_a_second_way(self, size):
        log = [f"line {place}" for place in range(size)]
        text, back = ("\n".join(some).encode() for some in (log, log[::-1]))
        root = leaves.reckoned(leaves.hashes(text))
        assert root == leaves.root_of(leaves.tree_of(log))
        assert root != leaves.reckoned(leaves.hashes(back)) or size == 1

    def test_refuses_equal_figures_and_a_second_proposal(self, sealed, made, at):
        with pytest.raises(sealing.NotSealable, match="sealed already"):
            sealing.propose(compiled(made, at), by=BY, at=at)
        made.file(0, years.JUNE)
        sealing.propose(compiled(made, at), by=BY, at=at)
        with pytest.raises(sealing.NotSealable, match="open already"):
            sealing.propose(compiled(made, at), by=BY, at=at)

    def test_later_facts_make_the_next_version_and_leave_this_one(self, sealed, made, at):
        before = hashlib.sha256(sealed.manifest.encode() + bytes(sealed.leaves)).hexdigest()
        second, voided, fresh = again(made, at)
        told = json.loads(second.changes)
        listed = {one["number"]: one["change"] for one in told["filings"]}
        assert listed == {voided.number: "left_out", fresh.number: "added"}
        sealed.refresh_from_db()
        after = hashlib.sha256(sealed.manifest.encode() + bytes(sealed.leaves)).hexdigest()
        assert (before, second.version) == (after, 2)
        assert sealing.faults(second) == []

    def test_names_the_cells_and_the_events_that_changed_them(self, sealed, made, at):
        second, voided, _ = again(made, at)
        told = json.loads(second.changes)
        cells = {tuple(one["figure"]): (one["before"], one["after"]) for one in told["cells"]}
        before = sealed.compilation.found()["tables"]["reconciliation"]
        stood = {row["code"]: row["count"] for row in before}
        assert cells[("reconciliation", "voided", "count")][0] == stood["voided"]
        assert ("totals", "filings", "count") not in cells
        events = {one["number"]: one["events"] for one in told["filings"]}
        assert [one["verb"] for one in events[voided.number]] == ["void"]
        assert set(events[voided.number][0]) == {"chain", "seq", "at", "verb", "hash"}

    def test_needs_a_full_recount(self, made, at, auditor):
        compiled(made, at)
        ordered = actions.order(of_year(2022), made.city, by=BY, at=at)
        went_on = actions.run(ordered.job_id, clock=lambda: at)
        with pytest.raises(sealing.NotSealable, match="full recount"):
            sealing.propose(went_on, by=BY, at=at, account=auditor)
        assert not Seal.objects.exists()

    def test_publishes_nothing_while_nobody_outside_confirms(self, made, at, settings):
        settings.CHECKPOINT_RECEIPT_HOURS = 4
        proposal = sealing.propose(compiled(made, at), by=BY, at=at)
        text = checkpoints.as_file(checkpoints.make(at=at))
        with pytest.raises(sealing.NotSealable, match="within 4 hours"):
            sealing.seal(proposal, by=BY, at=at)
        checkpoints.acknowledge(text, "市档案馆", by=BY, at=at)
        late = at + timedelta(hours=5)
        with pytest.raises(sealing.NotSealable, match="within 4 hours"):
            sealing.seal(proposal, by=BY, at=late)
        assert sealing.seal(proposal, by=BY, at=at + timedelta(hours=3)).sealed_at
        with pytest.raises(checkpoints.BadCheckpoint, match="already"):
            checkpoints.acknowledge(text, "市档案馆", by=BY, at=at)

    @pytest.mark.parametrize(
        "write",
        [
            lambda seal: Seal.objects.filter(pk=seal.pk).update(manifest="{}"),
            lambda seal: Seal.objects.filter(pk=seal.pk).delete(),
            lambda seal: Compilation.objects.filter(seal=seal).update(figures="{}"),
            lambda seal: KeptPiece.objects.filter(compilation__seal=seal).delete(),
            lambda seal: KeptPiece.objects.filter(compilation__seal=seal).update(bucket=9),
            lambda seal: FactPiece.objects.update(data=b""),
        ],
    )
    def test_the_database_refuses_to_change_what_is_sealed(self, sealed, write):
        for one in guards.EVERY:
            one.install(connection)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            write(sealed)
        assert sealing.faults(Seal.objects.get()) == []

    def test_proves_that_a_version_is_a_part_of_the_next(self, client, sealed, made, at):
        second, _, _ = again(made, at)
        told = client.get(f"{second.get_absolute_url()}consistency/").json()
        assert told["first"]["root"] == sealed.stated()["tree"]["root"]
        proof = ConsistencyProof.deserialize(told["proof"])
        roots = [bytes.fromhex(told[name]["root"]) for name in ("first", "second")]
        verify_consistency(*roots, proof)
        assert client.get(f"{sealed.get_absolute_url()}consistency/").status_code == 404

    def test_its_lines_in_force_are_told_from_the_text(self, sealed, made, at):
        second, _, _ = again(made, at)
        log = leaves.log_of(second.leaves)
        assert {json.loads(line)["change"] for line in log} == {"added", "left_out"}
        back = canonical(json.loads(log[0]) | {"change": "added"})
        for some in (log, log[:-1], [*log, back], [back, *log], []):
            assert leaves.in_force("\n".join(some).encode()) == len(leaves.replay(some))

    def test_notices_that_the_version_before_is_another(self, sealed, made, at):
        second, _, _ = again(made, at)
        stated = second.stated()
        stated["previous"]["root"] = "0" * 64
        second.manifest = canonical(stated)
        second.signature = sealing.SIGNER.sign(second.manifest)
        assert sealing.faults(second) == ["the version before is not a part of this one"]

    @pytest.mark.parametrize("field", ["manifest", "changes", "signature"])
    def test_notices_every_change_of_what_is_kept(self, sealed, field):
        text = getattr(sealed, field)
        setattr(sealed, field, "B" + text[1:] if field == "signature" else f"{text} ")
        assert sealing.faults(sealed)


class TestCommands:
    def test_seal_verify_and_prove(self, made, at, capsys):
        compiled(made, at)
        call_command("seal_year", "2022", "--region", "220200")
        call_command("verify_year", "2022", "--region", "220200")
        capsys.readouterr()
        seal = Seal.objects.get()
        line = json.loads(leaves.log_of(seal.leaves)[0])
        call_command("prove_filing", line["number"])
        proof = json.loads(capsys.readouterr().out)
        assert proof["root"] == seal.stated()["tree"]["root"] == _climbed(proof)

    def test_verify_fails_when_the_records_have_changed(self, made, at):
        compiled(made, at)
        call_command("seal_year", "2022", "--region", "220200")
        made.file(0, years.JUNE)
        with pytest.raises(CommandError, match="changed since"):
            call_command("verify_year", "2022", "--region", "220200")
        call_command("verify_year", "2022", "--region", "220200", "--kept")

    def test_verify_fails_when_what_is_kept_has_changed(self, made, at):
        compiled(made, at)
        call_command("seal_year", "2022", "--region", "220200")
        seal = Seal.objects.get()
        other = leaves.packed(leaves.log_of(seal.leaves)[1:])
        Seal.objects.filter(pk=seal.pk).update(leaves=other)
        with pytest.raises(CommandError, match="v1: the root is not that of the lines"):
            call_command("verify_year", "2022", "--region", "220200", "--kept")

    def test_say_what_is_not_there(self, made):
        with pytest.raises(CommandError, match="compile_year first"):
            call_command("seal_year", "2022", "--region", "220200")
        with pytest.raises(CommandError, match="Nothing of this period"):
            call_command("verify_year", "2022", "--region", "220200")
        with pytest.raises(CommandError, match="N-9"):
            call_command("prove_filing", "N-9")


def _climbed(proof):
    """The root that an inclusion proof leads to, as RFC 9162, 2.1.3.2 says."""
    place, last = proof["index"], proof["size"] - 1
    found = hashlib.sha256(b"\x00" + proof["leaf"].encode()).digest()
    for text in proof["path"]:
        beside = bytes.fromhex(text)
        if place % 2 or place == last:
            found = hashlib.sha256(b"\x01" + beside + found).digest()
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + beside).digest()
        place, last = place >> 1, last >> 1
    return found.hex()


CHECKED = ("manifest.json", "signature.txt", "figures.json", "leaves.ndjson", "changes.json")


def verifier():
    """The stranger's program."""
    spec = importlib.util.spec_from_file_location("verify_published", VERIFIER)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def verified(place):
    """What the stranger's program says of the files of a folder, run as the stranger does."""
    told = [sys.executable, str(VERIFIER), str(place), sealing.SIGNER.public_key()]
    return subprocess.run(told, capture_output=True, text=True, check=False)  # noqa: S603 - our own verifier


def checked(folder, proof):
    """What the stranger's program has against the proof."""
    program = verifier()
    place = folder / "proof.json"
    place.write_text(json.dumps(proof), "utf-8")
    found = list(program.checks_of_proof(place, sealing.SIGNER.public_key()))
    return [what for what, holds in found if not holds()]


class TestPublished:
    def test_is_open_to_everybody_and_shows_the_sentence(self, client, sealed):
        index = client.get("/published/").content.decode()
        assert sealing.SIGNER.public_key() in index
        page = client.get(sealed.get_absolute_url()).content.decode()
        assert sealed.stated()["tree"]["root"] in page
        assert "行政检查执法备案" in page

    def test_says_of_each_file_what_it_is_and_how_large(self, client, sealed):
        place = sealed.get_absolute_url()
        before = {one.name: one for one in client.get(place).context["to_read"]}
        assert (before["figures.csv"].form, before["figures.csv"].size) == ("CSV", None)
        sizes = {}
        for name in FILES:
            sizes[name] = len(client.get(f"{place}{name}").content)
        page = client.get(place)
        after = [*page.context["to_read"], *page.context["to_check"]]
        assert {one.name: one.size for one in after} == sizes
        assert str(before["report.pdf"].title) in page.content.decode()

    def test_answers_whether_a_filing_is_counted(self, client, sealed):
        number = json.loads(leaves.log_of(sealed.leaves)[0])["number"]
        answer = client.get(sealed.get_absolute_url(), {"number": number})
        assert answer.context["proof"]["root"] == sealed.stated()["tree"]["root"]
        assert client.get(f"{sealed.get_absolute_url()}proof/", {"number": number}).json()["path"]
        assert client.get(f"{sealed.get_absolute_url()}proof/?number=none").status_code == 404
        sheet = client.get(f"{sealed.get_absolute_url()}proof/paper/", {"number": number})
        assert sheet.context["proof"]["root"] in sheet.content.decode()
        assert "<svg" in sheet.content.decode()
        assert client.get(f"{sealed.get_absolute_url()}proof/paper/?number=x").status_code == 404

    def test_says_in_words_whether_a_filing_counts_and_when_it_ceased_to(
        self, client, sealed, made, at
    ):
        second, voided, fresh = again(made, at)
        place = second.get_absolute_url()
        page = client.get(place, {"number": fresh.number}).content.decode()
        assert "该备案已计入。" in page
        page = client.get(place, {"number": voided.number})
        assert "本版不再计入该备案。" in page.content.decode()
        (told,) = (one for one in page.context["changes"]["filings"] if one["events"])
        assert [one["at"] for one in told["events"]] == [at]
        assert f'作废 <time datetime="{at.isoformat()}">2022-06-15 10:00' in page.content.decode()

    @pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
    def test_a_stranger_checks_a_proof_alone(self, sealed, tmp_path, size):
        log = leaves.log_of(sealed.leaves)[:size]
        manifest = canonical({"tree": {"size": size, "root": leaves.root_of(leaves.tree_of(log))}})
        for text in log:
            proof = leaves.inclusion(log, json.loads(text)["number"])
            proof |= {"manifest": manifest, "signature": sealing.SIGNER.sign(manifest)}
            assert checked(tmp_path, proof) == []
            bent = proof | {"leaf": text.replace("A0", "A1")}
            assert checked(tmp_path, bent) == ["the path of the line to the root that was signed"]
            forged = proof | {"manifest": manifest + " "}
            assert checked(tmp_path, forged) == ["the signature of the manifest"]

    def test_the_proof_that_is_published_is_one_that_a_stranger_checks(
        self, client, sealed, tmp_path
    ):
        number = json.loads(leaves.log_of(sealed.leaves)[-1])["number"]
        answer = client.get(f"{sealed.get_absolute_url()}proof/", {"number": number})
        (tmp_path / "proof.json").write_bytes(answer.content)
        told = [sys.executable, str(VERIFIER), str(tmp_path / "proof.json")]
        told.append(sealing.SIGNER.public_key())
        done = subprocess.run(told, capture_output=True, text=True, check=False)  # noqa: S603 - our own verifier
        assert done.returncode == 0
        assert done.stdout.endswith("Everything agrees.\n")
        assert json.loads(done.stdout.splitlines()[-2])["number"] == number

    def test_shows_no_proposal(self, client, made, at):
        sealing.propose(compiled(made, at), by=BY, at=at)
        assert client.get("/published/2022/220200/v1/").status_code == 404

    def test_a_stranger_checks_the_files_alone(self, client, sealed, made, at, tmp_path):
        second, _, _ = again(made, at)
        for name in FILES:
            content = client.get(f"{second.get_absolute_url()}{name}").content
            (tmp_path / name).write_bytes(content)
        done = verified(tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("Everything agrees.\n")
        assert "FAILS" not in done.stdout
        for said in ("version 2", f"the program {edition.VERSION}", "on the checkpoint of"):
            assert said in done.stdout
        lines = (tmp_path / "leaves.ndjson").read_text("utf-8")
        (tmp_path / "leaves.ndjson").write_text(lines.replace("daily", "special", 1), "utf-8")
        done = verified(tmp_path)
        assert done.returncode == 1
        assert Compilation.objects.count() == 2
        assert "FAILS  the root over leaves.ndjson" in done.stdout

    @pytest.mark.parametrize("name", ["manifest.json", "signature.txt", "figures.json",
                                      "leaves.ndjson", "changes.json"])  # fmt: skip
    def test_a_byte_changed_anywhere_in_a_file_is_told(
        self, client, sealed, made, at, tmp_path, name
    ):
        second, _, _ = again(made, at)
        for one in CHECKED:
            content = client.get(f"{second.get_absolute_url()}{one}").content
            (tmp_path / one).write_bytes(content)
        program, key = verifier(), sealing.SIGNER.public_key()
        whole = (tmp_path / name).read_bytes()
        assert program.failures(program.checks(tmp_path, key)) == 0
        for place in range(0, len(whole), max(len(whole) // 60, 1)):
            for other in (whole[place] ^ 1, 0xFF, ord("{")):
                changed = bytearray(whole)
                changed[place] = other
                if bytes(changed) != whole:
                    (tmp_path / name).write_bytes(changed)
                    assert program.failures(program.checks(tmp_path, key)), (place, other)

    @pytest.mark.parametrize("name", ["manifest.json", "leaves.ndjson"])
    def test_a_file_that_is_missing_or_empty_is_told(self, client, sealed, tmp_path, name):
        for one in CHECKED:
            content = client.get(f"{sealed.get_absolute_url()}{one}").content
            (tmp_path / one).write_bytes(content)
        (tmp_path / name).write_bytes(b"")
        assert "do not trust" in verified(tmp_path).stdout
        (tmp_path / name).unlink()
        done = verified(tmp_path)
        assert (done.returncode, done.stderr) == (1, "")

    def test_a_version_that_counts_nothing_and_the_next_are_checked(self, client, at, tmp_path):
        made = years.Year()
        for late in (0, 1):
            moment = at + timedelta(days=late)
            proposal = sealing.propose(compiled(made, moment), by=BY, at=moment)
            newest = sealing.seal(proposal, by=BY, at=moment)
            made.file(0, years.JUNE)
        for one in CHECKED:
            content = client.get(f"{newest.get_absolute_url()}{one}").content
            (tmp_path / one).write_bytes(content)
        told = verified(tmp_path).stdout
        assert told.endswith("Everything agrees.\n")
        assert "by ONE OPERATOR, not by two" in told

    def test_an_older_manifest_without_code_and_checkpoint_still_verifies(
        self, client, sealed, tmp_path
    ):
        for one in CHECKED:
            content = client.get(f"{sealed.get_absolute_url()}{one}").content
            (tmp_path / one).write_bytes(content)
        older = sealed.stated()
        del older["code"], older["checkpoint"]
        (tmp_path / "manifest.json").write_text(canonical(older), "utf-8")
        (tmp_path / "signature.txt").write_text(sealing.SIGNER.sign(canonical(older)), "utf-8")
        assert verified(tmp_path).stdout.endswith("Everything agrees.\n")
        sealed.manifest = canonical(older)
        sealed.signature = sealing.SIGNER.sign(sealed.manifest)
        assert sealing.faults(sealed) == []


class TestStandsOn:
    def test_the_manifest_names_the_code_and_a_checkpoint_of_the_book(self, sealed):
        stated = sealed.stated()
        assert stated["code"] == {
            "version": edition.VERSION, "sources_sha256": edition.digest()
        }  # fmt: skip
        held = Checkpoint.objects.get(note=stated["checkpoint"]["note"])
        assert held.at == sealed.sealed_at
        for chain, (length, _head) in json.loads(sealed.compilation.heads).items():
            assert json.loads(held.heads)[chain][0] >= length

    def test_a_checkpoint_that_is_gone_or_a_book_rewritten_since_is_noticed(self, sealed):
        held = Checkpoint.objects.get(note=sealed.stated()["checkpoint"]["note"])
        heads = json.loads(held.heads)
        chain = next(iter(heads))
        heads[chain][1] = "0" * 64
        Checkpoint.objects.filter(pk=held.pk).update(heads=canonical(heads))
        assert any("heads" in one for one in sealing.faults(sealed))
        Checkpoint.objects.all().delete()
        assert sealing.faults(sealed) == ["the checkpoint it stands on is not in the book"]

    def test_the_digest_of_the_sources_is_what_the_words_of_its_docstring_reckon(self):
        words = "find agencies config filings officers reports -name '*.py' | LC_ALL=C sort |"
        assert words in " ".join(edition.digest.__wrapped__.__doc__.split())
        done = subprocess.run(  # noqa: S602 - words of our own
            f"{words} xargs sha256sum | sha256sum",
            shell=True, cwd=VERIFIER.parents[1], capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.split()[0] == edition.digest()

    def test_the_version_is_that_of_the_project(self):
        project = tomllib.loads((VERIFIER.parents[1] / "pyproject.toml").read_text("utf-8"))
        assert project["project"]["version"] == edition.VERSION


class TestPages:
    def test_one_proposes_and_another_seals(self, client, made, at, supervisor, auditor):
        compilation = compiled(made, at)
        place = f"/years/2022/220200/{compilation.pk}/"
        Appointment.objects.filter(account=supervisor).update(region=made.city)
        with time_machine.travel(at, tick=False):
            client.force_login(auditor)
            client.post(f"{place}propose/")
            refused = client.post(f"{place}seal/")
            assert refused["Location"] == place
            assert not Seal.objects.published().exists()
            client.force_login(supervisor)
            assert client.post(f"{place}seal/")["Location"] == "/published/2022/220200/v1/"
        assert Seal.objects.get().stated()["people"] == ["吴审", "周督"]

    def test_the_list_of_years_tells_what_is_proposed_and_what_is_sealed(
        self, client, made, at, auditor
    ):
        client.force_login(auditor)
        proposal = sealing.propose(compiled(made, at), by=BY, at=at)
        assert "已提请封存" in client.get("/years/").content.decode()
        sealed = sealing.seal(proposal, by=BY, at=at)
        page = client.get("/years/").content.decode()
        assert "已封存，第1版" in page
        assert f'href="{sealed.get_absolute_url()}"' in page

    def test_orders_a_full_recount_first(self, client, made, at, auditor):
        compiled(made, at)
        ordered = actions.order(of_year(2022), made.city, by=BY, at=at)
        went_on = actions.run(ordered.job_id, clock=lambda: at)
        place = f"/years/2022/220200/{went_on.pk}/"
        with time_machine.travel(at, tick=False):
            client.force_login(auditor)
            page = client.get(place).content.decode()
            assert f"{place}recount/" in page
            assert f"{place}propose/" not in page
            assert client.post(f"{place}recount/")["Location"] == "/years/2022/220200/"
        newest = Compilation.objects.latest("pk")
        assert newest.job.params["full"] is True

    def test_is_closed_to_those_who_may_not(self, client, made, at, reviewer):
        compilation = compiled(made, at)
        with time_machine.travel(at, tick=False):
            client.force_login(reviewer)
            for verb in ("propose", "seal"):
                answer = client.post(f"/years/2022/220200/{compilation.pk}/{verb}/")
                assert answer.status_code in (403, 404)
        assert not Seal.objects.exists()
