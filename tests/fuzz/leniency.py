"""What is taken although the description names a plainer type.

Forms send numbers as texts, and 0 or 1 for a truth; a parameter that is empty counts as absent.
"""

import re
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker
from jsonschema.protocols import Validator
from jsonschema.validators import extend

WHOLE = re.compile(r"\s*[-+]?\d+(\.0*)?\s*")
NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")
TRUTHS = (0, 1, "0", "1", "true", "false")

_plain = Draft202012Validator.TYPE_CHECKER


def _or_text(kind: str, pattern: re.Pattern[str]) -> Any:  # Any: as jsonschema wants a check
    def check(_checker: TypeChecker, value: object) -> bool:
        return _plain.is_type(value, kind) or (isinstance(value, str) and pattern.fullmatch(value) is not None)

    return check


def _truth(_checker: TypeChecker, value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, int | str) and value in TRUTHS)


_Lenient = extend(
    Draft202012Validator,
    type_checker=_plain.redefine_many(
        {"integer": _or_text("integer", WHOLE), "number": _or_text("number", NUMBER), "boolean": _truth}
    ),
)


def fits(body: object, schema: dict[str, Any], components: dict[str, Any]) -> bool:  # Any: JSON Schema
    """Whether the body is as described, once numbers may be texts and truths 0 or 1."""
    whole: Validator = _Lenient({**schema, "components": components})
    return bool(whole.is_valid(body))
