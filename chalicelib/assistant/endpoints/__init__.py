"""The routes of the knowledge base and the assistant."""

from chalicelib.assistant.endpoints import chat, knowledge

BLUEPRINTS = (knowledge.blueprint, chat.blueprint)
