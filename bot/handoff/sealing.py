"""Seal a contact so that only the worker and the desk can read it.

The chat holds the public key and can only seal. The private key opens; it is made once and never replaced.
"""
import base64
import binascii
import os
import tempfile
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

PUBLIC = "contact.public"
PRIVATE = "contact.private"
_MARKS = {PUBLIC: "frontdoor-contact-public-1 ", PRIVATE: "frontdoor-contact-private-1 "}


class SealingError(Exception):
    """A key is missing, broken or the wrong one. The message says what to do and holds no content."""


def make_keys(folder: Path) -> None:
    """Make the pair of keys if it is not there yet. Never overwrites a key; safe when processes start together."""
    folder = Path(folder)
    if (folder / PUBLIC).exists() and not (folder / PRIVATE).exists():
        raise SealingError(f"{folder} holds {PUBLIC} but not {PRIVATE}: put the private key back from where it is kept; "
                           "a new one could not open what was sealed before")
    write_once(folder / PRIVATE, _written(PRIVATE, bytes(PrivateKey.generate())), 0o600)
    public_key = read_private(folder).public_key    # the private key another process may have made a moment before us
    write_once(folder / PUBLIC, _written(PUBLIC, bytes(public_key)), 0o644)
    if read_public(folder) != public_key:
        raise SealingError(f"{PUBLIC} and {PRIVATE} in {folder} are not a pair: find the private key that was made "
                           "together with this public key")


def read_public(folder: Path) -> PublicKey:
    """The key that seals."""
    return PublicKey(_read(Path(folder), PUBLIC))


def read_private(folder: Path) -> PrivateKey:
    """The key that opens. Refused if everybody on the machine could read it."""
    file = Path(folder) / PRIVATE
    key = PrivateKey(_read(Path(folder), PRIVATE))
    if file.stat().st_mode & 0o007:
        raise SealingError(f"{file} can be read by everybody on this machine: run chmod 600 {file}")
    return key


def seal(public: PublicKey, content: bytes) -> bytes:
    """Seal content. What comes out can be opened with the private key only."""
    return bytes(SealedBox(public).encrypt(content))


def open_sealed(private: PrivateKey, sealed: bytes) -> bytes:
    """Open what ``seal`` made. Raises ``SealingError`` if it was changed or sealed to another key."""
    try:
        return bytes(SealedBox(private).decrypt(bytes(sealed)))
    except (CryptoError, ValueError, TypeError):
        raise SealingError("this cannot be opened: it was changed, or sealed to another key; check that "
                           f"{PRIVATE} is the one made together with the {PUBLIC} that the chat uses") from None


def write_once(file: Path, text: str, mode: int) -> None:
    """Write a whole file, durably, unless it exists. A half-written or replaced key would lose contacts."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if file.exists():
        return
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as temporary:
            os.fchmod(temporary.fileno(), mode)
            temporary.write(text)
            temporary.flush()
            os.fsync(temporary.fileno())
        os.link(name, file)     # unlike a rename, this fails if somebody was faster
    except FileExistsError:
        return
    finally:
        os.unlink(name)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _written(name: str, key: bytes) -> str:
    return _MARKS[name] + base64.b64encode(key).decode("ascii") + "\n"


def _read(folder: Path, name: str) -> bytes:
    file = folder / name
    try:
        text = file.read_text(encoding="ascii")
    except FileNotFoundError:
        raise SealingError(f"{file} is missing: if this is a new installation make the keys, "
                           "otherwise put the key back from where it is kept") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SealingError(f"{file} cannot be read ({type(error).__name__}): check its owner, mode and content") from None
    try:
        if not text.startswith(_MARKS[name]):
            raise ValueError
        key = base64.b64decode(text[len(_MARKS[name]):].strip(), validate=True)
        if len(key) != PublicKey.SIZE:
            raise ValueError
    except (ValueError, binascii.Error):
        raise SealingError(f"{file} is not the key it should be: put the right file back, do not edit it") from None
    return key
