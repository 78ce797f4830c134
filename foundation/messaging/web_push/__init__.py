"""Messages to browsers: what a subscription is, how a message to it is sealed, and who we say we are."""
