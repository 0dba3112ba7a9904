"""`python -m privaudit`."""

from privaudit.cli.main import main

if __name__ == "__main__":
    main()
