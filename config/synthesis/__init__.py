"""A lawful year of inspections that never happened, at any scale, the same for the same seed."""

from config.synthesis.loading import YearPresent, load
from config.synthesis.plan import ImpossiblePlan, Plan

__all__ = ["ImpossiblePlan", "Plan", "YearPresent", "load"]
