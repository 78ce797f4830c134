"""The pages of family support."""
