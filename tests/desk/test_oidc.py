"""Signing in with the organisation's own accounts, against a real provider on this machine that we can make lie."""
import http.server
import json
import threading
import urllib.parse

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from bot.desk.settings import Oidc
from tests.desk.conftest import RealDesk

KEY = RSAKey.generate_key(2048, parameters={"kid": "one"}, auto_kid=False)
OTHER = RSAKey.generate_key(2048, parameters={"kid": "one"}, auto_kid=False)


@pytest.fixture
def provider(clock):
    """Discovery, keys and tokens over HTTP. ``claims`` and ``key`` are what it will say and sign with."""
    class Provider(http.server.BaseHTTPRequestHandler):
        claims, key, asked = {}, KEY, {}

        def do_GET(self):
            self.answers({"issuer": Provider.url, "authorization_endpoint": f"{Provider.url}/authorize", "token_endpoint": f"{Provider.url}/token",
                          "jwks_uri": f"{Provider.url}/keys"} if "openid-configuration" in self.path else {"keys": [KEY.as_dict(private=False)]})

        def do_POST(self):
            Provider.asked = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            now = int(clock().timestamp())
            claims = {"iss": Provider.url, "aud": "desk", "exp": now + 300, "iat": now, "sub": "1", "email": "will", **Provider.claims}
            self.answers({"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, Provider.key)})

        def answers(self, content):
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield Provider
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(tmp_path, clock, provider):
    real = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock, oidc=Oidc(provider.url, "desk", "a secret"))
    real.add("will", "worker")
    return real


def comes_back(house, provider, person=None, **claims):
    """Go to the provider and come back. ``claims`` are lies it tells."""
    person = person or house.nobody()
    place = person.get("/sign-in/elsewhere").headers["Location"]
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(place).query))
    provider.claims = {"nonce": query["nonce"], **claims}
    return person, person.get(f"/sign-in/back?code=a-code&state={query['state']}"), query


def test_somebody_whom_the_organisation_names_and_who_was_added_here_comes_in(house, provider):
    person, reply, query = comes_back(house, provider)
    assert reply.status_code == 303 and person.get("/").status_code == 200
    assert query["code_challenge_method"] == "S256" and provider.asked["code_verifier"]
    assert query["redirect_uri"] == "http://localhost:5080/sign-in/back"


@pytest.mark.parametrize("lie", [{"email": "stranger"}, {"email": None}, {"email": "will", "email_verified": False}, {"aud": "another"}, {"nonce": "old"},
                                 {"iss": "https://evil.example"}, {"exp": 1}])
def test_nobody_comes_in_on_a_token_that_does_not_hold(house, provider, lie):
    person, reply, _ = comes_back(house, provider, **lie)
    assert reply.status_code == 403 and person.get("/").status_code == 303


def test_nobody_comes_in_on_a_token_that_another_key_signed(house, provider):
    provider.key = OTHER
    assert comes_back(house, provider)[1].status_code == 403


def test_nobody_comes_in_without_having_gone_out_or_with_anothers_return(house, provider):
    assert house.nobody().get("/sign-in/back?code=x&state=y").status_code == 403
    person = house.nobody()
    person.get("/sign-in/elsewhere")
    assert person.get("/sign-in/back?code=x&state=forged").status_code == 403


def test_whose_access_has_ended_does_not_come_in_this_way_either(house, provider):
    house.desk.people.change("will", "mona", house.clock(), disabled=True)
    assert comes_back(house, provider)[1].status_code == 403


def test_a_provider_that_is_away_is_said_clearly(tmp_path, clock):
    real = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock, oidc=Oidc("http://127.0.0.1:9", "desk", "a secret"))
    reply = real.nobody().get("/sign-in/elsewhere")
    assert reply.status_code == 503 and "does not answer" in reply.get_data(as_text=True)
