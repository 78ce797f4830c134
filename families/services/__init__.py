"""The verbs of family support, by what they are about."""
