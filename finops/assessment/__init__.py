"""Assessment: whether the practice is worth what it costs."""
