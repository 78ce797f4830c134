"""What others do for the same work, written as their own documentation advises."""
