"""The verbs of TextSafe, by what they are about."""
