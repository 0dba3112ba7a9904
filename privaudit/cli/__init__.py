"""The command line: options to stages to output to exit code."""
