"""What developers need beside the program itself; nothing here is shipped."""
