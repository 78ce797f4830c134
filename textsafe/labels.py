"""By what messaging knows whose a message is."""

REQUEST_LABEL = "textsafe.Request"
REPLY_LABEL = "textsafe.ConversationMessage"
