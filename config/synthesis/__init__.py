"""A lawful year of inspections that never happened, at any scale, the same for the same seed."""
