"""Asking a language model for another order of proposals. It may choose among them; it cannot add to them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib.advice.rules.filling import Proposal
from chalicelib.advice.rules.grid import label
from chalicelib.kit import aws, logs

MOST_TOKENS = 1000
LONGEST_REASON = 200

_INSTRUCTIONS = """You order proposals for the slots of a vending machine. Answer with nothing but a JSON array, best
first, of objects {"slot": text, "product_id": number, "confidence": number from 0 to 1}. Use only the slots and
products that are given; leave out what you would not do."""


def by_model(model: str, proposals: Sequence[Proposal]) -> Sequence[Proposal] | None:
    """The proposals that the model keeps, in its order, empty positions first; None when it says nothing of use."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    given = [
        {"slot": label(one.position), "product_id": one.proposed.good.id, "reason": one.reason[:LONGEST_REASON]}
        for one in proposals
    ]
    try:
        said = aws.client("bedrock-runtime").converse(
            modelId=model,
            system=[{"text": _INSTRUCTIONS}],
            messages=[{"role": "user", "content": [{"text": json.dumps(given)}]}],
            inferenceConfig={"maxTokens": MOST_TOKENS, "temperature": 0},
        )
    except (BotoCoreError, ClientError) as error:
        logs.logger().warning("the model does not answer", model=model, cause=type(error).__name__)
        return None
    kept = _kept(said, proposals)
    if not kept:
        logs.logger().warning("the model's answer was not used", model=model)
        return None
    return sorted(kept, key=lambda one: one.current is not None)


def _kept(said: Any, proposals: Sequence[Proposal]) -> list[Proposal]:  # Any: whatever came over the wire
    """What of the answer is among the proposals and well formed, each once."""
    try:
        chosen = json.loads("".join(part["text"] for part in said["output"]["message"]["content"]))
    except (KeyError, TypeError, ValueError):
        return []
    known = {(label(one.position), one.proposed.good.id): one for one in proposals}
    kept = []
    for one in chosen if isinstance(chosen, list) else []:
        found = known.pop(_named(one), None)
        sure = one["confidence"] if found else None
        if found and isinstance(sure, int | float) and not isinstance(sure, bool) and 0 <= sure <= 1:
            kept.append(replace(found, confidence=round(float(sure), 2)))
    return kept


def _named(one: Any) -> tuple[str, int]:  # Any: whatever came over the wire
    """Which proposal is meant; one that there cannot be, where it is not well formed."""
    match one:
        case {"slot": str(slot), "product_id": int(product), "confidence": _}:
            return slot, product
    return "", 0
