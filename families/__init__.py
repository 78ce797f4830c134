"""Family support: those left behind, and whoever turns to the helpline first (domain.md section 7)."""
