"""Serve the desk: threads, this machine only, and no line that could hold what somebody wrote."""
from __future__ import annotations

import logging
import os
import socket
import sys
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from bot.desk.app import create_app
from bot.desk.migrate import TooNew
from bot.desk.settings import Options, from_environment
from bot.desk.watch import Watch
from bot.guidance_files import GuidanceError
from bot.handoff.sealing import SealingError
from bot.handoff.settings import DeskSettings
from bot.settings import SettingsError

log = logging.getLogger(__name__)
HOST = "127.0.0.1"
_CALLERS_THAT_WAIT = 64


class PortTaken(Exception):
    """The desk cannot listen on its port. The message says what to do."""


class DeskServer(ThreadedWSGIServer):
    """Werkzeug's threaded server, with quiet errors."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Werkzeug hands over a traceback with its text: say only that something broke."""
        if type == "error":
            log.error("desk_request_broke")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """As above, for what breaks outside the application."""
        error = sys.exc_info()[0]
        log.error("desk_connection_broke error=%s", error.__name__ if error else "unknown")


class _QuietHandler(WSGIRequestHandler):
    timeout = 30    # seconds without a byte: nobody holds a thread for ever

    def log(self, type: str, message: str, *args: Any) -> None:
        """An address or a broken first line can hold anything."""
        log.debug("desk_request")


def make_server(settings: DeskSettings, app: Any = None) -> DeskServer:
    """A server that listens already; call ``serve_forever``. Raises ``PortTaken``."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, settings.port))    # by ourselves: werkzeug would print and exit
            listener.listen(_CALLERS_THAT_WAIT)
        except OSError as error:
            raise PortTaken(f"the desk cannot listen on port {settings.port} ({os.strerror(error.errno or 0)}): stop what "
                            "is using it, or set FRONTDOOR_DESK_PORT, and FRONTDOOR_DESK_URL to match") from None
        return DeskServer(HOST, settings.port, app or create_app(settings), _QuietHandler, fd=listener.fileno())


def serve(settings: DeskSettings, options: Options) -> None:
    """Run the desk, and the watch that rings the alarms, until the process is stopped."""
    app = create_app(settings, options=options)
    server = make_server(settings, app)
    with Watch(app.extensions["desk"]):
        log.info("desk_started port=%d", server.port)
        server.serve_forever()


def main() -> int:
    """Run the desk with settings from the environment. Returns 2, with a clear line, if it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        serve(*from_environment())
    except (SettingsError, PortTaken, SealingError, TooNew, GuidanceError) as problem:
        print(f"The desk cannot start.\n{problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
