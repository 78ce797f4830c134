"""What people fill in about appeals and sightings."""
