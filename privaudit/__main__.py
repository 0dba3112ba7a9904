"""`python -m privaudit`, and the command `privaudit`."""

import gc
import os


def main() -> None:
    """Runs the command line and exits."""
    # A run makes few cycles and is over soon: collecting them costs more than it frees, from the first import on.
    gc.disable()
    try:
        from privaudit.cli.main import main as run

        run()
    except KeyboardInterrupt:
        # Before there was anything to break off.
        os._exit(130)


if __name__ == "__main__":
    main()
