"""What leaves the desk by e-mail and webhook: kinds, references, times and counts. Nothing that anybody told us."""
from __future__ import annotations

import json
import logging
import uuid
from datetime import date, datetime
from typing import Mapping, Tuple

import requests

from bot.desk.alarms import WHAT_TO_DO, WORDS, Raised
from bot.desk.settings import Options
from bot.handoff import mail
from bot.handoff.outbox import Delivered
from bot.handoff.signing import Purpose, signature_headers

log = logging.getLogger(__name__)
_SECONDS = 10
_MOST_LINES = 50


def mail_alarms(options: Options, desk_url: str, alarms: Tuple[Raised, ...]) -> bool:
    """Tell of alarms by e-mail. False if it could not be handed to the mail server."""
    lines = [line for a in alarms[:_MOST_LINES] for line in (
        f"{a.reference or a.kind.value + ' (' + a.door + ')'}: {WORDS[a.kind]}. {WHAT_TO_DO[a.kind]}",
        *([f"  {desk_url}/contacts/{a.contact_id}"] if a.contact_id else []))]
    if len(alarms) > _MOST_LINES:
        lines.append(f"And {len(alarms) - _MOST_LINES} more.")
    many = f"{len(alarms)} alarm{'' if len(alarms) == 1 else 's'}"
    return _send(options, f"Front door desk: {many}", "\n".join(
        ["Somebody must act on these now. Sign in to the desk to open them.", "", *lines, "", f"All alarms: {desk_url}/alarms",
                             "This comes again in four hours if nothing changes."]))


def mail_summary(options: Options, desk_url: str, figures: Mapping[str, int], day: date) -> bool:
    """Send the day's figures. False if it could not be handed to the mail server."""
    lines = [f"{name}: {many}" for name, many in figures.items()]
    return _send(options, f"Front door desk: {day.day} {day:%B %Y}", "\n".join(
        [f"How the desk stands on {day.day} {day:%B %Y}.", "", *lines, "", f"Look at {desk_url}/"]))


def call_alarms(options: Options, alarms: Tuple[Raised, ...], now: datetime) -> bool:
    """Tell of alarms by the webhook, signed. False unless the receiver took it."""
    body = json.dumps({"id": str(uuid.uuid4()), "type": "alarms", "at": now.isoformat(), "alarms": [
        {"number": a.number, "kind": a.kind.value, "since": a.raised_at.isoformat(), "reference": a.reference, "door": a.door,
         "says": WORDS[a.kind]} for a in alarms]}).encode()
    headers = {"Content-Type": "application/json", **signature_headers(options.alarm_secret, str(uuid.uuid4()), body, now, Purpose.ALARM)}
    try:
        with requests.Session() as session:
            session.trust_env = options.alarm_url.startswith("https://")
            reply = session.post(options.alarm_url, data=body, headers=headers, timeout=_SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        log.error("alarm_not_called error=%s", type(error).__name__)
        return False
    if not 200 <= reply.status_code < 300:
        log.error("alarm_not_called status=%d", reply.status_code)
        return False
    return True


def _send(options: Options, subject: str, text: str) -> bool:
    assert options.mail is not None
    outcome = mail.send(options.mail, str(uuid.uuid4()), subject, text)
    if not isinstance(outcome, Delivered):
        log.error("mail_not_sent reason=%s", outcome.reason)
        return False
    return True
