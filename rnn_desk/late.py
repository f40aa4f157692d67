"""Modules that are loaded when something of them is first used."""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


def load_late(name: str) -> None:
    """Have a module loaded by whoever first uses anything of it, not by those who import it.

    Of no effect where it is loaded already, or not installed. It is to be used by one thread before
    there are others.
    """
    spec = None if name in sys.modules else find_spec(name)
    if spec is not None:
        module: ModuleType = module_from_spec(spec)
        sys.modules[name] = module
        vars(module).pop("__path__", None)  # asked for by the import of a module within it
        module.__class__ = _Late


class _Late(ModuleType):
    """Python's own LazyLoader has a module loaded by the second import of it."""

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]  # as Python allows of modules
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        if spec.submodule_search_locations is not None:
            self.__path__ = spec.submodule_search_locations
        spec.loader.exec_module(self)
        return getattr(self, name)
