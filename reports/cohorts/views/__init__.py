"""Pages of cohort reviews."""
