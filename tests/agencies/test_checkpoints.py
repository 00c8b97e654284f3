"""Seven attacks on the book, each found with a checkpoint kept elsewhere (reliability M9)."""

import json
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from agencies import checkpoints, journal
from agencies.models import Chain, Checkpoint, Event

VERIFIER = Path(__file__).parents[2] / "docs" / "verify_events.py"
KEY = "CYSJ"


@pytest.fixture
def book(agency, at):
    """Twelve events of one agency."""
    with transaction.atomic():
        for number in range(12):
            journal.append(KEY, "revise", agency, by=journal.Actor("王检"), at=at, number=number)


@pytest.fixture
def kept(book, tmp_path):
    """A checkpoint file that another party keeps, made after eight of the twelve events."""
    path = tmp_path / "kept.json"
    call_command("checkpoint_events", output=path, stdout=StringIO())
    return path


def rechain(changed=None):
    """What an attacker who can write everything does: compute the whole chain anew."""
    previous, length = "", 0
    for event in Event.objects.filter(chain=KEY).order_by("seq"):
        length += 1
        told = json.loads(event.payload) | {"seq": length} | (changed or {}).get(event.seq, {})
        payload = journal.canonical(told)
        hashed = journal.link(previous, payload)
        Event.objects.filter(pk=event.pk).update(
            seq=length,
            previous=previous,
            payload=payload,
            hash=hashed,
            actor=told["actor"],
            at=told["at"],
        )
        previous = hashed
    Chain.objects.filter(key=KEY).update(length=length, head=previous)


def _edit():
    Event.objects.filter(chain=KEY, seq=5).update(payload="{}")


def _delete():
    Event.objects.filter(chain=KEY, seq=5).delete()


def _swap():
    for one, other in ((5, 99), (6, 5), (99, 6)):
        Event.objects.filter(chain=KEY, seq=one).update(seq=other)


def _truncate():
    Event.objects.filter(chain=KEY, seq__gt=9).delete()
    last = Event.objects.get(chain=KEY, seq=9)
    Chain.objects.filter(key=KEY).update(length=9, head=last.hash)


def _edit_and_rechain():
    rechain({5: {"actor": "别人"}})


def _back_date_and_rechain():
    rechain({5: {"at": "2022-01-01T00:00:00.000000+00:00"}})


def _delete_and_rechain():
    Event.objects.filter(chain=KEY, seq=5).delete()
    rechain()


PLAIN = [_edit, _delete, _swap]
CLEVER = [_truncate, _edit_and_rechain, _back_date_and_rechain, _delete_and_rechain]


def export(tmp_path):
    path = tmp_path / "events.jsonl"
    call_command("export_events", output=path, stdout=StringIO())
    return path


def outside(*arguments):
    """What the verifier that knows nothing of this program says: exit code and text."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, VERIFIER, *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_whole_book_holds(kept):
    out = StringIO()
    call_command("verify_events", checkpoint=[kept], stdout=out)
    assert "12" in out.getvalue()


@pytest.mark.parametrize("attack", PLAIN + CLEVER)
def test_every_attack_is_found_with_a_checkpoint_kept_elsewhere(kept, attack):
    Checkpoint.objects.all().delete()
    attack()
    with pytest.raises(CommandError, match=r"."):
        call_command("verify_events", checkpoint=[kept], stderr=StringIO())


@pytest.mark.parametrize("attack", CLEVER[1:])
def test_without_any_checkpoint_a_rewritten_chain_goes_unnoticed(kept, attack):
    Checkpoint.objects.all().delete()
    attack()
    assert list(journal.breaks()) == []


@pytest.mark.parametrize("attack", [None, *PLAIN, *CLEVER])
def test_a_stranger_finds_the_same_without_this_program(kept, attack, tmp_path):
    if attack is not None:
        attack()
    key = checkpoints.SIGNER.public_key()
    code, said = outside(export(tmp_path), kept, "--key", key)
    assert code == (0 if attack is None else 1), said


def test_a_checkpoint_signed_with_another_key_is_refused(kept, settings):
    settings.SECRET_KEY = "another secret"
    with pytest.raises(CommandError, match=r"signature|签名"):
        call_command("verify_events", checkpoint=[kept])


def test_a_checkpoint_with_other_heads_is_refused(kept, tmp_path):
    parts = json.loads(kept.read_text())
    parts["heads"] = parts["heads"].replace("[12,", "[11,")
    kept.write_text(json.dumps(parts))
    with pytest.raises(CommandError, match="not those that were signed"):
        call_command("verify_events", checkpoint=[kept])
    assert outside(export(tmp_path), kept)[0] == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"note": 1, "heads": 2}', "\x00"])
def test_what_is_no_checkpoint_is_refused_by_name(book, text, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=r"bad\.json: this is not a checkpoint file"):
        call_command("verify_events", checkpoint=[path])


def test_a_later_event_keeps_an_older_checkpoint_good(kept, agency, at):
    with transaction.atomic():
        journal.append(
            KEY, "revise", agency, by=journal.Actor("王检"), at=at + timedelta(days=1), number=13
        )
    call_command("verify_events", checkpoint=[kept], stdout=StringIO())


def test_the_stranger_is_told_what_is_no_input(tmp_path):
    assert outside(tmp_path / "none.jsonl")[0] == 2
    bad = tmp_path / "bad.jsonl"
    bad.write_text("nothing\n")
    code, said = outside(bad)
    assert code == 2
    assert "is not an event" in said


def test_the_verifier_fits_on_a_few_pages():
    assert len(VERIFIER.read_text().splitlines()) <= 150


@pytest.mark.django_db
def test_the_receiver_confirms_with_the_file_that_came_back(kept, tmp_path, capsys):
    back = tmp_path / "back.json"
    back.write_bytes(kept.read_bytes())
    call_command("acknowledge_checkpoint", str(back), receiver="市档案馆")
    made = Checkpoint.objects.get()
    assert made.acknowledged_by == "市档案馆"
    assert checkpoints.received_since(made.acknowledged_at)
    assert Event.objects.filter(verb="acknowledge_checkpoint").count() == 1
    with pytest.raises(CommandError, match="confirmed already"):
        call_command("acknowledge_checkpoint", str(back), receiver="市档案馆")
    back.write_text("{}", "utf-8")
    with pytest.raises(CommandError, match="not a checkpoint"):
        call_command("acknowledge_checkpoint", str(back), receiver="市档案馆")
    with pytest.raises(CommandError, match="1 to 100"):
        call_command("acknowledge_checkpoint", str(back), receiver=" ")
