"""What a browser asks before another site may use the door."""
import requests

from tests.service import Service


def test_a_site_that_is_named_may_ask_first_as_browsers_do_and_another_may_not(tmp_path):
    """Browsers ask with OPTIONS before they send JSON from another site; refused, the widget is silent there."""
    chat = Service(tmp_path, FRONTDOOR_ALLOWED_ORIGINS="https://named.example").wait()
    try:
        for path in ("session", "webhook", "history", "form"):
            for origin, allowed in (("https://named.example", "https://named.example"), ("https://other.example", None)):
                answer = requests.options(f"{chat.base}/webhooks/website/{path}", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}, timeout=10)
                assert answer.status_code == 204
                assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    finally:
        chat.stop()
