"""What the figures cost and how right they are, beside what others do."""
