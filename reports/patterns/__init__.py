"""Places, times and associates that incidents share."""
