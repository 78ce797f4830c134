"""How a run stands, and what came of each record in it."""

from django.db.models import TextChoices


class RunStatus(TextChoices):
    """From one person's proposal, through another's start, to its report."""

    PROPOSED = "proposed_run", "Proposed"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Came(TextChoices):
    """What came of one record."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Anonymised"
    HELD = "held", "Legal hold"
    KEPT = "kept", "Something else still needs it"
    GONE = "gone", "No longer due"
