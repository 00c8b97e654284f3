"""The verbs of the register: what is over ends on a day, nothing is deleted."""

from agencies.actions.changing import announce, change, rearrange, rewrite
from agencies.actions.ending import (
    abolish,
    dissolve,
    end_kept,
    end_region,
    end_ruled,
    release,
)

__all__ = [
    "abolish",
    "announce",
    "change",
    "dissolve",
    "end_kept",
    "end_region",
    "end_ruled",
    "rearrange",
    "release",
    "rewrite",
]
