"""Send one e-mail, and sort the server's answer into three piles."""
from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Sequence, Tuple

from bot.handoff.destinations import Mail
from bot.handoff.outbox import Delivered, NeedsAPerson, Outcome, TryLater

TIMEOUT = 10
Attachment = Tuple[str, bytes, str]     # file name, content, media type


def send(mail: Mail, message_id: str, subject: str, text: str, attachments: Sequence[Attachment] = ()) -> Outcome:
    """Send it. The same ``message_id`` twice is the same message to a mailbox that drops repeats. Never raises for SMTP."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, mail.to, subject
    message["Message-ID"] = f"<{message_id}@{mail.sender.rpartition('@')[2]}>"
    message["Date"] = formatdate()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    for name, content, kind in attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    try:
        server = _connected(mail)
        try:
            if mail.user:
                server.login(mail.user, mail.password)
            server.send_message(message)
        finally:
            _leave(server)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return _sorted(max(codes, default=550))
    except smtplib.SMTPResponseException as answer:
        return _sorted(answer.smtp_code)
    except smtplib.SMTPNotSupportedError:
        return NeedsAPerson("smtp server offers no encryption or sign-in")
    except ssl.SSLCertVerificationError:
        return NeedsAPerson("smtp certificate not trusted")
    except (smtplib.SMTPException, OSError) as error:
        return TryLater(type(error).__name__)
    return Delivered()


def _connected(mail: Mail) -> smtplib.SMTP:
    if mail.over == "smtps":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
    if mail.over == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except Exception:
            server.close()
            raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. However that is answered, what the server took before it has, and sending it again would double it."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _sorted(code: int) -> Outcome:
    return TryLater(f"smtp {code}") if 400 <= code < 500 else NeedsAPerson(f"smtp {code}")
