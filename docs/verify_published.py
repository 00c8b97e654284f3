"""Check a published year with nothing but its files.  No Jianbei and no Django is needed.

    python verify_published.py DIRECTORY PUBLIC_KEY
    python verify_published.py PROOF.json PUBLIC_KEY

DIRECTORY holds manifest.json, signature.txt, figures.json, leaves.ndjson and changes.json as they
were downloaded; PROOF.json is the proof of one filing, whose line is printed.  PUBLIC_KEY is the
key in base 64 as it was given to you by another way.  Needs Python 3.11 and the package
`cryptography`.  Ends with 0 only if everything agrees.
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
PARTS = {
    "by_agency": "agency",
    "by_month": "month",
    "by_type": "type",
    "by_trigger": "trigger",
}


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def root(hashes: list[bytes]) -> bytes:
    """The root of RFC 9162, section 2.1.1: level by level, an odd one going up as it is."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [sha256(b"\x01" + left + right) for left, right in pairs] + odd
    return hashes[0]


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


def signed(manifest: bytes, signature: str, key: str) -> bool:
    """Whether the key signed the manifest."""
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    try:
        public.verify(base64.b64decode(signature), manifest)
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


def faults_of_proof(place: Path, key: str):
    """What does not agree in the proof of one filing."""
    proof = json.loads(place.read_text("utf-8"))
    if not signed(proof["manifest"].encode(), proof["signature"], key):
        yield "the signature does not hold"
    tree = json.loads(proof["manifest"])["tree"]
    if proof["size"] != tree["size"] or climbed(proof) != tree["root"]:
        yield "the path of the line does not lead to the root that was signed"


def faults(place: Path, key: str):
    """Everything that does not agree."""
    manifest = (place / "manifest.json").read_bytes()
    stated = json.loads(manifest)
    if not signed(manifest, (place / "signature.txt").read_text(), key):
        yield "the signature does not hold"
    figures = (place / "figures.json").read_bytes()
    if hashlib.sha256(figures).hexdigest() != stated["figures_sha256"]:
        yield "the figures are not those that were sealed"
    changes = (place / "changes.json").read_bytes()
    if hashlib.sha256(changes).hexdigest() != stated["changes_sha256"]:
        yield "the list of changes is not the one that was sealed"
    lines = [line for line in (place / "leaves.ndjson").read_bytes().split(b"\n") if line]
    hashes = [sha256(b"\x00" + line) for line in lines]
    tree = stated["tree"]
    if len(lines) != tree["size"] or (lines and root(hashes).hex() != tree["root"]):
        yield "the root is not that of the lines"
    before = stated["previous"]
    if before and root(hashes[: before["size"]]).hex() != before["root"]:
        yield "the version before is not a part of this one"
    yield from recount(replay(lines), json.loads(figures))


def recount(filings: list[dict], figures: dict):
    """Which figures are not what the lines add up to."""
    if len(filings) != figures["totals"]["filings"]:
        yield f"{len(filings)} lines, but {figures['totals']['filings']} filings"
    statutory = sum(one["standing"] == "statutory" for one in filings)
    if statutory != figures["totals"]["statutory"]:
        yield "the statutory number is not that of the lines"
    for table, name in PARTS.items():
        found = Counter(one[name] for one in filings)
        told = {row["code"]: row["count"] for row in figures["tables"][table] if row["count"]}
        if dict(found) != told:
            yield f"the table {table} is not that of the lines"


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    place, key = Path(sys.argv[1]), sys.argv[2]
    found = list(faults(place, key) if place.is_dir() else faults_of_proof(place, key))
    if not found and place.is_file():
        print(json.loads(place.read_text("utf-8"))["leaf"])
    print("\n".join(found) or "Everything agrees.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
