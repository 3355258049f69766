"""Seal a contact so that only the worker and the desk can read it.

The chat holds the public key and can only seal. The private key opens. ``rotate`` makes a new pair; the older private
keys stay beside it, numbered, and still open what was sealed to them.
"""
import base64
import binascii
import os
import tempfile
from pathlib import Path
from typing import Sequence, Tuple, Union

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


def read_all_private(folder: Path) -> Tuple[PrivateKey, ...]:
    """Every key that opens: the present one first, then those before it. Refused as in ``read_private``."""
    keys = [read_private(folder)]
    for file in sorted(Path(folder).glob(f"{PRIVATE}.*"), key=lambda f: f.suffix, reverse=True):
        if file.suffix[1:].isdigit():
            keys.append(PrivateKey(_read(Path(folder), file.name)))
    return tuple(keys)


def rotate(folder: Path) -> Path:
    """Make a new pair; from now on contacts are sealed to it. Returns where the private key before it is kept.

    Killed at any step, everything that was sealed can still be opened. Raises ``SealingError``.
    """
    folder = Path(folder)
    before = read_private(folder)
    number = 1 + max((int(f.suffix[1:]) for f in folder.glob(f"{PRIVATE}.*") if f.suffix[1:].isdigit()), default=0)
    kept = folder / f"{PRIVATE}.{number:04d}"
    write_once(kept, _written(PRIVATE, bytes(before)), 0o600)
    fresh = PrivateKey.generate()
    for name, key, mode in ((PRIVATE, bytes(fresh), 0o600), (PUBLIC, bytes(fresh.public_key), 0o644)):
        new = folder / f".{name}.new"
        new.unlink(missing_ok=True)
        write_once(new, _written(name, key), mode)
        os.replace(new, folder / name)
    return kept


def seal(public: PublicKey, content: bytes) -> bytes:
    """Seal content. What comes out can be opened with the private key only."""
    return bytes(SealedBox(public).encrypt(content))


def open_sealed(private: Union[PrivateKey, Sequence[PrivateKey]], sealed: bytes) -> bytes:
    """Open what ``seal`` made, with one key or any of several. Raises ``SealingError`` if it was changed or sealed to another key."""
    for key in (private,) if isinstance(private, PrivateKey) else private:
        try:
            return bytes(SealedBox(key).decrypt(bytes(sealed)))
        except (CryptoError, ValueError, TypeError):
            continue
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
        mark = _MARKS[PUBLIC if name == PUBLIC else PRIVATE]
        if not text.startswith(mark):
            raise ValueError
        key = base64.b64decode(text[len(mark):].strip(), validate=True)
        if len(key) != PublicKey.SIZE:
            raise ValueError
    except (ValueError, binascii.Error):
        raise SealingError(f"{file} is not the key it should be: put the right file back, do not edit it") from None
    return key
