"""Somebody long missing is proposed to a partner that traces at each review, or it is said why not."""
