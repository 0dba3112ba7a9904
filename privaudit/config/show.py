"""Settings as people and programs read them, each with its origin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from privaudit.config.keys import KEYS
from privaudit.config.settings import Accepted, Item, Notice, Paths, Settings, Versions
from privaudit.record import Any
from privaudit.rulepack.schema import Place

# Keys that are laid out in other settings.
_SPENT = ("extends", "overrides")


def as_lines(path: str, settings: Settings) -> Iterator[str]:
    """A line for each setting: `key: value  # origin`."""
    yield f"# configuration: {path or 'none'}"
    for key in _keys():
        value = json.dumps(_of(settings, key), ensure_ascii=False)
        yield f"{key}: {value}  # {_origin(settings, key)}"


def as_data(path: str, settings: Settings) -> dict[str, Any]:
    """The settings as plain values: `{"configuration": …, "settings": {key: {"value": …, "origin": …}}}`."""
    told = {key: {"value": _of(settings, key), "origin": _origin(settings, key)} for key in _keys()}
    return {"configuration": path or None, "settings": told}


def _keys() -> list[str]:
    return [key for key in KEYS if key not in _SPENT]


def _origin(settings: Settings, key: str) -> str:
    place: Place | None = settings.origins.get(key)
    if place is None:
        return "default"
    return f"{place.path}:{place.line}" if place.line else place.path


def _of(settings: Settings, key: str) -> Any:
    if key == "severity":
        return {item.value: level.value for item, level in settings.severity}
    return _plain(getattr(settings, key))


def _plain(value: Any) -> Any:
    if isinstance(value, Item):
        return value.value
    if isinstance(value, Paths):
        return list(value.patterns)
    if isinstance(value, Notice):
        return {"name": value.name, "files": _plain(value.paths)}
    if isinstance(value, Versions):
        files = {"versions": [_plain(one.paths) for one in value.whole]} if value.whole else _plain(value.notice)
        return {"name": value.notice.name, **files, "may_differ": list(value.may_differ)}
    if isinstance(value, Accepted):
        found = {"rule": _plain(value.rules), "paths": _plain(value.paths), "reason": value.reason}
        return {**found, "until": _plain(value.until)} if value.until else found
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
