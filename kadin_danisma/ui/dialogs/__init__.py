"""The forms that open above a page."""
