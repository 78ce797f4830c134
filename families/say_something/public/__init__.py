"""Say Something on the public site: another house, which inserts and reads nothing."""
