"""Pages of the helpline's own contacts."""
