"""The plain script `api.js`: the modules one after the other, for pages that load it by a script tag."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(?P<path>[^"]+)";\n', re.MULTILINE)
_TYPES = re.compile(r"^/\*\* @import .*\*/\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?(class|const|function) )", re.MULTILINE)
_EXPORT_LIST = re.compile(r"^export \{[^}]*\};\n", re.MULTILINE)

_OPENING = """\
/* Made from api.mjs by `make openapi`; change that and its modules in client/. */
const CVDApi = (() => {
"use strict";
"""

# `CVDApi` is a global name but no property of the window: the frontend holds back calls of its own, whose answers it
# misreads, until `window.CVDApi` is there. The two objects are properties, which pages may redeclare.
_CLOSING = """
CVDApi.ApiError = ApiError;
const shared = new CVDApi();
for (const name of ["cvdApi", "api"]) {
  Object.defineProperty(window, name, { value: shared, configurable: true, writable: true });
}
watchFetch(shared.base, shared.signedOut);
return CVDApi;
})();
"""


def plain_script(entry: Path) -> str:
    """One script of the entry and all that it imports, each module once and after those that it needs."""
    modules: dict[Path, str] = {}
    _gather(entry.resolve(), modules)
    return _OPENING + "\n".join(modules.values()) + _CLOSING


def _gather(module: Path, modules: dict[Path, str]) -> None:
    text = module.read_text()
    for found in _IMPORT.finditer(text):
        needed = (module.parent / found["path"]).resolve()
        if needed not in modules:
            _gather(needed, modules)
    for pattern in (_IMPORT, _TYPES, _EXPORT, _EXPORT_LIST):
        text = pattern.sub("", text)
    modules[module] = text.strip("\n") + "\n"
