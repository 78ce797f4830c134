"""What outlets read of us and tell us on the public site (docs/outlets.md)."""
