"""Drives the built program as a person does: real keys on a real window, read by its own names."""
