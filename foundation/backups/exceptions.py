"""What can go wrong with a backup, in words for whoever stands before it at night."""


class BackupTrouble(Exception):
    """It could not be made or restored; the message says why and what to do. Nothing was changed."""
