"""Make a compile final: one person proposes it, another seals it, and everybody can check it."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import checkpoints, edition, journal
from agencies.journal import Actor, canonical
from agencies.models import Checkpoint
from agencies.signing import Signer, holds
from officers.models import Account
from reports import causes, leaves
from reports.models import Compilation, Seal

ORIGIN = "jianbei/year"
SIGNER = Signer(b"jianbei.seal.v1")


class NotSealable(ValueError):
    """The compile cannot be proposed or sealed as it stands."""

    code = "not_sealable"


@transaction.atomic
def propose(
    compilation: Compilation, *, by: Actor, at: datetime, account: Account | None = None
) -> Seal:
    """Ask a second person to seal the compile.  Raises NotSealable."""
    if compilation.finished_at is None:
        raise NotSealable(_("The compile has no figures yet; wait until it is done."))
    if not compilation.recounted:
        raise NotSealable(_("Every filing must be read again first: order a full recount."))
    if not compilation.keeps_facts:
        raise NotSealable(_("The list behind this compile is no longer kept; compile again."))
    versions = Seal.objects.of(compilation.region, compilation.period)
    if versions.filter(sealed_at=None).exists():
        raise NotSealable(_("A proposal for this period is open already; seal that one."))
    newest = versions.first()
    if newest is not None and newest.compilation.digest == compilation.digest:
        raise NotSealable(_("These figures are sealed already."))
    seal = Seal.objects.create(
        compilation=compilation,
        region=compilation.region,
        period=compilation.period,
        version=newest.version + 1 if newest else 1,
        proposed_by=account,
        proposed_name=by.name,
        proposed_at=at,
    )
    _record("propose_seal", seal, by, at)
    return seal


@transaction.atomic
def seal(proposal: Seal, *, by: Actor, at: datetime, account: Account | None = None) -> Seal:
    """Seal what another person proposed.  Raises NotSealable."""
    held = Seal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if held.sealed_at is not None:
        raise NotSealable(_("This version is sealed already."))
    if account is not None and held.proposed_by_id == account.pk:
        raise NotSealable(_("Another person must seal what you proposed."))
    before = Seal.objects.of(held.region, held.period).published().first()
    _require_receipt(at)
    log = leaves.log_of(before.leaves) if before else []
    changed = leaves.changes(leaves.replay(log), leaves.counted(held.compilation))
    log = [*log, *leaves.texts(changed)]
    held.sealed_by, held.sealed_name, held.sealed_at = account, by.name, at
    held.changes = canonical(_changes(held, before, changed))
    root = leaves.root_of(leaves.tree_of(log)) if log else ""
    held.leaves = leaves.packed(log)
    held.manifest = canonical(_manifest(held, before, (len(log), root), at))
    held.public_key = SIGNER.public_key()
    held.signature = SIGNER.sign(held.manifest)
    held.save()
    _record("seal_year", held, by, at)
    return held


def _require_receipt(at: datetime) -> None:
    """Nothing is published while no party outside has confirmed a checkpoint (reliability f.6)."""
    hours = settings.CHECKPOINT_RECEIPT_HOURS
    if hours and not checkpoints.received_since(at - timedelta(hours=hours)):
        raise NotSealable(
            _(
                "Nobody outside has confirmed a checkpoint of the book within %(hours)d hours, so "
                "nothing is published. Hand one out and record the receipt: "
                "acknowledge_checkpoint."
            )
            % {"hours": hours}
        )


def _changes(held: Seal, before: Seal | None, lines: list[leaves.Line]) -> dict[str, Any]:
    """What is not as in the version before: figures, and filings with the events that did it."""
    if before is None:
        return {"cells": [], "filings": []}
    heads = json.loads(before.compilation.heads)
    return {
        "cells": causes.cells(before.compilation.found(), held.compilation.found()),
        "filings": causes.with_events(lines, heads),
    }


def consistency(older: Seal, newer: Seal) -> dict[str, Any]:
    """The proof that the log of `newer` begins with all of `older` (RFC 9162, 2.1.4)."""
    tree = leaves.tree_of(leaves.log_of(newer.leaves))
    first, second = older.stated()["tree"], newer.stated()["tree"]
    return {
        "first": {"version": older.version, "size": first["size"], "root": first["root"]},
        "second": {"version": newer.version, "size": second["size"], "root": second["root"]},
        "proof": tree.prove_consistency(first["size"], second["size"]).serialize(),
    }


def _manifest(
    seal: Seal, before: Seal | None, tree: tuple[int, str], at: datetime
) -> dict[str, Any]:
    """What is signed.  The checkpoint holds every chain until the end, so it is made last."""
    compilation = seal.compilation
    checkpoint = checkpoints.make(at=at)
    return {
        "origin": ORIGIN,
        "region": {"code": seal.region.code, "name": seal.region.name},
        "period": compilation.period,
        "first": str(compilation.first_on),
        "last": str(compilation.last_on),
        "version": seal.version,
        "previous": before
        and {
            "version": before.version,
            "size": before.stated()["tree"]["size"],
            "root": before.stated()["tree"]["root"],
        },
        "definitions": compilation.definitions_version,
        "as_of": compilation.as_of,
        "filings_read": compilation.row_count,
        "figures_sha256": compilation.digest,
        "changes_sha256": hashlib.sha256(seal.changes.encode()).hexdigest(),
        "chains_sha256": hashlib.sha256(compilation.heads.encode()).hexdigest(),
        "tree": {
            "algorithm": "RFC 9162, SHA-256",
            "size": tree[0],
            "root": tree[1],
        },
        "code": {"version": edition.VERSION, "sources_sha256": edition.digest()},
        "checkpoint": {"note": checkpoint.note, "public_key": checkpoints.SIGNER.public_key()},
        "people": [seal.proposed_name, seal.sealed_name],
        "two_people": seal.proposed_by_id is not None and seal.sealed_by_id is not None,
        "sealed_at": at,
    }


def _record(verb: str, seal: Seal, by: Actor, at: datetime) -> None:
    facts = {
        "period": seal.period,
        "region": seal.region.code,
        "version": seal.version,
        "manifest": hashlib.sha256(seal.manifest.encode()).hexdigest() if seal.manifest else "",
    }
    journal.append(journal.SYSTEM, verb, seal, by=by, at=at, **facts)


def _is_root(hashes: list[bytes], stated: dict[str, Any]) -> bool:
    return (len(hashes), leaves.reckoned(hashes)) == (stated["size"], stated["root"])


def faults(seal: Seal) -> list[str]:
    """What does not hold of a sealed version as it is kept: signature, root, digests, figures."""
    found, stated = [], seal.stated()
    if not holds(seal.signature, seal.manifest, seal.public_key):
        found.append("the signature does not hold")
    log = leaves.text_of(seal.leaves)
    hashes = leaves.hashes(log)
    if not _is_root(hashes, stated["tree"]):
        found.append("the root is not that of the lines")
    before = stated["previous"]
    if before and not _is_root(hashes[: before["size"]], before):
        found.append("the version before is not a part of this one")
    figures = seal.compilation.figures
    if hashlib.sha256(figures.encode()).hexdigest() != stated["figures_sha256"]:
        found.append("the figures are not those that were sealed")
    elif leaves.in_force(log) != seal.compilation.found()["totals"]["filings"]:
        found.append("the lines are not as many as the filings")
    if hashlib.sha256(seal.changes.encode()).hexdigest() != stated["changes_sha256"]:
        found.append("the list of changes is not the one that was sealed")
    return found + _faults_of_checkpoint(seal)


def _faults_of_checkpoint(seal: Seal) -> list[str]:
    """What does not hold of the checkpoint that a version stands on; older ones name none."""
    stated = seal.stated().get("checkpoint")
    if stated is None:
        return []
    held = Checkpoint.objects.filter(note=stated["note"]).first()
    if held is None:
        return ["the checkpoint it stands on is not in the book"]
    try:
        statement = checkpoints.read(
            canonical({"note": held.note, "heads": held.heads}), key=stated["public_key"]
        )
    except checkpoints.BadCheckpoint as error:
        return [f"the checkpoint it stands on: {error}"]
    ahead = [
        f"the chain {key} was further when it was compiled than at the checkpoint"
        for key, (length, _head) in json.loads(seal.compilation.heads).items()
        if length > statement.heads.get(key, (0, ""))[0]
    ]
    departed = checkpoints.departures(statement)
    return ahead + [f"the chain {one.chain} {one.why}, at event {one.seq}" for one in departed]
