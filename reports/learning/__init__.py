"""What risk was seen before somebody came to serious harm."""
