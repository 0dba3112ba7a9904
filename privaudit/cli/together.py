"""Files that the configuration calls one notice: found whole whenever a part of it is audited."""

from __future__ import annotations

from collections.abc import Sequence

from privaudit.discover import Filters, discover
from privaudit.errors import UsageError
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.config.settings import Notice
    from privaudit.discover import Source


def completed(
    sources: Sequence[Source], notices: Sequence[Notice], max_bytes: int, follow: bool
) -> tuple[list[Source], dict[str, Notice]]:
    """What was found with the other files of the notices that it belongs to, and the notice of each path.

    A notice is one text: judged by the one file that a hook names, it would lack what its other files say. Raises
    `UsageError` where two notices claim a file, or a pattern of one means no file, whose words would be missing.
    """
    found = {one.path: one for one in sources}
    together: dict[str, Notice] = {}
    for notice in notices:
        if not any(notice.paths.match(path) for path in found):
            continue
        filters = Filters(include=notice.paths.match)
        base = str(notice.paths.base)
        for source in discover([base], max_bytes=max_bytes, filters=filters, follow=follow).sources:
            found.setdefault(source.path, source)
        if empty := notice.empty_pattern(found):
            place = notice.place
            raise UsageError(f"{place.path}:{place.line}: no file of the notice {notice.name!r} is meant by {empty!r}")
        for path in found:
            if not notice.paths.match(path):
                continue
            if path in together:
                place = notice.place
                raise UsageError(
                    f"{place.path}:{place.line}: {path} belongs to the notice {together[path].name!r} already; "
                    f"name it in one of them"
                )
            together[path] = notice
    return [found[path] for path in sorted(found)], together
