"""The two projects that are compared: a copy of ours, and the one that ``rasa init`` makes with our examples in it."""
from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence

from ruamel.yaml import YAML

from bot.guidance_files import ROOT
from tests.measure.processes import Broken, Started, free_port

NEEDED = ("bot", "actions", "guidance", "data", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements.lock")
# The net's own labels must all be there for our training; the others make a conversation.
QUICK_INTENTS = ("danger_now", "suicide_now", "self_harm_me", "self_harm_other", "child_telling", "worry_about_child", "greet", "goodbye",
                 "are_you_real", "ask_anonymous", "wishes_list", "out_of_scope")
QUICK_EXAMPLES, QUICK_EPOCHS = 40, 5
AS_RULES = ("goodbye", "are_you_real")  # rasa init writes its goodbye and its bot challenge as rules, the rest as stories
MARK = ".made-by-bench"
Examples = Dict[str, List[str]]


def read_examples(quick: bool, folder: Path = ROOT / "data" / "nlu") -> Examples:
    """The examples of each intent."""
    found: Examples = {}
    for file in sorted(folder.glob("*.yml")):
        for block in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            found.setdefault(block["intent"], []).extend(lines)
    return {i: found[i][:QUICK_EXAMPLES] for i in QUICK_INTENTS} if quick else found


def fingerprint(examples: Examples) -> str:
    """A hash of the examples, to see later whether both sides learned from the same."""
    return hashlib.sha256(json.dumps(examples, sort_keys=True).encode()).hexdigest()


def fresh(folder: Path) -> Path:
    """An empty folder. Only a folder that the benchmark made is emptied. Raises ``Broken``."""
    if folder.exists():
        if not (folder / MARK).exists():
            raise Broken(f"{folder} is there and was not made by the benchmark; choose another --keep")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder


def make_ours(folder: Path, examples: Examples, quick: bool) -> Path:
    """Copy what the chat process needs, without any model or cache."""
    fresh(folder)
    for name in NEEDED:
        source, skip = ROOT / name, shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(source, folder / name, ignore=skip) if source.is_dir() else shutil.copy(source, folder / name)
    shutil.rmtree(folder / "data" / "nlu")
    _write_nlu(folder / "data" / "nlu" / "nlu.yml", examples)
    return folder


def make_default(folder: Path, examples: Examples, quick: bool, epochs: Optional[int] = None) -> Path:
    """What ``rasa init`` copies, with its suggested pipeline and policies written out, our examples, and an answer for each intent."""
    fresh(folder)
    spec = importlib.util.find_spec("rasa")
    if spec is None or not spec.origin:
        raise Broken("Rasa is not installed; run make setup")
    package = Path(spec.origin).parent
    shutil.copytree(package / "cli" / "initial_project", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(folder / "tests")
    config = (package / "engine" / "recipes" / "config_files" / "default_config.yml").read_text(encoding="utf-8")
    if quick:
        config = re.sub(r"epochs: \d+", f"epochs: {QUICK_EPOCHS}", config)
    elif epochs:
        config = re.sub(r"epochs: \d+", f"epochs: {epochs}", config)
    (folder / "config.yml").write_text(config.replace("placeholder_default", "bench-default"), encoding="utf-8")
    (folder / "data" / "nlu.yml").unlink()
    _write_nlu(folder / "data" / "nlu" / "nlu.yml", examples)
    domain = YAML(typ="safe").load((folder / "domain.yml").read_text(encoding="utf-8"))
    domain.update(intents=sorted(examples), responses={f"utter_{i}": [{"text": answer_to(i)}] for i in sorted(examples)})
    _write(folder / "domain.yml", domain)
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": [_short("story", i) for i in sorted(examples) if i not in AS_RULES]})
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": [_short("rule", i) for i in AS_RULES if i in examples]})
    return folder


def answer_to(intent: str) -> str:
    """The default side's words, about as long as one of our replies' first message."""
    return f"This is the answer to {intent.replace('_', ' ')}. You can ring the number on the page at any time, or write again here."


def _short(kind: str, intent: str) -> Dict[str, Any]:
    return {kind: intent.replace("_", " "), "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}


def _write_nlu(file: Path, examples: Examples) -> None:
    _write(file, {"version": "3.1", "nlu": [{"intent": i, "examples": "".join(f"- {e}\n" for e in lines)} for i, lines in examples.items()]})


def _write(file: Path, content: Mapping[str, Any]) -> None:
    out = io.StringIO()
    YAML().dump(dict(content), out)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(out.getvalue(), encoding="utf-8")


def environment(folder: Path, **more: str) -> Dict[str, str]:
    """This process's environment, with no setting of ours in it and nothing of this checkout on the path."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("FRONTDOOR_", "RASA_", "OMP_", "OPENBLAS_", "TF_"))}
    return {**clean, "PYTHONPATH": str(folder), "PYTHONWARNINGS": "ignore", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "MPLCONFIGDIR": str(folder / ".matplotlib"), **more}


def train(folder: Path, ours: bool) -> Started:
    """Begin to train a project that has never been trained."""
    arguments = ["-m", "bot.train", "--force"] if ours else ["-m", "rasa", "train"]
    return Started(arguments, folder, environment(folder), folder / "logs" / "training.log")


@dataclass
class Serving:
    """The processes of one side and where it listens. The first process is the one that people talk to."""

    url: str
    processes: Sequence[Started]

    def stop(self) -> None:
        for process in self.processes:
            process.stop()


def serve_ours(folder: Path, sqlite: bool) -> Serving:
    """Start our chat process alone: its actions are inside it."""
    port = free_port()
    for left in (folder / "var").glob("conversations.db*"):
        left.unlink()
    conversations = f"sqlite:///{folder / 'var' / 'conversations.db'}" if sqlite else "sqlite://"
    env = environment(folder, FRONTDOOR_HOST="127.0.0.1", FRONTDOOR_PORT=str(port), FRONTDOOR_RATE_LIMIT="off",
                      FRONTDOOR_CONVERSATIONS_URL=conversations)
    return Serving(f"http://127.0.0.1:{port}", [Started(["-m", "bot.serve"], folder, env, folder / "logs" / "chat.log")])


def serve_default(folder: Path) -> Serving:
    """Start Rasa with its REST channel and its in-memory store, and the action server."""
    port, actions = free_port(), free_port()
    endpoints = (folder / "endpoints.yml").read_text(encoding="utf-8").split("\n# --- bench")[0]
    (folder / "endpoints.yml").write_text(f'{endpoints}\n# --- bench\naction_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n',
                                          encoding="utf-8")
    env = environment(folder, SANIC_HOST="127.0.0.1")
    rasa = Started(["-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(port)], folder, env, folder / "logs" / "rasa.log")
    server = Started(["-m", "rasa_sdk", "--actions", "actions", "--port", str(actions)], folder, env, folder / "logs" / "actions.log")
    return Serving(f"http://127.0.0.1:{port}", [rasa, server])
