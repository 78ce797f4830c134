"""Making backups, restoring them, and letting a restored system go."""
