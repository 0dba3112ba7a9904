"""`python -m privaudit`, and the command `privaudit`."""

import gc


def main() -> None:
    """Runs the command line and exits."""
    # A run makes few cycles and is over soon: collecting them costs more than it frees, from the first import on.
    gc.disable()
    from privaudit.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
