"""What people and imports say, kept for good: records by revision, in one order, with an audit."""
