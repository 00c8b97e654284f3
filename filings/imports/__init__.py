"""Rows of subjects, and of inspections made elsewhere before this register was kept."""
