"""What Rasa works out anew at every turn, worked out once. Nothing here changes what it does."""
from __future__ import annotations

import contextlib
import functools
import gc
import sys
from typing import Any, Dict, Iterator, Optional, Type


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


def without_jax() -> None:
    """Call before TensorFlow is imported: it would import jax for a converter that nobody here uses (half a second of every start)."""
    sys.modules.setdefault("jax", None)  # type: ignore[arg-type]


def prepare() -> None:
    """Prepare Rasa's check of an action's answer (22 ms a turn otherwise) and the names of its events (1 ms)."""
    from jsonschema import Draft202012Validator
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.events import Event
    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(self: Any, result: Dict[str, Any]) -> bool:
        for error in validator.iter_errors(result):
            raise error
        return True

    resolve = Event.resolve_by_type
    if not hasattr(resolve, "cache_info"):
        @functools.lru_cache(maxsize=256)
        def resolved(type_name: str, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
            return resolve(type_name, default)
        Event.resolve_by_type = staticmethod(resolved)
    RemoteAction._validate_action_result = validate
