"""Intelligence reports for the systems of the forces they are sent to."""
