"""The page of administration: one section a file."""
