"""By which names messaging knows what the helpline sends by e-mail."""

SERVICE = "helpline"
GUARD = "helpline.mail"
MAIL_LABEL = "helpline.HelplineMail"
