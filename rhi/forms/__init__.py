"""What is asked of people about Return Home Interviews."""
