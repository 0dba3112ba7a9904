"""What is said beside the report: lines for people, on standard error."""

import sys


def tell(line: str) -> None:
    """Writes a line to standard error."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
