"""Pages of CAP on the staff site: what came in, and partners who are told."""
