"""Pages of interviews: at a desk, on a phone, and what comes of them."""
