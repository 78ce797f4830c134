"""What family support asks for."""
