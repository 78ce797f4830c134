"""Whether a person is known to a partner, asked without either side showing its list."""
