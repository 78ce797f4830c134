"""Pages of their own voice."""
