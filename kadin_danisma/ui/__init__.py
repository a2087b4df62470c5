"""The window: Qt, and the only Qt."""
