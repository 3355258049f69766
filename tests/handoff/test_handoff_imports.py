import subprocess
import sys


def test_keeping_and_delivering_contacts_needs_no_web_or_chatbot_framework():
    """Seen in a fresh interpreter, so that an import by an import counts too."""
    program = ("import sys, bot.handoff.worker; "
               "print([m for m in ('flask', 'werkzeug', 'rasa', 'rasa_sdk', 'sanic', 'bot.desk') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
