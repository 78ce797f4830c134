"""What the public site gives out of CAP: the feed, each message, its picture. Nothing here signs in."""
