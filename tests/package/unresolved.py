"""Run by `test_complete.py` in a plain process: import unpacked functions, and name what their code asks for in vain.

Each function is imported in a child of its own. Then every piece of bytecode of ours is read: a global name has to be
there, an attribute of a module of ours and an import of ours as well, whether the code ever runs or not.
"""

import builtins
import dis
import importlib
import json
import os
import sys
import types
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path

OURS = "chalicelib"


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes(constant)


def is_ours(thing: object) -> bool:
    return isinstance(thing, types.ModuleType) and thing.__name__.partition(".")[0] == OURS


def in_vain(module: types.ModuleType) -> Iterator[str]:
    """What functions of a module ask for that is not there; its top has run already."""
    loader = module.__loader__
    assert isinstance(loader, SourceFileLoader)
    top = loader.get_code(module.__name__)
    for code in codes(top) if top else ():
        if code is not top:
            yield from names_in_vain(module, code)
            import_within(code)


def names_in_vain(module: types.ModuleType, code: types.CodeType) -> Iterator[str]:
    thing: object = None
    for step in dis.get_instructions(code):
        name = str(step.argval)
        if step.opname == "LOAD_GLOBAL":
            thing = getattr(module, name, None)
            if not hasattr(module, name) and not hasattr(builtins, name):
                yield f"{module.__name__}: {name}"
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and is_ours(thing):
            if not hasattr(thing, name):
                yield f"{module.__name__}: {getattr(thing, '__name__', '')}.{name}"
            thing = getattr(thing, name, None)
        elif step.opname not in ("PRECALL", "CACHE", "EXTENDED_ARG"):
            thing = None


def import_within(code: types.CodeType) -> None:
    """Do the imports of ours that a function does. Raises `ImportError`."""
    imported = ""
    for step in dis.get_instructions(code):
        name = str(step.argval)
        if step.opname == "IMPORT_NAME":
            imported = name if name.partition(".")[0] == OURS else ""
            if imported:
                importlib.import_module(imported)
        elif step.opname == "IMPORT_FROM" and imported and not hasattr(sys.modules[imported], name):
            importlib.import_module(f"{imported}.{name}")


def checked(folder: str) -> list[str]:
    sys.path.insert(0, folder)
    try:
        importlib.import_module("handler")
        ours = [module for module in list(sys.modules.values()) if is_ours(module) and module.__file__]
        return [line for module in ours for line in in_vain(module)]
    except ImportError as error:
        return [str(error)]


def main() -> None:
    import boto3  # noqa: F401 - once for all children
    import chalice.app  # noqa: F401
    import psycopg  # noqa: F401
    import pydantic  # noqa: F401

    wrong = {}
    for folder in sorted(Path(sys.argv[1]).iterdir()):
        reading, writing = os.pipe()
        if os.fork() == 0:
            with os.fdopen(writing, "w") as told:
                json.dump(checked(str(folder)), told)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as told:
            lines = told.read()
        os.wait()
        if lines != "[]":
            wrong[folder.name] = json.loads(lines) if lines else ["ended without a word"]
    print(json.dumps(wrong))


if __name__ == "__main__":
    main()
