"""Whose address counts for the limits, with and without proxies: nobody may make one up."""
import pytest

from bot.proxies import Proxies
from bot.settings import ChatSettings, SettingsError
from tests.service import Service

BEHIND_ONE = {"FRONTDOOR_TRUSTED_PROXIES": "10.0.0.5, 192.168.4.0/24, fd00::/8"}


def proxies(env=BEHIND_ONE):
    problems = []
    found = Proxies.from_env(env, problems)
    assert problems == []
    return found


@pytest.mark.parametrize("peer, forwarded, who", [
    ("10.0.0.5", ["203.0.113.9"], "203.0.113.9"),
    ("10.0.0.5", ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),             # made up by the caller, then added by our proxy
    ("10.0.0.5", ["6.6.6.6", "203.0.113.9"], "203.0.113.9"),           # in two headers
    ("10.0.0.5", ["203.0.113.9, 192.168.4.7"], "203.0.113.9"),         # two proxies of ours
    ("10.0.0.5", ["6.6.6.6, 192.168.4.7, 203.0.113.9"], "203.0.113.9"),    # one of our addresses, made up by the caller
    ("10.0.0.5", ["203.0.113.9:51234"], "203.0.113.9"), ("fd00::1", ["[2001:db8::7]:443"], "2001:db8::7"), ("10.0.0.5", ["2001:db8::7"], "2001:db8::7"),
    ("::ffff:10.0.0.5", ["203.0.113.9"], "203.0.113.9"),
    ("203.0.113.9", ["6.6.6.6"], "203.0.113.9"),                       # not our proxy: not believed
    ("10.0.0.5", [], "10.0.0.5"), ("10.0.0.5", ["unknown"], "10.0.0.5"), ("10.0.0.5", ["6.6.6.6, <script>"], "10.0.0.5"), ("10.0.0.5", [","], "10.0.0.5")])
def test_the_first_address_from_the_right_that_is_no_proxy_of_ours_counts(peer, forwarded, who):
    assert proxies().caller(peer, forwarded) == who


@pytest.mark.parametrize("forwarded", [["6.6.6.6"], ["127.0.0.1"], ["6.6.6.6, 7.7.7.7"]])
def test_by_default_nobody_is_believed(forwarded):
    assert proxies({}).caller("127.0.0.1", forwarded) == "127.0.0.1"


@pytest.mark.parametrize("wrong", ["everybody", "10.0.0.5/8", "10.0.0", "0.0.0.0/0", "::/0"])
def test_a_mistake_stops_the_start_and_is_explained(wrong):
    with pytest.raises(SettingsError, match="FRONTDOOR_TRUSTED_PROXIES"):
        ChatSettings.from_env({"FRONTDOOR_TRUSTED_PROXIES": wrong})


def begun(service, address):
    return service.post("/webhooks/website/session", {}, **{"X-Forwarded-For": address})[0]


@pytest.mark.parametrize("trusted, after", [("", 429), ("127.0.0.1", 201)])
def test_behind_a_trusted_proxy_each_person_has_a_limit_of_their_own_and_elsewhere_the_header_changes_nothing(tmp_path, trusted, after):
    service = Service(tmp_path, FRONTDOOR_RATE_LIMIT="40", FRONTDOOR_TRUSTED_PROXIES=trusted).wait()
    try:
        assert 429 in [begun(service, "203.0.113.9") for _ in range(40)]
        assert begun(service, "203.0.113.10") == after
        assert begun(service, "203.0.113.10, 203.0.113.9") == 429, "what the caller wrote before our proxy did is not looked at"
    finally:
        service.stop()
