"""File → Build Release: what it is to be, whether it can be, and what was made."""
