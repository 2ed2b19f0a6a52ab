"""How each partner wraps DEX files; a folder a partner's format, and its name here."""

from collections.abc import Callable, Mapping, Sequence

from chalicelib.telemetry.adapters import generic
from chalicelib.telemetry.models.feeds import SentRead

Adapter = Callable[[bytes], Sequence[SentRead]]

ADAPTERS: Mapping[str, Adapter] = {"generic": generic.unwrap}
"""From a delivery's bytes to the files in it; what it cannot understand is a `BadRequest`."""
