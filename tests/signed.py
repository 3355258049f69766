"""Sign a body as a front door does."""
import inspect

from bot.handoff.signing import signature_headers


def signed(secret, body, now, message_id="an-id"):
    """The headers; ``message_id`` is what a receiver knows a repeat by."""
    wants_id = len(inspect.signature(signature_headers).parameters) == 4
    return signature_headers(secret, message_id, body, now) if wants_id else signature_headers(secret, body, now)
