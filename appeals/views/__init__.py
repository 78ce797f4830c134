"""The pages of publicity, for police and the charity's desk."""
