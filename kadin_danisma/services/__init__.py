"""What a person does, one function each: checks, one transaction, one audit line."""
