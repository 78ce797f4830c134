"""The pages of TextSafe."""
