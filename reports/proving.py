"""The proof that a filing is counted in a sealed version, complete enough for a stranger."""

from typing import Any

from reports import leaves
from reports.models import Seal


def proof_of(seal: Seal, number: str) -> dict[str, Any] | None:
    """The proof with the signed manifest it leads to; None when the version counts no such filing.

    A filing that was left out since has a line, and the line says so.
    """
    proof = leaves.inclusion(leaves.log_of(seal.leaves), number)
    if proof is None:
        return None
    return proof | {
        "manifest": seal.manifest,
        "signature": seal.signature,
        "public_key": seal.public_key,
    }
