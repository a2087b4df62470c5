"""Numbers to paper: profiles, disclosure control, and the files that may leave the centre."""
