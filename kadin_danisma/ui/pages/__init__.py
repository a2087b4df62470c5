"""The pages of the side bar and the page of one client."""
