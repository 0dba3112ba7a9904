"""Compiled modules of other packages by themselves, where all that their packages do at their start is not needed."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.machinery import PathFinder
from types import ModuleType


def extension(package: str, name: str) -> ModuleType:
    """The module `name` of a package, which is not imported for it; one that cannot stand alone comes with it.

    Should the package be imported later, it finds this module and uses it. Raises `ImportError`.
    """
    whole = f"{package}.{name}"
    known = sys.modules.get(whole)
    if known is not None:
        return known
    place = PathFinder.find_spec(package)
    spec = PathFinder.find_spec(whole, place.submodule_search_locations) if place else None
    if spec is None or spec.loader is None:
        return import_module(whole)
    module = spec.loader.create_module(spec)
    if module is None:
        return import_module(whole)
    sys.modules[whole] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[whole]
        raise
    return module


def version_of(package: str) -> str:
    """The version of an installed package by the name of the folder that describes it (PEP 376), else by itself."""
    place = PathFinder.find_spec(package)
    for folder in (place.submodule_search_locations or ()) if place else ():
        for name in os.listdir(os.path.dirname(folder)):  # noqa: PTH120, PTH208 - cheaper than paths, at each start
            if name.startswith(f"{package}-") and name.endswith(".dist-info"):
                return name[len(package) + 1 : -len(".dist-info")]
    return str(import_module(package).__version__)
