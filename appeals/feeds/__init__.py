"""Reading the feeds of forces: fetched on a clock, trusted in nothing, taken as drafts."""

from appeals.feeds.reading import read_feeds

__all__ = ["read_feeds"]
