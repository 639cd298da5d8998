"""The pages: each one question, and the views that answer it."""
