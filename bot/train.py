"""Train what has changed: Rasa's model and the safety net's classifier. Prints what it does and how long it took."""
from __future__ import annotations

import os
import sys

for _name, _value in {"TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}.items():
    os.environ.setdefault(_name, _value)
if not sys.stderr.isatty():
    os.environ.setdefault("TQDM_DISABLE", "1")  # a bar that is written into a file is thousands of lines

import ast
import hashlib
import json
import time
import warnings
from pathlib import Path
from typing import Iterator

from bot.guidance_files import ROOT
from bot.safety.voter import VOTER_FILE

_WORTH_TELLING = 3.0  # seconds
STAMP = ROOT / "models" / "trained-from.json"
_MATTERS = ("config.yml", "domain.yml", "data/**/*.yml", "guidance/safety/**/*.yml", "bot/safety/*.py", "bot/understanding/*.py",
            "bot/understanding/adapter*.npz", "requirements.lock")


def fingerprint() -> str:
    """A hash of everything that training depends on."""
    total = hashlib.sha256()
    for path in sorted(set(_files())):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + what_counts(path))
    return total.hexdigest()


def what_counts(path: Path) -> bytes:
    """What of a file training may depend on: of Python what it does, so that nobody trains for a comment; of others every byte."""
    content = path.read_bytes()
    if path.suffix != ".py":
        return content
    tree = ast.parse(content)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
    return ast.dump(tree).encode()


def _files() -> Iterator[Path]:
    for pattern in _MATTERS:
        yield from (p for p in ROOT.glob(pattern) if p.is_file())


def is_current() -> bool:
    """True if the trained model belongs to the files as they are."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return bool(stamp["fingerprint"] == fingerprint() and (ROOT / "models" / stamp["model"]).exists() and VOTER_FILE.exists())
    except (OSError, ValueError, KeyError):
        return False


def read_guidance() -> None:
    """Have the encoder read the questions and sentences of the guidance that are new, so that the chat's start need not wait."""
    from bot.library.search import open_ready
    from bot.wishes import shared_wishes
    started = time.time()
    open_ready()
    shared_wishes()
    if time.time() - started > _WORTH_TELLING:
        print(f"The guidance was read by the encoder in {time.time() - started:.0f} s.")


def main(force: bool = False) -> int:
    """Train if anything changed (or if forced). Returns 0 when the model is current."""
    read_guidance()
    if not force and is_current():
        print("The model is up to date.")
        return 0
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    warnings.filterwarnings("ignore")
    started, begun_from = time.time(), fingerprint()     # what is changed meanwhile is not in the model
    print("Training: reading the examples, then the sentence encoder reads each new one (five to fifteen minutes; later less) …", flush=True)
    from rasa.model_training import train
    from rasa.utils.log_utils import configure_structlog
    warnings.filterwarnings("ignore")  # once more: its web server, imported with it, asks for warnings
    configure_structlog(40)
    result = train(domain="domain.yml", config="config.yml", training_files=["data"], output="models",
                   fixed_model_name="front-door", force_training=True)
    if result.code != 0 or not result.model or not VOTER_FILE.exists():
        print("Training failed. Run `rasa data validate` and mend what it names.", file=sys.stderr)
        return 1
    STAMP.write_text(json.dumps({"fingerprint": begun_from, "model": Path(result.model).name}), encoding="utf-8")
    print(f"Trained in {time.time() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main("--force" in sys.argv))
