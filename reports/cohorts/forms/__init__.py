"""The questions of cohort reviews."""
