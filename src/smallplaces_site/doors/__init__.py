"""Doors: what is open, closes or comes at the United Nations and at home, State by State."""
