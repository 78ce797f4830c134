"""What the stand-in provider remembers. In Postgres, so that it survives being killed.

Every number here is invented (`dialling.may_dial`); nothing here is a record of the product.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.sandbox.enums import FaultKind, NetworkName, Status


def new_sid() -> str:
    """A message id as Twilio makes them: SM and 32 hexadecimal digits."""
    return "SM" + secrets.token_hex(16)


class Handset(models.Model):
    """A phone: a number that got or sent a text."""

    number = models.CharField(max_length=20, unique=True)
    is_on = models.BooleanField(default=True)
    has_opted_out = models.BooleanField(default=False)
    last_text_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.number


class Text(models.Model):
    """One accepted message, either way. The log by which "doubled" is counted: never trimmed."""

    sid = models.CharField(max_length=34, unique=True, default=new_sid)
    account_sid = models.CharField(max_length=34)
    inbound = models.BooleanField(default=False)
    handset = models.ForeignKey(Handset, on_delete=models.CASCADE, related_name="texts")
    to = models.CharField(max_length=20)
    sender = models.CharField(max_length=20)
    service_sid = models.CharField(max_length=34, blank=True)
    body = models.TextField()
    segments = models.PositiveSmallIntegerField(default=1)
    # Twilio's status. Not called that here, as a status of ours is only written by `states.move`.
    progress = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    error_code = models.PositiveIntegerField(null=True, blank=True)
    # The sender's own reference, read from its callback address; "" where there is none.
    reference = models.CharField(max_length=64, blank=True, db_index=True)
    callback_url = models.TextField(blank=True)
    validity_seconds = models.PositiveIntegerField(default=36_000)
    discard_body = models.BooleanField(default=False)
    obfuscate_number = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-id"], name="sandbox_text_to"),
            models.Index(fields=["handset", "-id"], name="sandbox_text_handset"),
        ]

    def __str__(self) -> str:
        return self.sid

    @property
    def shown_to(self) -> str:
        """The number as the API shows it: without its last four digits once redacted."""
        return self.to[:-4] + "XXXX" if self.obfuscate_number and self.sent_at else self.to

    @property
    def shown_body(self) -> str:
        """The text as the API shows it: nothing once redacted."""
        return "" if self.discard_body and self.sent_at else self.body


class Step(models.Model):
    """A step still to come in a text's life, and how many callbacks tell of it (0 loses it)."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="steps")
    progress = models.CharField(max_length=12, choices=Status.choices)
    error_code = models.PositiveIntegerField(null=True, blank=True)
    copies = models.PositiveSmallIntegerField(default=1)
    forged = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    # The HTTP status our callback got, 0 where nobody answered, null where none was sent.
    answered = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="sandbox_step_due", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.progress}"


class Fault(models.Model):
    """Something made to go wrong: for one address or all, a number of times or until taken away."""

    kind = models.CharField("What goes wrong", max_length=20, choices=FaultKind.choices)
    to = models.CharField("Only for this number, e-mail address or network", max_length=254, blank=True)
    remaining = models.PositiveIntegerField("How many times", null=True, blank=True)
    seconds = models.FloatField("Seconds (for the late ones)", default=0)

    def __str__(self) -> str:
        return self.get_kind_display()


class Mail(models.Model):
    """One e-mail that arrived. The HTML part is kept as text and only ever shown as text."""

    message_id = models.CharField(max_length=255, blank=True, db_index=True)
    sender = models.CharField(max_length=254)
    to = models.CharField(max_length=1000)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    plain = models.TextField(blank=True)
    html = models.TextField(blank=True)
    arrived_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class MailPicture(models.Model):
    """A picture that an e-mail carried: shown in its HTML by `cid`, saved under `name`."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="pictures")
    cid = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class SignagePlayer(models.Model):
    """A player of digital signage: it reads a playlist, shows what stands there and checks in."""

    playlist_url = models.URLField("Address of the playlist", max_length=300)
    check_in_url = models.URLField("Where it checks in", max_length=300)
    token = models.CharField("Its token", max_length=200, unique=True)
    is_on = models.BooleanField(default=True)
    keeps_showing = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True, blank=True)
    good_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class SignageItem(models.Model):
    """One picture on a player, until it dropped it."""

    player = models.ForeignKey(SignagePlayer, on_delete=models.CASCADE, related_name="items")
    reference = models.CharField(max_length=60)
    checksum = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()
    shown_from = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["player", "reference"], name="sandbox_item_once_a_player")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NetworkPicture(models.Model):
    """A picture that was uploaded to a network."""

    data = models.BinaryField()
    content_type = models.CharField(max_length=100)
    alt_text = models.CharField(max_length=1500, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class NetworkPost(models.Model):
    """One post at a network, or a page of a partner. `once` is the poster's idempotency key."""

    network = models.CharField(max_length=10, choices=NetworkName.choices)
    account = models.CharField(max_length=150)
    key = models.CharField(max_length=60)
    once = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    picture = models.ForeignKey(NetworkPicture, null=True, on_delete=models.CASCADE, related_name="posts")
    posted_at = models.DateTimeField(default=timezone.now, db_index=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "account", "key"], condition=~Q(key=""), name="sandbox_post_once"
            ),
            models.UniqueConstraint(
                fields=["network", "account", "once"], condition=~Q(once=""), name="sandbox_post_idempotent"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def shown_account(self) -> str:
        """Whose it is, as people call it."""
        return self.account.removeprefix("did:web:")


def new_name() -> str:
    """Nobody finds the address of a browser by trying."""
    return secrets.token_hex(8)


class Browser(models.Model):
    """One that can be pushed to. Without a private key its keys are elsewhere: what it gets stays sealed."""

    name = models.CharField(max_length=32, unique=True, default=new_name)
    private_key = models.CharField(max_length=64, blank=True)
    secret = models.CharField(max_length=32, blank=True)
    only_from = models.CharField(max_length=100, blank=True)
    is_gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Push(models.Model):
    """One that was taken for a browser, as it came."""

    browser = models.ForeignKey(Browser, on_delete=models.CASCADE, related_name="pushes")
    sealed = models.BinaryField()
    ttl = models.PositiveIntegerField()
    topic = models.CharField(max_length=32, blank=True)
    urgency = models.CharField(max_length=10)
    is_replaced = models.BooleanField(default=False)
    taken_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)


class PartnerSystem(models.Model):
    """A partner's system that shows alerts. Without a secret it takes what it cannot check."""

    name = models.CharField(max_length=40, unique=True)
    secret = models.CharField(max_length=100, blank=True)
    is_gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class PartnerPost(models.Model):
    """One thing that was posted to a system, as it came."""

    system = models.ForeignKey(PartnerSystem, on_delete=models.CASCADE, related_name="posts")
    reference = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    body = models.TextField()
    is_signed = models.BooleanField(default=False)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "reference"], name="sandbox_partner_post_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
