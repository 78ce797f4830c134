"""Return Home Interviews: offered within 72 hours of a child's return (domain.md section 6)."""
