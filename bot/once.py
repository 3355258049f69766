"""What Rasa works out anew at every turn, worked out once. Nothing here changes what it does."""
from __future__ import annotations

import contextlib
import functools
import gc
import sys
import types
from pathlib import Path
from typing import Any, Dict, Iterator, Optional, Type, Union, cast

from bot.marked_yaml import load_marked

_OURS = frozenset({"slot", "active_loop", "followup"})  # the events of our actions


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """While the program loads, nothing is looked through for rubbish; and what was loaded never is.

    Hundreds of thousands of objects stay for as long as the process: looking through them took a sixth of a second in the middle of somebody's turn.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class _Unused(types.ModuleType):
    """Stands for a module that is imported by others and never used here. Any name in it is a class that cannot be made."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)

        def refuse(cls: type, *_args: Any, **_kwargs: Any) -> None:
            raise RuntimeError(f"{self.__name__}.{name} is left out of the chat process: see bot/once.py")
        return type(name, (), {"__new__": refuse})


def without_tensorflow() -> None:
    """Call in the chat process before Rasa and spaCy are imported.

    Rasa imports TensorFlow for classifiers and policies that are not in config.yml, and spaCy because it is there: a second
    and a half of every start and 260 MB. ``python -m bot.train`` and Rasa's own commands have it as always.
    """
    for name in ("jax", "tensorflow"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    for name in ("rasa.utils.tensorflow.callback", "rasa.utils.tensorflow.data_generator",
                 "rasa.graph_components.validators.default_recipe_validator"):
        sys.modules.setdefault(name, _Unused(name))


@contextlib.contextmanager
def reading_the_domain() -> Iterator[None]:
    """While a model loads, its domain is read by libyaml's parser and not checked anew: it was when the model was trained. Rasa reads it four
    times, with a parser in Python alone: a quarter of the start."""
    from rasa.shared.core.domain import Domain
    as_rasa_does = Domain.__dict__["from_path"]

    def from_path(cls: Type[Domain], path: Union[str, Path]) -> Domain:
        file = Path(path) / "domain.yml"
        if [found.name for found in Path(path).glob("*")] != [file.name]:
            return cast(Domain, as_rasa_does.__func__(cls, path))
        return cast(Domain, cls.from_dict(load_marked(file.read_text(encoding="utf-8"))))

    Domain.from_path = classmethod(from_path)
    try:
        yield
    finally:
        Domain.from_path = as_rasa_does


def is_never_empty(domain: Any) -> None:
    """A domain that was loaded holds something. Rasa asks at every message, and builds an empty domain to compare it with."""
    domain.is_empty = lambda: False


def is_plainly_right(result: Dict[str, Any]) -> bool:
    """True if an action's answer holds only what ours do, and rightly: Rasa's scheme takes it too. Any other answer is held against the scheme."""
    return (all(isinstance(r, dict) for r in result["responses"])
            and all(e["event"] in _OURS and e["timestamp"] is None and "metadata" not in e
                    and (e["event"] != "slot" or (isinstance(e["name"], str) and "value" in e)) for e in result["events"]))


def prepare() -> None:
    """Prepare Rasa's check of an action's answer (22 ms a turn otherwise) and the names of its events (1 ms)."""
    from jsonschema import Draft202012Validator
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.events import Event
    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(self: Any, result: Dict[str, Any]) -> bool:
        with contextlib.suppress(Exception):
            if is_plainly_right(result):
                return True
        error = next(validator.iter_errors(result), None)
        if error is not None:
            raise error
        return True

    resolve = Event.resolve_by_type
    if not hasattr(resolve, "cache_info"):
        @functools.lru_cache(maxsize=256)
        def resolved(type_name: str, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
            return resolve(type_name, default)
        Event.resolve_by_type = staticmethod(resolved)
    RemoteAction._validate_action_result = validate
