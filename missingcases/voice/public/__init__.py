"""Their own voice on the public site."""
