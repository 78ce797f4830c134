"""The forms of TextSafe."""
