"""The command `privaudit`: options in, exit code out, and never a traceback."""

import os
import signal
import sys

from privaudit import __version__
from privaudit.cli.direct import parsed
from privaudit.cli.tell import tell
from privaudit.errors import OutputClosedError, PrivauditError, UsageError
from privaudit.gate import INTERRUPTED, PIPE_CLOSED, TERMINATED, WRONG_USE
from privaudit.record import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

_HELP = """Audits privacy policies against GDPR Art. 13 and 14, and finds outdated legal mechanisms in them.

Exit codes: 0 clean, 1 findings, 2 wrong use, 3 something could not be audited."""

# What a shell sets that asks how a line goes on, and what people give that want it to.
_COMPLETE = "_PRIVAUDIT_COMPLETE"
_COMPLETION = ("--install-completion", "--show-completion")


def _version(wanted: bool) -> None:
    if wanted:
        import typer

        typer.echo(f"privaudit {__version__}")
        raise typer.Exit


def build(command: str = "") -> "typer.Typer":
    """The application with all its commands, or only with the one that is about to run.

    The options for shell completion are there where no command is named, and in the answer to a shell that completes.
    """
    from typing import Annotated

    import typer

    from privaudit.cli import parameters, table
    from privaudit.cli.check import check

    app = typer.Typer(
        name="privaudit",
        help=_HELP,
        no_args_is_help=True,
        add_completion=not command or command.startswith("-"),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def common(
        version: Annotated[
            bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
        ] = False,
    ) -> None:
        pass

    paths = typer.Argument(metavar="[PATH]...", help="Files, folders, globs, or - for standard input.")
    app.command("check")(
        parameters.command(check, {"paths": Annotated[list[str] | None, paths]}, table.CHECK),
    )
    if command != "check":
        from privaudit.cli import (
            baseline,
            config,
            convert,
            corpus,
            diff,
            evaluate,
            history,
            init,
            parity,
            rules,
            schema,
        )

        app.command("init")(init.init)
        app.command("baseline")(baseline.baseline)
        app.add_typer(config.build(), name="config")
        app.add_typer(rules.build(), name="rules")
        app.command("evaluate")(evaluate.evaluate)
        app.command("convert")(convert.convert)
        app.command("diff")(diff.diff)
        app.command("history")(history.history)
        app.command("parity")(parity.parity)
        app.command("corpus")(corpus.corpus)
        app.command("schema")(schema.schema)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits."""
    signal.signal(signal.SIGTERM, _terminated)
    # Left alone where a shell has it ignored, as for what runs in the background.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    code = run(arguments)
    for stream in (sys.stdout, sys.stderr):
        # What could not be written was told, or there is nobody to tell.
        try:  # noqa: SIM105 - here and below: contextlib takes half a millisecond to load, at each start
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass
    # Everything is written; taking the process apart piece by piece would only take time.
    os._exit(code)


def _terminated(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.exit(TERMINATED)


def _interrupted(*_: object) -> None:
    # A second ^C waits for nothing.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else arguments
    if sys.stderr is None:
        # Not left to the next file that is opened, which would get what is meant for people.
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - to the end
    if sys.stdout is None:
        return _failed("standard output is closed; send it to /dev/null if it is not wanted")
    try:
        if arguments[:1] and arguments[0] in _COMPLETION and arguments[1:]:
            raise UsageError(
                f"{arguments[0]}: takes no value, since it sees in which shell it runs; "
                f"for another one: {_COMPLETE}=source_zsh privaudit"
            )
        code = _called(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, OutputClosedError):
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):
            # click has seen it first, and says 1.
            return PIPE_CLOSED
        return ended.code if isinstance(ended.code, int) else 0
    except PrivauditError as error:
        return _failed(str(error))
    except OSError as error:
        return _out_of_order(error)
    except Exception as error:
        return _unexpected(error)
    return code if isinstance(code, int) else 0


def _called(arguments: list[str]) -> object:
    """What the command gives that the arguments call."""
    # A shell that completes says what it wants in a variable and names no command.
    completes = bool(os.environ.get(_COMPLETE))
    given = None if completes else parsed(arguments)
    if given is not None:
        from privaudit.cli.check import check

        return check(**given)
    import typer

    app = build(*([] if completes else arguments[:1]))
    return typer.main.get_command(app).main(args=arguments, prog_name="privaudit", standalone_mode=False)


def _failed(message: str) -> int:
    from privaudit.render.sanitise import one_line

    try:
        for line in message.split("\n"):
            tell(f"error: {one_line(line)}")
    except OSError:
        pass
    return WRONG_USE


def _out_of_order(error: OSError) -> int:
    """Something of the system's that failed in a place that has no words for it, such as a disk that is full."""
    if os.environ.get("PRIVAUDIT_DEBUG"):
        raise error
    if isinstance(error.filename, str | bytes):
        return _failed(f"{os.fsdecode(error.filename)}: {error.strerror}")
    if isinstance(error, FileNotFoundError):
        return _failed("the current folder is gone; change into another")
    return _failed(f"standard output: cannot be written: {error.strerror}" if error.strerror else str(error))


def _unexpected(error: Exception) -> int:
    show: Any = getattr(error, "format_message", None)
    if show is not None:
        # Wrong use that click found: an unknown option, a value of the wrong type.
        if type(error).__name__ == "NoArgsIsHelpError":
            print(show())  # noqa: T201
            return WRONG_USE
        return _failed(show().replace("\n", " "))
    if type(error).__name__ == "Abort":
        return INTERRUPTED
    if os.environ.get("PRIVAUDIT_DEBUG"):
        raise error
    return _failed(
        f"internal error: {type(error).__name__}: {error}; please report it, with what PRIVAUDIT_DEBUG=1 shows"
    )
