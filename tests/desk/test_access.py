"""Every role, every route, every verb; and whose contacts are whose."""
import uuid

import pytest

from bot.desk.access import RULES, Door, needs
from bot.desk.person import Role
from tests.desk.conftest import RealDesk

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PEOPLE = {"nobody": None, "rae": Role.READER, "will": Role.WORKER, "mona": Role.MANAGER}
# What a right that is there may answer to an empty or made-up form: never "sign in", never "forbidden", never broken.
FINE = {200, 201, 303, 400, 404, 409, 413, 422}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    from tests.handoff.cast import Clock
    folder = tmp_path_factory.mktemp("house")
    real = RealDesk(f"sqlite:///{folder}/desk.db", folder / "keys", Clock())
    for name, role, doors in (("rae", "reader", ()), ("will", "worker", ()), ("mona", "manager", ()), ("eve", "worker", ("exeter",)),
                              ("max", "manager", ("exeter",))):
        real.add(name, role, doors)
    real.here, real.there = real.arrives(), real.arrives(door="exeter")
    return real


def address(rule, contact_id):
    return rule.rule.replace("<uuid:contact_id>", contact_id).replace("<token>", "no-such-link").replace(
        "<path:filename>", "desk.css").replace("<name>", "weeks")


def everything(app):
    return [(rule, verb) for rule in app.url_map.iter_rules() for verb in VERBS]


def ask(person, verb, path):
    form = {"csrf_token": person.token()} if verb == "POST" else None
    return person.http.open(path, method=verb, data=form)


def test_every_route_is_listed_and_every_listed_route_is_there(house):
    assert {rule.endpoint for rule in house.app.url_map.iter_rules()} == set(RULES)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_role_on_every_route_with_every_verb(house, who):
    wrong, person = [], house.nobody() if who == "nobody" else house.signed_in(who)
    for rule, verb in everything(house.app):
        status = ask(person, verb, address(rule, house.here.contact_id)).status_code
        needed, role = needs(rule.endpoint, verb), PEOPLE[who]
        if isinstance(needed, Door):
            right = status == 401 if needed is Door.SIGNED else status in FINE | {403}
            right = right or (rule.endpoint == "signing_in.sign_in" and status == 403)
        elif role is None:
            right = status == (303 if verb == "GET" and rule.endpoint != "inbox.count" else 401) or status == 405
        elif needed is None:
            right = status == 405
        else:
            right = status in FINE if role.may(needed) else status == 403
        if rule.endpoint == "signing_in.sign_out" and verb == "POST" and role is not None:
            person = house.signed_in(who)
        if not right:
            wrong.append((who, verb, rule.rule, status))
    assert not wrong


def test_every_contact_route_hides_contacts_of_other_front_doors(house):
    max_ = house.signed_in("max")    # who may do everything, but not here
    asked = 0
    for rule, verb in everything(house.app):
        if "contact_id" not in rule.arguments or needs(rule.endpoint, verb) is None:
            continue
        form = {"csrf_token": max_.token(), "as": "json", "text": "x", "decision": "advice", "version": "1", "to": "", "passed_as": "1"}
        other, unknown = (max_.http.open(address(rule, i), method=verb, data=form if verb == "POST" else None)
                          for i in (house.here.contact_id, str(uuid.uuid4())))
        assert other.status_code == unknown.status_code == 404, rule
        assert other.get_data() == unknown.get_data() or rule.endpoint
        asked += 1
    assert asked >= 10
    assert [h.what for h in house.desk.casework.open(house.here.contact_id, house.desk.people.find("will"), house.clock()).history][:2] != ["seen"]
    assert all(h.who != "max" for h in house.desk.casework.open(house.here.contact_id, house.desk.people.find("will"), house.clock()).history)


def test_a_person_of_one_front_door_sees_only_its_contacts_counts_and_alarms(house):
    eve = house.signed_in("eve")
    page = eve.get("/").get_data(as_text=True)
    assert house.there.reference in page and house.here.reference not in page
    assert house.here.reference not in eve.get(f"/?reference={house.here.reference}").get_data(as_text=True).replace(f'value="{house.here.reference}"', "")
    assert eve.get("/count.json").json["unopened"] == 1


@pytest.mark.parametrize("verb, path", [("GET", "/people"), ("POST", "/people/add"), ("POST", "/people/change"), ("GET", "/record"), ("POST", "/switch")])
def test_a_manager_of_one_front_door_does_not_manage_the_others(house, verb, path):
    assert ask(house.signed_in("max"), verb, path).status_code == 403


def test_looking_at_the_header_of_a_contact_is_not_seeing_it(staffed):
    parcel = staffed.arrives()
    will = staffed.signed_in("will")
    assert will.http.head(f"/contacts/{parcel.contact_id}").status_code == 405
    assert will.get(f"/contacts/{parcel.contact_id}", headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 403
    assert staffed.desk.inbox.list_contacts()[0].seen_at is None


@pytest.mark.parametrize("path", ["/nothing", "/contacts/x", "/static/../secret", "/people/1"])
def test_what_is_not_there_looks_closed_to_strangers(staffed, path):
    assert staffed.nobody().get(path).status_code in (303, 404)
    assert staffed.signed_in("will").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", "/health", "/static/desk.css", "/alarms"])
def test_strict_headers_stand_on_every_answer(staffed, path):
    for person in (staffed.nobody(), staffed.signed_in("mona")):
        headers = person.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self' 'nonce-")
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy and "form-action 'self'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        assert path.startswith("/static") or headers["Cache-Control"] == "no-store"


def test_behind_tls_the_cookie_and_the_browser_are_held_to_it(tmp_path, clock):
    real = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock, secure_cookies=True)
    reply = real.nobody().get("/sign-in")
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk=") and all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert reply.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_another_name_does_not_reach_the_desk(staffed, host):
    assert staffed.nobody().get("/sign-in", headers={"Host": host}).status_code == 400
