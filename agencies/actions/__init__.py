"""The verbs of the register: what is over ends on a day, nothing is deleted."""

from agencies.actions.changing import change, change_kept, change_letter, rearrange, rewrite
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
    "change",
    "change_kept",
    "change_letter",
    "dissolve",
    "end_kept",
    "end_region",
    "end_ruled",
    "rearrange",
    "release",
    "rewrite",
]
