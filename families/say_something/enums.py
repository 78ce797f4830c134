"""Words of Say Something: what people tell of exploitation without saying who they are."""

from django.db.models import TextChoices


class Way(TextChoices):
    """How it reached us."""

    WEB = "web", "The form on the website"
    TEXT = "text", "A text that begins with SAY"
    CALL = "call", "Told on the telephone"


class Kind(TextChoices):
    """What it is about; the words that are shown to people are the form's own."""

    SEXUAL = "sexual", "Sexual exploitation"
    CRIMINAL = "criminal", "Criminal exploitation or county lines"
    WORK = "work", "Forced work or slavery"
    ONLINE = "online", "Grooming or pressure online"
    VIOLENCE = "violence", "Violence or gangs"
    OTHER = "other", "Something else, or not sure"


class AccountStatus(TextChoices):
    """What was made of it."""

    NEW = "new", "To be read"
    RAISED = "raised", "Written up as intelligence"
    SET_ASIDE = "set_aside", "Set aside"
