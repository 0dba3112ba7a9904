"""The configuration of a repository: found, read, checked, and laid under what the command line says."""
