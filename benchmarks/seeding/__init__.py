"""A national table of incidents, by COPY, spread as domain.md section 9 says."""
