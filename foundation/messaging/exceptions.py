"""What can go wrong before a message is even queued."""


class InvalidAddress(ValueError):
    """Not a number, e-mail address or URL that a message could go to."""


class NotDialable(ValueError):
    """Outside production only drama-range or allow-listed numbers are ever dialled (design.md, Tests)."""


class UnknownGuard(LookupError):
    """The switchboard has no guard of that name; adding it to GUARDS is the mend."""


class UnknownService(LookupError):
    """The switchboard has no policy for that service; adding it to POLICIES is the mend."""


class UnknownAudience(LookupError):
    """The switchboard has no audience of that name; adding it to AUDIENCES is the mend."""
