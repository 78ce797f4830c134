"""The matrix of the walls: role, organisation, record and interface (docs/walls.md)."""
