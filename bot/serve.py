"""The chat process: Rasa behind the public door, on one port, bound to this machine unless told otherwise.

No ``--enable-api``, no telemetry, actions in the same process, and an answer even when the model cannot load.
"""
from __future__ import annotations

import os

for _name, _value in {"TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false", "OPENBLAS_NUM_THREADS": "1",
                      "OMP_NUM_THREADS": "1", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}.items():
    os.environ.setdefault(_name, _value)  # before TensorFlow and NumPy are imported

import asyncio
import contextlib
import logging
import socket
import sys
import warnings
from pathlib import Path
from typing import Any, List, Optional

from bot import once
from bot.guidance_files import ROOT, GuidanceError
from bot.handoff.quiet import place_of
from bot.settings import ChatSettings, SettingsError

warnings.showwarning = lambda *_args, **_kwargs: None  # libraries turn warnings on again; none of them is for an operator
log = logging.getLogger(__name__)
FORGET_EVERY = 60  # seconds
LET_GO_EVERY = 0.0005  # seconds after which a turn lets the encoder's threads take what they have read: Python's own 5 ms left them idle


class PortTaken(Exception):
    """Another program listens on our port."""


def taken(settings: ChatSettings) -> socket.socket:
    """The listening socket, bound at once, so that a taken port is an error and not a silent end. Raises ``PortTaken``."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortTaken(f"cannot listen on {settings.host}:{settings.port} ({os.strerror(error.errno or 0)}): stop what is "
                        "using the port, or set FRONTDOOR_PORT to another one") from None
    return listener


def quiet_logs() -> None:
    """Our own lines and Rasa's warnings only. Rasa's debug lines hold what people type."""
    from rasa.utils import log_utils
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    for name in ("rasa", "rasa_sdk", "sanic", "sanic.root", "sanic.access", "sanic.error", "apscheduler", "matplotlib", "urllib3",
                 "asyncio", "tensorflow", "faker", "bm25s"):
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in ("sanic.access", "sanic.error", "sanic.root"):
        logging.getLogger(name).disabled = True  # an access line holds addresses; an error line may hold a request
    for handler in logging.getLogger().handlers:
        handler.addFilter(_NoWords())
    log_utils.configure_structlog(logging.CRITICAL)
    warnings.filterwarnings("ignore")


class _NoWords(logging.Filter):
    """Of a framework's lines only errors pass, and only their place and kind: the text may hold what people typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(("bot.", "actions.")) or record.name == "__main__":
            return True
        if record.levelno < logging.ERROR:
            return False
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "error"
        record.msg, record.args, record.exc_info, record.exc_text = f"{kind} at {record.pathname.rsplit('/', 1)[-1]}:{record.lineno}", (), None, None
        return True
NEEDS_MENDING = 3  # exit code: a file is wrong. It is tried again and again, as it may be mended meanwhile, and the desk and the delivery go on


class Behind:
    """Rasa, loaded or not. ``ask`` raises if it is not, and the door answers with the help lines."""

    def __init__(self) -> None:
        self.agent: Any = None
        self.problem = "still loading"
        self.mend = "wait a minute"
        self.actions_problem = ""

    def load(self, conversations: Any) -> None:
        """Load the newest model of models/. Never raises: people must reach the numbers all the same."""
        try:
            from rasa.core.agent import Agent
            from rasa.model import get_latest_model

            from bot.conversations.tracker_store import ShortMemoryTrackerStore
            from bot.inproc import InProcessActions
            from bot.library.shared import shared_library
            from bot.understanding.in_order import InOrder
            from bot.understanding.wording import Wording
            model = get_latest_model(str(ROOT / "models"))
            if model is None:
                raise FileNotFoundError("no model in models/")
            actions = InProcessActions()
            agent = Agent(action_endpoint=actions, generator=Wording(),
                          tracker_store=ShortMemoryTrackerStore(None, conversations))
            with once.reading_the_domain():
                agent.load_model(Path(model))
            agent.processor.graph_runner = InOrder(agent.processor.graph_runner)
            once.is_never_empty(agent.processor.domain)
            self.agent, self.problem = agent, ""
            self.actions_problem = actions.problem
            shared_library()  # read already; if it could not be, /health says so
        except (Exception, SystemExit) as error:
            self.problem, self.mend = type(error).__name__, _mend_of(error)
            log.error("model_not_loaded error=%s mend=%s", self.problem, self.mend)

    async def ask(self, message: Any) -> None:
        """Hand a message to Rasa."""
        if self.agent is None:
            raise RuntimeError("no model")
        await self.agent.handle_message(message)


def _mend_of(error: BaseException) -> str:
    """What to do about a model that did not load. Rasa wraps what a component could not read."""
    cause: Optional[BaseException] = error
    while cause is not None:
        if isinstance(cause, GuidanceError):
            return str(cause)
        cause = cause.__cause__ or cause.__context__
    return "run make train"


def read_guidance() -> None:
    """Read what is else read in somebody's turn. Raises ``GuidanceError`` with every mistake; what fails otherwise is told when it is needed."""
    from bot.all_guidance import for_the_chat, problems
    from bot.library.shared import shared_library
    found = []
    for read in (*for_the_chat(), shared_library):
        try:
            found += problems([read])
        except Exception as error:
            log.error("guidance_not_read by=%s error=%s at=%s", read.__module__, type(error).__name__, place_of(error))
    if found:
        raise GuidanceError("\n".join(dict.fromkeys(found)))


def read_now() -> None:
    """Read what is else read when somebody first needs it. What cannot be read is told when it is needed."""
    from bot.contacts.hours import bank_holidays
    from bot.handoff.receiving import store
    for read in (bank_holidays, store):
        with contextlib.suppress(Exception):
            read()


def build_app(settings: ChatSettings) -> Any:
    """The Sanic application with the door, the pages and /health."""
    from sanic import Sanic

    from bot.channel.build import build_door, open_conversations
    from bot.channel.pages import add_pages
    from bot.channel.website import WebsiteInput
    from bot.handoff.database import utc_now
    from bot.safety.noticing import load_noticer
    read_guidance()
    behind = Behind()
    conversations = open_conversations(settings)
    channel = WebsiteInput(lambda ask_rasa: build_door(ask_rasa, settings, conversations))
    app = Sanic("front-door", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 2_000_000
    app.config.RESPONSE_TIMEOUT = 30
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.allowed_origins, app.ctx.behind = settings.allowed_origins, behind
    app.ctx.proxies = settings.proxies
    app.blueprint(channel.blueprint(behind.ask), url_prefix="/webhooks/website")
    form = add_pages(app, channel.door, behind, conversations)

    async def forget(_app: Any) -> None:
        while True:
            await asyncio.sleep(FORGET_EVERY)
            try:
                while channel.door.forget_idle():
                    await asyncio.sleep(0)      # people are answered in between
                form.count_left(utc_now())
                await asyncio.to_thread(conversations.write_back)
            except Exception as error:
                log.error("idle_not_forgotten error=%s", type(error).__name__)

    async def prepare(_app: Any) -> None:
        await asyncio.to_thread(load_noticer().prepare)  # beside the first turns
        await asyncio.to_thread(read_now)

    app.add_task(forget)  # type: ignore[arg-type]
    app.add_task(prepare)  # type: ignore[arg-type]
    behind.load(conversations)
    return app


def main(argv: Optional[List[str]] = None) -> int:
    """Run the chat process until it is stopped. Returns a non-zero exit code with a clear line if it cannot start."""
    os.chdir(ROOT)
    sys.setswitchinterval(LET_GO_EVERY)
    sys.path.insert(0, str(ROOT))
    try:
        settings = ChatSettings.from_env()
        listener = taken(settings)
    except (SettingsError, PortTaken) as problem:
        print(f"The chat cannot start.\n{problem}", file=sys.stderr)
        return 2
    once.without_tensorflow()
    quiet_logs()
    try:
        with once.loading():
            app = build_app(settings)
    except GuidanceError as problem:
        print(f"The chat cannot start: a guidance file needs mending.\n{problem}", file=sys.stderr)
        return NEEDS_MENDING
    log.info("chat_ready url=http://%s:%d understanding=%s", settings.host, settings.port, app.ctx.behind.problem or "whole")
    app.run(sock=listener, access_log=False, workers=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
