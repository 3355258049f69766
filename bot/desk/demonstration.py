"""On one machine, before anybody was added: a made-up manager, so that people can look around."""
from __future__ import annotations

from datetime import timedelta
from typing import Mapping, Optional

from bot.desk.desk import Desk
from bot.desk.people import DEMONSTRATION
from bot.desk.person import Role
from bot.desk.settings import from_environment
from bot.handoff.database import utc_now


def demonstration_link(env: Mapping[str, str]) -> Optional[str]:
    """The address of a new one-time link, or None: not for a desk that others reach, nor once a real person was added."""
    settings, options = from_environment(env)
    if not options.local:
        return None
    now = utc_now()
    desk = Desk.build(settings, options, utc_now)
    if any(not p.demonstration for p in desk.people.all()):
        return None
    if desk.people.find(DEMONSTRATION) is None:
        desk.people.add(DEMONSTRATION, "Demonstration manager", Role.MANAGER, (), "make run", now, demonstration=True)
    return f"{settings.desk_url}/welcome/{desk.people.make_link(DEMONSTRATION, 'make run', now, timedelta(hours=1))}"
