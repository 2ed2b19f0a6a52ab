"""The assistant."""

from chalice.app import Blueprint

from chalicelib.assistant.errors import AssistantUnavailable, MessageTooLong
from chalicelib.assistant.models.chat import Question, Reply
from chalicelib.assistant.service import chat
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, MANAGER, VIEWER

blueprint = Blueprint(__name__)

LARGEST = 5 * 1024 * 1024
"""The page sends the whole list of devices along, which nobody reads."""


@endpoint(
    blueprint,
    "POST",
    "/api/chat",
    roles=[ADMIN, MANAGER, VIEWER],
    refusals=[MessageTooLong, RateLimited, AssistantUnavailable],
    own_transactions=True,
    grants=["bedrock:InvokeModel"],
    memory=512,
    timeout=29,
    largest_body=LARGEST,
)
def ask_assistant(call: Call, body: Question) -> Reply:
    """Ask the assistant. It answers from the fleet's own data and the knowledge base.

    Where a model is configured, that words the answer; one that states a number of its own is not used. What nobody
    can answer is refused with 503. The context that a page sends along is not looked at.
    """
    return chat.answer(call, body)
