"""Pages of Return Home Interviews."""
