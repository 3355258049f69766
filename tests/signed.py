"""Sign a body as a front door does."""
from bot.handoff.signing import signature_headers


def signed(secret, body, now, message_id="an-id"):
    """The headers; ``message_id`` is what a receiver may know a repeat by."""
    return signature_headers(secret, message_id, body, now)
