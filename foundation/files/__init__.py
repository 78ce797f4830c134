"""Files somebody gave us or that we made: where they lie, what they are, and how one is sent out."""
