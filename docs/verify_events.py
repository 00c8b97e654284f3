#!/usr/bin/env python3
"""Check an export of events without the program that made it.

    python3 verify_events.py EVENTS.jsonl [CHECKPOINT.json ...] [--key BASE64]

EVENTS.jsonl is what `manage.py export_events` wrote; each CHECKPOINT.json what
`manage.py checkpoint_events` wrote when you received it.  Needs Python 3.9 or newer and, only to
check the signatures of checkpoints, the package `cryptography`.  Give `--key` the public key that
you noted yourself: the one inside a checkpoint file proves only that the file agrees with itself.
Exit code 0: everything holds.  1: something does not; every place is printed.  2: bad input.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

ORIGIN = "jianbei/events"


def give_up(why):
    """Stop because the input is not what it should be."""
    print(why, file=sys.stderr)
    sys.exit(2)


def events(path):
    """Every event of the export in file order."""
    with Path(path).open(encoding="utf-8") as file:
        for place, line in enumerate(file, start=1):
            try:
                event = json.loads(line)
                yield event["chain"], event["seq"], event
            except (ValueError, KeyError, TypeError):
                give_up(f"{path}:{place}: this line is not an event")


def check_chains(path):
    """What is wrong inside the chains, and the hash of every event by chain and place."""
    faults, hashes, last = [], {}, {}
    for chain, seq, event in events(path):
        expected, previous = last.get(chain, (1, ""))
        if seq != expected:
            faults.append(f"{chain}/{seq}: event {expected} is missing or out of place")
        if event["previous"] != previous:
            faults.append(f"{chain}/{seq}: does not follow the event before it")
        text = event["previous"] + "\n" + event["payload"]
        if hashlib.sha256(text.encode()).hexdigest() != event["hash"]:
            faults.append(f"{chain}/{seq}: its content was changed")
        told = json.loads(event["payload"])
        if (told.get("chain"), told.get("seq")) != (chain, seq):
            faults.append(f"{chain}/{seq}: its content belongs elsewhere")
        hashes[chain, seq] = event["hash"]
        last[chain] = (seq + 1, event["hash"])
    return faults, hashes


def read_checkpoint(path, key):
    """The heads a checkpoint states, once its signature was checked."""
    try:
        parts = json.loads(Path(path).read_text(encoding="utf-8"))
        heads = parts["heads"]
        body, _, signature = parts["note"].rpartition(f"\n— {ORIGIN} ")
        origin, size, root, at = body.split("\n")[:4]
        stated = json.loads(heads)
        total = sum(length for length, _ in stated.values())
        signed = base64.b64decode(signature.strip())
        public = base64.b64decode(key or parts["public_key"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        give_up(f"{path}: this is not a checkpoint file ({error})")
    digest = base64.b64encode(hashlib.sha256(heads.encode()).digest()).decode()
    if (origin, size, root) != (ORIGIN, str(total), digest):
        return None, f"{path}: the heads are not those that were signed"
    return (stated, at), signature_fault(path, public, signed, body)


def signature_fault(path, public, signed, body):
    """What is wrong with the signature, or nothing."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        give_up("install the package `cryptography` to check checkpoints")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed, body.encode())
    except InvalidSignature:
        return f"{path}: the signature does not hold"
    return None


def check_checkpoint(path, key, hashes):
    """Where the export no longer holds what the checkpoint states."""
    statement, fault = read_checkpoint(path, key)
    if fault:
        return [fault]
    stated, at = statement
    faults = []
    for chain, (length, head) in sorted(stated.items()):
        found = hashes.get((chain, length))
        if found is None:
            faults.append(f"{chain}/{length}: is shorter than on {at}")
        elif found != head:
            faults.append(f"{chain}/{length}: was rewritten since {at}")
    return faults


def main():
    """Print what is wrong, or that nothing is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("events")
    parser.add_argument("checkpoints", nargs="*")
    parser.add_argument("--key")
    asked = parser.parse_args()
    if not Path(asked.events).is_file():
        parser.error(f"{asked.events}: there is no such file")
    faults, hashes = check_chains(asked.events)
    for path in asked.checkpoints:
        faults += check_checkpoint(path, asked.key, hashes)
    for fault in faults:
        print(fault)
    chains = len({chain for chain, _ in hashes})
    count = len(asked.checkpoints)
    print(f"{len(hashes)} events, {chains} chains, {count} checkpoints: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
