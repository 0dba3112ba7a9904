"""Reading: bytes to documents with exact offsets."""
