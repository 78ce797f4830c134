"""Whether Return Home Interviews help: a fair before and after (domain.md section 6)."""
