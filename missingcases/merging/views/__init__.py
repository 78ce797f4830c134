"""Pages of people, of records that may be one, and what is decided of them."""
