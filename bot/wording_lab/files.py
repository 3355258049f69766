"""Files of the guidance, replaced in one step."""
from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_file(file: Path, content: str) -> None:
    """Whoever reads finds the old file or the new one, also after a power cut. Raises ``OSError``; then the old one stays."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, file.stat().st_mode & 0o777 if file.exists() else 0o644)
        os.replace(name, file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
