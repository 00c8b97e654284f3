"""Check a published year with nothing but its files.  No Jianbei and no Django is needed.

    python verify_published.py DIRECTORY PUBLIC_KEY
    python verify_published.py PROOF.json PUBLIC_KEY

DIRECTORY holds manifest.json, signature.txt, figures.json, leaves.ndjson and changes.json as they
were downloaded; PROOF.json is the proof of one filing, whose line is printed.  PUBLIC_KEY is the
key in base 64 as it was given to you by another way.  Needs Python 3.11 and the package
`cryptography`.  Says of each thing whether it holds, and ends with 0 only if everything agrees.
"""

import base64
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

AT_ONCE = 1000
PARTS = {f"by_{name}": name for name in ("agency", "month", "type", "trigger")}


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def root(hashes: list[bytes]) -> bytes:
    """The root of RFC 9162, section 2.1.1: level by level, an odd one going up as it is."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [sha256(b"\x01" + left + right) for left, right in pairs] + odd
    return b"".join(hashes)


def replay(lines: list[bytes]) -> list[dict]:
    """The filings counted at the end of the log; many lines are read at once, which is faster."""
    held = {}
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        told = json.loads(b"[" + b",".join(some) + b"]")
        if len(told) != len(some):
            raise ValueError("a line is not one JSON text")
        for line in told:
            if line["change"] == "left_out":
                held.pop(line["number"], None)
            else:
                held[line["number"]] = line
    return list(held.values())


def signed(text: bytes, signature: str, key: str) -> bool:
    """Whether the key signed the text."""
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    try:
        public.verify(base64.b64decode(signature.strip(), validate=True), text)
    except InvalidSignature:
        return False
    return True


def climbed(proof: dict) -> str:
    """The root to which the path of a line leads (RFC 9162, section 2.1.3.2)."""
    place, last = proof["index"], proof["size"] - 1
    found = sha256(b"\x00" + proof["leaf"].encode())
    for text in proof["path"]:
        beside = bytes.fromhex(text)
        if place % 2 or place == last:
            found = sha256(b"\x01" + beside + found)
            while place and place % 2 == 0:
                place, last = place >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + beside)
        place, last = place >> 1, last >> 1
    return found.hex()


def checks_of_proof(place: Path, key: str):
    """Each thing to check of the proof of one filing, and how."""
    proof = json.loads(place.read_text("utf-8"))
    stated = json.loads(proof["manifest"])
    tree = stated["tree"]
    yield (
        "the signature of the manifest",
        lambda: signed(proof["manifest"].encode(), proof["signature"], key),
    )
    yield (
        "the path of the line to the root that was signed",
        lambda: (proof["size"], climbed(proof)) == (tree["size"], tree["root"]),
    )
    yield from checks_of_checkpoint(stated)


def checks_of_checkpoint(stated: dict):
    """The checkpoint of the records that the seal stands on; older seals name none."""
    if "checkpoint" in stated:
        body, _, signature = stated["checkpoint"]["note"].rpartition("\n\u2014 jianbei/events ")
        key = stated["checkpoint"]["public_key"]
        yield "the signature of its checkpoint", lambda: signed(body.encode(), signature, key)


def checks(place: Path, key: str):
    """Each thing to check of a published version, and how."""
    manifest = (place / "manifest.json").read_bytes()
    signature = (place / "signature.txt").read_bytes()
    yield "the signature of manifest.json", lambda: signed(manifest, signature.decode(), key)
    stated = json.loads(manifest)
    yield from checks_of_checkpoint(stated)
    for name in ("figures", "changes"):
        found = hashlib.sha256((place / f"{name}.json").read_bytes()).hexdigest()
        expected = stated[f"{name}_sha256"]
        yield f"the digest of {name}.json", lambda one=found, other=expected: one == other
    text = (place / "leaves.ndjson").read_bytes()
    lines = text.removesuffix(b"\n").split(b"\n") if text else []
    hashes = [sha256(b"\x00" + line) for line in lines]
    tree, before = stated["tree"], stated["previous"]
    yield (
        "the root over leaves.ndjson",
        lambda: (len(lines), root(hashes).hex()) == (tree["size"], tree["root"]),
    )
    if before:
        yield (
            f"that version {before['version']} is a part of this one",
            lambda: root(hashes[: before["size"]]).hex() == before["root"],
        )
    filings = replay(lines)
    yield from recounts(filings, json.loads((place / "figures.json").read_bytes()))


def recounts(filings: list[dict], figures: dict):
    """Which figures are what the lines add up to."""
    totals = figures["totals"]
    yield f"the recount of {totals['filings']} filings", lambda: len(filings) == totals["filings"]
    statutory = sum(one["standing"] == "statutory" for one in filings)
    yield (
        f"the recount of {totals['statutory']} statutory inspections",
        lambda: statutory == totals["statutory"],
    )
    for table, name in PARTS.items():
        found = Counter(one[name] for one in filings)
        told = {row["code"]: row["count"] for row in figures["tables"][table] if row["count"]}
        yield f"the recount of the table {table}", lambda one=found, other=told: one == other


def said(stated: dict):
    """What was sealed, in words."""
    region = stated["region"]
    yield f"{stated['period']}, {region['code']} {region['name']}, version {stated['version']}"
    people = " and ".join(stated["people"]) if stated["two_people"] else "ONE OPERATOR, not by two"
    yield f"sealed {stated['sealed_at']} by {people}"
    if code := stated.get("code"):
        yield f"by the program {code['version']}, sources {code['sources_sha256']}"
    if "checkpoint" in stated:
        _, size, of, at = stated["checkpoint"]["note"].split("\n")[:4]
        yield f"on the checkpoint of {at}: {size} events, root {of}"


def failures(found) -> int:
    """Print of each thing whether it holds; how many do not."""
    failed = 0
    try:
        for what, holds in found:
            try:
                held, why = holds(), ""
            except (ValueError, KeyError, TypeError) as error:
                held, why = False, f": {error}"
            print(f"{'holds' if held else 'FAILS'}  {what}{why}")
            failed += not held
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"FAILS  a file cannot be read, so that the rest is not checked: {error!r}")
        failed += 1
    return failed


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    place, key = Path(sys.argv[1]), sys.argv[2]
    one = not place.is_dir()
    failed = failures(checks_of_proof(place, key) if one else checks(place, key))
    if failed:
        print(f"{failed} of these do not hold: do not trust these files.")
        return 1
    proof = json.loads(place.read_text("utf-8")) if one else {}
    manifest = proof["manifest"] if one else (place / "manifest.json").read_text("utf-8")
    print("\n".join(said(json.loads(manifest))))
    if one:
        print(proof["leaf"])
    else:
        print("The other tables are signed; the lines do not carry what would recount them.")
    print("Everything agrees.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
