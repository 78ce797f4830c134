"""One load a file, each with its `LOAD`."""
