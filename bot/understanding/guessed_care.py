"""A script for somebody who may hurt, or to whom something happened, is not drawn from a mere guess. Pure.

The caller has made sure that the net hears nothing. Whoever meant it after all is left with somebody to talk to: ``LINE`` follows the other reply.
"""
from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

from bot.understanding.traits import intents_that_are

LINE = "if_it_is_hard"   # utter_if_it_is_hard
SURE_OF_SCRIPT = 0.45    # below it a script is mostly wrong where the net hears nothing
SURE_OF_OTHER = 0.25     # no script that was meant gave way at this; from 0.20 on "everything is too much lately" did
MOSTLY_CARE = 0.45       # of the odds: unsure which care, but sure that it is some


def instead_of_a_guess(ranking: Sequence[Mapping[str, Any]]) -> Optional[Dict[str, Any]]:
    """What to answer in the place of a care script that is only guessed: the likeliest other intent, if that is sure enough.

    ``ranking``: intents with ``name`` and ``confidence`` (0 to 1), the likeliest first. None if the first stands.
    """
    if not ranking or ranking[0]["name"] not in intents_that_are("not_on_a_guess") or float(ranking[0]["confidence"]) >= SURE_OF_SCRIPT:
        return None
    care = intents_that_are("care_scripts") | intents_that_are("caring")
    if sum(float(r["confidence"]) for r in ranking if r["name"] in care) >= MOSTLY_CARE:
        return None
    other = next((r for r in ranking[1:] if r["name"] not in care | intents_that_are("vague") | intents_that_are("no_topic")), None)
    return dict(other) if other is not None and float(other["confidence"]) >= SURE_OF_OTHER else None
