"""Appeals for systems: a force asks and reads its own; a partner reads what is published to it alone."""
