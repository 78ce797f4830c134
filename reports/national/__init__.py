"""The national annual return."""
