"""Visits by somebody who goes alone: shared by every service whose workers do."""
