"""Forms of the launch room."""
