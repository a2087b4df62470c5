"""The pages of IT, who looks after a vault it cannot open: one subject a file."""
