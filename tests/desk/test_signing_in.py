"""Signing in: what lets people in, what keeps others out, and what ends it."""
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot.desk.app import create_app
from bot.desk.passwords import why_weak
from bot.desk.people import PeopleError
from bot.desk.person import Role
from bot.desk.record import latest_events
from bot.desk.settings import Options
from bot.desk.tables import events, links, sessions, users
from bot.proxies import Proxies
from tests.desk.conftest import KEY, PASSWORD, Person


def try_as(real, name, password=PASSWORD, code=None):
    reply = real.nobody().post("/sign-in", {"name": name, "password": password, "code": code or real.code("will")})
    return reply.status_code


def test_name_password_and_code_together_let_somebody_in(staffed):
    assert staffed.signed_in("will").get("/").status_code == 200


@pytest.mark.parametrize("wrong", [dict(password="three random word"), dict(code="000000"), dict(code=""), dict(code="١٢٣٤٥٦"), dict(name="nobody"), dict(name="")])
def test_two_of_the_three_do_not_and_the_reason_is_not_told(staffed, wrong):
    person = staffed.nobody()
    right = {"name": "will", "password": PASSWORD, "code": staffed.code("will")}
    reply = person.post("/sign-in", {**right, **wrong})
    assert reply.status_code == 403 and "Check the name, the password and the code" in reply.get_data(as_text=True)
    assert person.get("/").status_code == 303


def test_a_code_is_good_once(staffed):
    code = staffed.code("will")
    assert try_as(staffed, "will", code=code) == 303
    assert try_as(staffed, "will", code=code) == 403


def test_five_wrong_tries_lock_a_name_for_a_quarter_of_an_hour_and_a_manager_can_unlock_it(staffed):
    for _ in range(5):
        assert try_as(staffed, "will", password="wrong") == 403
    assert try_as(staffed, "will") == 403, "locked, though all three are right"
    staffed.clock.moves(minutes=14)
    assert try_as(staffed, "will") == 403
    assert "Locked until" in (mona := staffed.signed_in("mona")).get("/people").get_data(as_text=True)
    assert mona.post("/people/change", {"name": "will", "what": "unlock"}).status_code == 200
    assert try_as(staffed, "will") == 303


def test_the_lock_ends_by_itself(staffed):
    for _ in range(5):
        try_as(staffed, "will", password="wrong")
    staffed.clock.moves(minutes=16)
    assert try_as(staffed, "will") == 303


def test_the_desk_is_left_when_nobody_used_it_for_half_an_hour_and_counting_is_not_using(staffed):
    will = staffed.signed_in("will")
    for _ in range(3):
        staffed.clock.moves(minutes=20)
        assert will.get("/").status_code == 200
    for _ in range(4):
        staffed.clock.moves(minutes=10)
        will.get("/count.json")
    assert will.get("/count.json").status_code == 401
    assert will.get("/").status_code == 303


def test_nobody_stays_signed_in_longer_than_a_working_day(staffed):
    will = staffed.signed_in("will")
    for _ in range(31):
        staffed.clock.moves(minutes=20)
        will.get("/")
    assert will.get("/").status_code == 303


def test_signing_out_ends_the_session_also_for_a_copy_of_its_cookie(staffed):
    will = staffed.signed_in("will")
    cookie = will.http.get_cookie("desk").value
    will.post("/sign-out")
    thief = staffed.nobody()
    thief.http.set_cookie("desk", cookie)
    assert thief.get("/").status_code == 303


@pytest.mark.parametrize("what, more", [("end", {}), ("role", {"role": "reader"})])
def test_ending_or_changing_access_signs_somebody_out_at_once(staffed, what, more):
    will, mona = staffed.signed_in("will"), staffed.signed_in("mona")
    assert mona.post("/people/change", {"name": "will", "what": what, **more}).status_code == 200
    assert will.get("/").status_code == 303


def test_a_manager_cannot_lock_out_themself(staffed):
    reply = staffed.signed_in("mona").post("/people/change", {"name": "Mona", "what": "end"})
    assert reply.status_code == 400 and "your own access" in reply.get_data(as_text=True)


def test_a_form_that_another_site_sends_does_nothing(staffed):
    parcel, will = staffed.arrives(), staffed.signed_in("will")
    reply = will.http.post(f"/contacts/{parcel.contact_id}/note", data={"text": "forged", "csrf_token": "x"})
    assert reply.status_code == 400
    assert "noted" not in [h.what for h in staffed.desk.casework.open(parcel.contact_id, staffed.desk.people.find("will"), staffed.clock()).history]


def test_what_somebody_wrote_is_handed_back_when_they_were_signed_out(staffed):
    parcel, will = staffed.arrives(), staffed.signed_in("will")
    token = will.token()
    staffed.clock.moves(hours=1)
    reply = will.http.post(f"/contacts/{parcel.contact_id}/note", data={"csrf_token": token, "text": "Rang the school. <b>"})
    assert reply.status_code == 401 and "Rang the school. &lt;b&gt;" in reply.get_data(as_text=True)


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"])
def test_signing_in_never_leads_elsewhere(staffed, place):
    person = staffed.nobody()
    reply = person.post("/sign-in", {"name": "will", "password": PASSWORD, "code": staffed.code("will"), "next": place})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/")


def test_signing_in_leads_back_to_where_somebody_was_going(staffed):
    parcel = staffed.arrives()
    person = staffed.nobody()
    to = person.get(f"/contacts/{parcel.contact_id}").headers["Location"]
    assert to == f"/sign-in?next=/contacts/{parcel.contact_id}"
    reply = person.post("/sign-in", {"name": "will", "password": PASSWORD, "code": staffed.code("will"), "next": to.partition("next=")[2]})
    assert reply.headers["Location"] == f"/contacts/{parcel.contact_id}"


def test_a_new_person_sets_up_password_and_code_by_their_link_once(staffed):
    page = staffed.signed_in("mona").post("/people/add", {"name": "Ade@Example.org", "shown_as": "Ade Okafor", "role": "worker"}).get_data(as_text=True)
    path = "/welcome/" + page.partition("/welcome/")[2].partition("<")[0]
    ade = staffed.nobody()
    form = ade.get(path).get_data(as_text=True)
    assert ade.get(path).status_code == 200, "looking does not use it up"
    secret = form.partition('desk-key">')[2].partition("<")[0].replace(" ", "")
    weak = ade.post(path, {"password": "short", "again": "short", "code": pyotp.TOTP(secret).at(staffed.clock())})
    assert weak.status_code == 400 and "at least 12 characters" in weak.get_data(as_text=True)
    done = ade.post(path, {"password": "purple otter lamp", "again": "purple otter lamp", "code": pyotp.TOTP(secret).at(staffed.clock())})
    assert done.status_code == 303 and ade.get("/").status_code == 200
    assert staffed.nobody().get(path).status_code == 404
    staffed.clock.moves(seconds=31)
    again = staffed.nobody().post("/sign-in", {"name": "ade@example.org", "password": "purple otter lamp", "code": pyotp.TOTP(secret).at(staffed.clock())})
    assert again.status_code == 303


def test_a_link_is_good_for_a_day_and_a_new_one_ends_it(staffed):
    people, now = staffed.desk.people, staffed.clock()
    first = people.make_link("will", "mona", now)
    second = people.make_link("will", "mona", now)
    assert people.behind_link(first, now) is None and people.behind_link(second, now).name == "will"
    assert people.behind_link(second, now + timedelta(hours=24)) is None


def _sets_up(people, name, now):
    totp = pyotp.random_base32()
    people.set_up(people.make_link(name, "the tests", now), PASSWORD, totp, pyotp.TOTP(totp).at(now), now)


def test_the_demonstration_link_works_once_and_only_before_real_people_are_there(tmp_path, monkeypatch):
    from bot.desk.app import create_app
    from bot.desk.demonstration import demonstration_link
    from bot.desk.settings import from_environment
    from tests.desk.conftest import Person
    env = {"FRONTDOOR_DESK_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db", "FRONTDOOR_KEYS": str(tmp_path / "keys"),
           "FRONTDOOR_DATABASE_URL": f"sqlite:///{tmp_path}/contacts.db"}
    path = demonstration_link(env).removeprefix("http://127.0.0.1:5080")
    settings, options = from_environment(env)
    app = create_app(settings, options=options)
    guest, second = Person(app, ""), Person(app, "")
    assert guest.get(path).status_code == 200 and guest.post(path).status_code == 303
    assert guest.get("/people").status_code == 200 and second.post(path).status_code == 404
    app.extensions["desk"].people.add("ade", "Ade Okafor", Role.MANAGER, (), "the tests", settings and app.extensions["desk"].clock())
    assert demonstration_link(env) is None
    assert "made-up manager" in guest.get("/").get_data(as_text=True)
    people, now = app.extensions["desk"].people, app.extensions["desk"].clock()
    people.add("wen", "Wen Worker", Role.WORKER, (), "the tests", now)
    _sets_up(people, "wen", now)
    assert guest.get("/people").status_code == 200, "a worker's coming does not end it"
    link = people.make_link("demonstration", "make run", now)
    _sets_up(people, "ade", now)
    assert guest.get("/people").status_code == 303 and guest.get(f"/welcome/{link}").status_code == 404, "the first real manager's does"
    assert "demonstration ended" in [h.what for h in latest_events(people.engine)]
    assert demonstration_link({**env, "FRONTDOOR_DESK_URL": "https://desk.example.org", "FRONTDOOR_DESK_SECRET": "s" * 40,
                               "FRONTDOOR_DESK_KEY": "k" * 40}) is None


def test_passwords_codes_sessions_and_links_are_not_readable_at_rest(staffed, tmp_path):
    will = staffed.signed_in("will")
    token = staffed.desk.people.make_link("rae", "mona", staffed.clock())
    with staffed.desk.inbox.engine.begin() as db:
        kept = repr([db.execute(sa.select(table)).all() for table in (users, sessions, links, events)])
    with will.http.session_transaction() as cookie:
        assert cookie["token"] not in kept
    assert "$argon2id$" in kept
    for secret in (PASSWORD, staffed.totp["will"], token):
        assert secret not in kept
        for file in tmp_path.glob("desk.db*"):
            assert secret.encode() not in file.read_bytes()


def test_what_people_get_is_argon2_at_full_cost():
    import inspect

    from bot.desk import passwords
    assert "_hasher = PasswordHasher()" in inspect.getsource(passwords)
    assert PasswordHasher().memory_cost >= 19_456, "what OWASP asks at least"


@pytest.mark.parametrize("password", ["", "elevenchars", "aaaaaaaaaaaaaaaa", "x" * 201])
def test_a_password_that_is_easy_to_guess_is_refused_with_what_to_do(password):
    assert why_weak(password).startswith("Choose a password")


@pytest.mark.parametrize("name, shown_as", [("", "Ade Okafor"), ("a b", "Ade Okafor"), ("ade", "A"), ("WILL", "Ade Okafor")])
def test_nobody_is_added_without_a_name_or_under_anothers(staffed, name, shown_as):
    with pytest.raises(PeopleError):
        staffed.desk.people.add(name, shown_as, Role.READER, (), "mona", staffed.clock())


def test_too_many_tries_from_one_address_are_slowed_down(real):
    person = Person(create_app(real.settings, real.clock, Options(key=KEY, tries_a_minute=3)), "")
    statuses = [person.post("/sign-in", {"name": f"n{i}", "password": "x", "code": "1"}).status_code for i in range(5)]
    assert statuses == [403, 403, 403, 429, 429]
    assert person.post("/sign-in", {"name": "x"}, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 429, "anybody can write that header"


def test_behind_a_trusted_proxy_each_caller_has_their_own_tries(real):
    proxies = Proxies.from_env({"FRONTDOOR_TRUSTED_PROXIES": "127.0.0.1"}, [])
    person = Person(create_app(real.settings, real.clock, Options(key=KEY, tries_a_minute=2, proxies=proxies)), "")

    def tries(forwarded):
        return [person.post("/sign-in", {"name": f"u{n}"}, headers={"X-Forwarded-For": forwarded}).status_code for n in range(3)]
    assert tries("203.0.113.9") == tries("6.6.6.6, 203.0.113.10") == [403, 403, 429]
    assert tries("7.7.7.7, 203.0.113.10") == [429] * 3, "what the caller made up is not looked at"
