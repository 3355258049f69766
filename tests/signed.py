"""Sign a body as a front door does."""
from bot.handoff.signing import Purpose, signature_headers

_FOR = {"/pulse": Purpose.PULSE, "/inbox/states": Purpose.STATES}


def signed(secret, body, now, message_id="an-id", path="/inbox"):
    """The headers for a path of the desk; ``message_id`` is what a receiver may know a repeat by."""
    return signature_headers(secret, message_id, body, now, _FOR.get(path, Purpose.CONTACT))
