"""A project as one HTML page for people to read: :mod:`.page` writes it, :mod:`.back` reads it for the loss report."""
