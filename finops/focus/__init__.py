"""What FOCUS says: its columns, its datasets, its versions and its rules for a row."""
