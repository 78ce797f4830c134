"""Every read of family support. Nothing is answered outside the charity."""
