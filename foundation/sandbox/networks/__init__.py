"""Stand-ins of social networks and of a media partner's site: as much of their protocols as we speak.

Nothing here is shown to anybody but whoever tries the product, or a test.
"""
