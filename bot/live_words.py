"""Words that follow the files: a sentence that is changed in guidance/wording, or a number in guidance/contacts.yml, is said from the next reply on,
without training or a restart."""
from __future__ import annotations

import functools
import logging
import threading
import time
from pathlib import Path
from typing import Mapping, Tuple

from bot.contacts.directory import CONTACTS_FILE, Directory
from bot.guidance_files import ROOT, GuidanceError
from bot.words import FOLDER, Entry, Words, load_words

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0    # seconds


@functools.lru_cache(maxsize=1)
def live_words() -> "LiveWords":
    """The process's one set of words: whoever speaks shares it, and the files are looked at once a second, not once for each of them."""
    return LiveWords()


class LiveWords(Words):
    """The words as the files have them now. Files that cannot be used change nothing: the last good words stay, and the log says where."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = ROOT / folder
        self._stamp = self._files()
        first = load_words(folder)
        super().__init__(first.entries, first.directory)
        self._looked = time.monotonic()
        self._looking = threading.Lock()

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every key with its words."""
        self._look_now_and_then()
        return self._entries

    @property
    def directory(self) -> Directory:
        """The services whose numbers fill in."""
        self._look_now_and_then()
        return self._directory

    @property
    def facts(self) -> Mapping[str, str]:
        """What fills in, by the name that stands in brackets for it."""
        self._look_now_and_then()
        return self._facts

    def _look_now_and_then(self) -> None:
        if time.monotonic() - self._looked > LOOK_EVERY and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()

    def _look(self) -> None:
        self._looked = time.monotonic()
        try:
            stamp = self._files()
            if stamp == self._stamp:
                return
            self._stamp = stamp
            new = load_words(self._folder)
        except Exception as error:  # also of a file that is half written, or is being put in the place of another
            log.error("wording_not_used problem=%s", error if isinstance(error, GuidanceError) else type(error).__name__)
            return
        self._entries, self._directory, self._facts = dict(new.entries), new.directory, dict(new.facts)
        log.info("wording_read_again entries=%d", len(self._entries))

    def _files(self) -> Tuple[Tuple[str, int, int], ...]:
        contacts = ROOT / CONTACTS_FILE
        found = [(path.name, path.stat()) for path in (*sorted(self._folder.glob("*.yml")), *([contacts] if contacts.exists() else []))]
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)
