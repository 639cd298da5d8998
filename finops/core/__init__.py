"""The nouns that every capability shares; pure, with no input and no output."""
