"""Figures as data: what each counts, for whom, and what was published of it (domain.md section 9)."""
