"""Pages for everyone in the room."""
