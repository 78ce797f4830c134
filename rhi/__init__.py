"""Return Home Interviews: offered within 72 hours of a child's return, by somebody independent (domain.md section 6)."""
