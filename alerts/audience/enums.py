"""Words of the audience."""

from django.db.models import TextChoices


class SubscriptionStatus(TextChoices):
    """Where a subscription stands. What nobody confirmed is no subscription (`models.SignUp`)."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    LEFT = "left", "Left"


class Source(TextChoices):
    """How a subscriber came to us."""

    SIGN_UP = "sign_up", "Signed up on our site"
    PARTNER = "partner", "From a partner's list"
    BY_HAND = "by_hand", "Added by hand, to rehearse"
    MADE = "made", "Made to try the system"


class Kind(TextChoices):
    """What a form from the public site asks for."""

    SIGN_UP = "sign_up", "Sign up"
    CONFIRM = "confirm", "Confirm"
    ASK_LINK = "ask_link", "Ask for the link to one's choices"
    CHANGE = "change", "Change one's choices"
    PAUSE = "pause", "Pause"
    GO_ON = "go_on", "End a pause"
    LEAVE = "leave", "Leave"
    MOVED = "moved", "A browser has another subscription"
    SYSTEM = "system", "Sign a partner's system up"
    SYSTEM_OK = "system_ok", "Confirm a partner's system"
    ASK_SYSTEM = "ask_system", "Ask for the link to a system's choices"
    NEW_SECRET = "new_secret", "Give a system a new secret"


class ChallengeProblem(TextChoices):
    """Why a system's answer to our question did not do; told to whoever signs it up."""

    NOT_ALLOWED = "not_allowed", "The address may not be called"
    NO_HOST = "no_host", "The name was not found"
    NO_ANSWER = "no_answer", "No answer within ten seconds, or no encrypted connection"
    STATUS = "status", "The answer was no 2xx"
    WRONG = "wrong", "The answer did not give the challenge back"


class ImportStatus(TextChoices):
    """Where a partner's list stands. Nobody is added before a person has seen what the check found."""

    WAITING = "waiting", "Waiting to be checked"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked: somebody has to confirm it"
    ADDING = "adding", "Being added"
    DONE = "done", "Done"
    DROPPED = "dropped", "Not added"
    FAILED = "failed", "Could not be read"
