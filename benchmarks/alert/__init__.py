"""`dev.py bench alert`: a Child Rescue Alert to a million, against a provider that answers in 50 ms."""
