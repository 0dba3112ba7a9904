"""Matching: words become hits in one pass, hits become verdicts."""
