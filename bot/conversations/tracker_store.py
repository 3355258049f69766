"""Rasa's tracker store over ``Conversations``: the slots, the open form and the last few turns, nothing older."""
from __future__ import annotations

from typing import Iterable, List, Optional

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.store import Conversations

TURNS_KEPT = 3


class ShortMemoryTrackerStore(TrackerStore):
    """Keeps what the next turn needs, so that turn 100 costs what turn 2 does."""

    def __init__(self, domain: Optional[Domain], conversations: Conversations) -> None:
        self._conversations = conversations
        super().__init__(domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the trimmed conversation, encrypted."""
        events = [e.as_dict() for e in trimmed(tracker)]
        for event in events:
            if event.get("event") == "user":
                event["parse_data"] = {k: event["parse_data"][k] for k in ("intent", "text", "about_another") if k in event["parse_data"]}
                event["parse_data"]["entities"] = []
        self._conversations.save_state(tracker.sender_id, {"events": events})

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation, or None if it is new or forgotten."""
        state = self._conversations.state(sender_id)
        if not state:
            return None
        return DialogueStateTracker.from_dict(sender_id, state["events"], self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Ids are not listed: nothing needs them."""
        return []


def trimmed(tracker: DialogueStateTracker) -> List[Event]:
    """The events of the last few turns, after a start that sets the slots and the form as they were then."""
    events = list(tracker.events)
    starts = [i for i, e in enumerate(events) if isinstance(e, UserUttered)]
    if starts and any(isinstance(e, ActiveLoop) and e.name is None for e in events[starts[-1]:]):
        cut = len(events)  # a contact was sent or stopped in this turn: its answers leave the conversation
    elif len(starts) <= TURNS_KEPT:
        return events
    else:
        cut = starts[-TURNS_KEPT]
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], list(tracker.slots.values()))
    first_time = events[min(cut, len(events) - 1)].timestamp
    start: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=first_time), SessionStarted(timestamp=first_time)]
    start += [SlotSet(name, slot.value, timestamp=first_time) for name, slot in before.slots.items() if slot.value is not None]
    if before.active_loop:
        start.append(ActiveLoop(before.active_loop_name, timestamp=first_time))
    start.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=first_time))
    return start + events[cut:]


