"""The report for counsel as one HTML page."""
