"""Say where something broke without saying what was in it."""
import traceback
from pathlib import Path


def place_of(error: BaseException) -> str:
    """File and line of the innermost frame, for a log. Never the error's text: it can hold what someone wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
