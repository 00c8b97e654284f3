"""The verbs of the register: what is over ends on a day, nothing is deleted."""

from agencies.actions.changing import change, rewrite
from agencies.actions.ending import abolish, dissolve, end_region, release

__all__ = ["abolish", "change", "dissolve", "end_region", "release", "rewrite"]
