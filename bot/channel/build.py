"""Put the door together from the settings."""
from __future__ import annotations

from typing import Optional

from bot.channel.door import AskRasa, Door
from bot.conversations.store import Conversations
from bot.live_words import live_words
from bot.safety.net import load_net
from bot.settings import ChatSettings
from bot.understanding.ahead import read_ahead


def build_door(ask_rasa: AskRasa, settings: Optional[ChatSettings] = None, conversations: Optional[Conversations] = None) -> Door:
    """The door, ready to answer. Raises ``SettingsError`` or ``GuidanceError`` with what to do."""
    settings = settings or ChatSettings.from_env()
    return Door(settings, conversations or open_conversations(settings), load_net(), live_words(), ask_rasa, read_ahead)


def open_conversations(settings: ChatSettings) -> Conversations:
    """The conversation store; in memory if its database cannot be opened, so that people are answered all the same."""
    import logging

    from sqlalchemy.exc import SQLAlchemyError
    try:
        return Conversations.open(settings.conversations_url, settings.fernet(), settings.idle_minutes * 60)
    except SQLAlchemyError as error:
        logging.getLogger(__name__).error("conversations_in_memory error=%s", type(error).__name__)
        return Conversations.open("sqlite://", settings.fernet(), settings.idle_minutes * 60)
