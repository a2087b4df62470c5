"""The frame of the window: sign-in, side bar, lock, failures, preferences."""
