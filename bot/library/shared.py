"""The process's one library, read again when somebody changes the guidance. No training, no restart."""
from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Callable, Optional, Tuple

from bot.guidance_files import ROOT, GuidanceError
from bot.library.search import Library, open_library

LOOK_EVERY = 2.0  # seconds
_FILES = ("documents/*.md", "questions/*.tsv", "not_held.yml", "ageing.yml", "search.yml")
log = logging.getLogger(__name__)


class Shared:
    """Holds a library and replaces it when its files change. A change that cannot be used leaves the last good one."""

    def __init__(self, opens: Callable[[], Library] = open_library, folder: Path = ROOT / "guidance",
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._opens, self._folder, self._clock = opens, folder, clock
        self._lock = threading.Lock()
        self._library: Optional[Library] = None
        self._read_from: Tuple[Tuple[str, int, int], ...] = ()
        self._looked_at = 0.0
        self._reading: Optional[threading.Thread] = None

    def get(self) -> Library:
        """The library. The first call reads it and may raise ``GuidanceError``; later calls never wait for a change."""
        with self._lock:
            if self._library is None:
                self._read_from, self._library, self._looked_at = self._files(), self._opens(), self._clock()
            elif self._clock() - self._looked_at > LOOK_EVERY and (self._reading is None or not self._reading.is_alive()):
                self._looked_at = self._clock()
                now = self._files()
                if now != self._read_from:
                    self._read_from = now
                    self._reading = threading.Thread(target=self._read_again, name="guidance", daemon=True)
                    self._reading.start()
            return self._library

    def begin(self, text: str) -> None:
        """Begin to read what may be a question, in another thread, if the library is there."""
        if self._library is not None:
            self._library.begin(text)

    def wait(self) -> None:
        """Wait until a change that is being read has been read."""
        if self._reading is not None:
            self._reading.join()

    def _read_again(self) -> None:
        try:
            fresh = self._opens()
        except GuidanceError as error:
            log.error("guidance_not_reloaded problem=%s", error)
            return
        except Exception as error:
            log.error("guidance_not_reloaded error=%s", type(error).__name__)
            return
        with self._lock:
            self._library = fresh
        log.warning("guidance_reloaded")

    def _files(self) -> Tuple[Tuple[str, int, int], ...]:
        found = []
        for pattern in _FILES:
            for path in sorted(self._folder.glob(pattern)):
                stat = path.stat()
                found.append((path.name, stat.st_mtime_ns, stat.st_size))
        return tuple(found)


_SHARED = Shared()


def shared_library() -> Library:
    """The process's one library."""
    return _SHARED.get()


def begin_search(text: str) -> None:
    """Begin to read what may be a question, if the process's library is there."""
    _SHARED.begin(text)
