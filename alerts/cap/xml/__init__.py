"""CAP 1.2 as XML: written, signed, held against the schema, and read from strangers. Knows no database."""
