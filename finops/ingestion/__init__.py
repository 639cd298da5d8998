"""How data comes in: the only rooms that open a user's file or talk to a cloud."""
