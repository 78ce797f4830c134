"""The report of an alert or a drill on paper."""
