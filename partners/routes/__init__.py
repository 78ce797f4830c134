"""What must be told to whom where somebody may be trafficked, forced to marry or drawn into terrorism."""
