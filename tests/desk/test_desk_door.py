"""What the desk lets in, over real HTTP."""
import http.client
import json
import threading
from datetime import timedelta

import pytest
import requests

from bot.handoff.signing import SIGNATURE, TIMESTAMP, signature_headers
from tests.handoff.cast import MARKER, SECRET
from tests.handoff.test_parcel import ID, a_parcel


@pytest.fixture
def post(desk, clock):
    def post(body, secret=SECRET, at=None, **headers):
        headers = {**signature_headers(secret, "an-id", body, at or clock()), "Content-Type": "application/json", **headers}
        headers = {k: v for k, v in headers.items() if v is not None}
        return requests.post(f"{desk.url}/inbox", data=body, headers=headers, timeout=5)
    return post


def test_a_signed_contact_is_taken_in(desk, post):
    reply = post(a_parcel().as_bytes())
    assert (reply.status_code, reply.json()) == (201, {"state": "delivered"})
    assert desk.received == ["CDFH-JKMN"]


def test_a_repeat_is_told_that_we_have_it_and_is_kept_once(desk, post):
    post(a_parcel().as_bytes())
    reply = post(a_parcel().as_bytes())
    assert (reply.status_code, reply.json()) == (200, {"state": "delivered", "repeat": True})
    assert desk.received == ["CDFH-JKMN"]


def test_the_same_contact_ten_times_at_once_is_kept_once(desk, post):
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(post(a_parcel().as_bytes()).status_code)) for _ in range(10)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(statuses) == [200] * 9 + [201] and desk.received == ["CDFH-JKMN"]


def test_another_contact_with_the_same_reference_is_neither_lost_nor_hidden(desk, post):
    post(a_parcel().as_bytes())
    reply = post(a_parcel(contact_id=ID.replace("6f1c", "7f1c")).as_bytes())
    assert reply.status_code == 422, "not 409: the worker would believe that it was delivered"
    assert len(desk.received) == 1


@pytest.mark.parametrize("wrong", [
    dict(secret=b"another secret of the same length.."), {SIGNATURE: None}, {SIGNATURE: ""}, {SIGNATURE: "sha256="},
    {SIGNATURE: "sha256=é"}, {TIMESTAMP: None}, {TIMESTAMP: "1"}, {TIMESTAMP: "yesterday"}, {TIMESTAMP: "9" * 5000}])
def test_what_is_not_signed_with_our_secret_stays_outside(desk, post, wrong):
    reply = post(a_parcel().as_bytes(), **wrong)
    assert reply.status_code == 401 and reply.json()["error"]["code"] == "not_signed"
    assert desk.received == []


def test_a_changed_body_stays_outside(desk, clock):
    body = a_parcel().as_bytes()
    headers = signature_headers(SECRET, "an-id", body, clock())
    reply = requests.post(f"{desk.url}/inbox", data=body.replace(b"public", b"child"), headers=headers, timeout=5)
    assert reply.status_code == 401 and desk.received == []


@pytest.mark.parametrize("seconds, status", [(0, 201), (300, 201), (301, 401), (-300, 201), (-301, 401)])
def test_a_signature_is_good_for_five_minutes(desk, post, clock, seconds, status):
    assert post(a_parcel().as_bytes(), at=clock() - timedelta(seconds=seconds)).status_code == status


@pytest.mark.parametrize("body, named", [
    (b"{", "not JSON"), (b"[]", "object"), (b"{}", '"id"'), (json.dumps({"id": MARKER}).encode(), '"id"'),
    (a_parcel(path=MARKER).as_bytes(), '"path"'), (a_parcel(contact={}).as_bytes(), '"contact"')])
def test_a_contact_that_cannot_be_read_is_refused_with_reasons_and_without_its_words(desk, post, everything_logged,
                                                                                        body, named):
    reply = post(body)
    assert reply.status_code == 400 and any(named in reason for reason in reply.json()["error"]["reasons"])
    assert MARKER not in reply.text + everything_logged.text
    assert desk.received == []


def test_the_idempotency_key_must_be_the_contacts_own(desk, post):
    assert post(a_parcel().as_bytes(), **{"Idempotency-Key": "another"}).status_code == 400


def test_a_body_over_the_limit_is_refused(desk, post):
    assert post(a_parcel(contact={"worry": "x" * 200_001}).as_bytes()).status_code == 413
    assert desk.received == []


def test_a_body_over_the_limit_that_does_not_say_its_length_is_refused_too(desk, clock):
    body = a_parcel(contact={"worry": "x" * 200_001}).as_bytes()
    pieces = (body[i:i + 50_000] for i in range(0, len(body), 50_000))
    reply = requests.post(f"{desk.url}/inbox", data=pieces, headers=signature_headers(SECRET, "an-id", body, clock()), timeout=5)
    assert reply.status_code in (401, 413) and desk.received == [], "read up to the limit, and no signature fits that"


def test_the_longest_contact_that_the_chat_promises_fits_through_the_door(desk, post):
    from bot.handoff.parcel import LARGEST
    parcel = a_parcel(contact={"worry": "x" * (LARGEST - 500)})
    assert post(parcel.as_bytes()).status_code == 201


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_the_inbox_only_takes_in(desk, method):
    assert requests.request(method, f"{desk.url}/inbox", timeout=5).status_code == 405


@pytest.mark.parametrize("host, status", [("127.0.0.1", 200), ("localhost:5080", 200), ("evil.example.org", 400)])
def test_a_page_elsewhere_cannot_reach_the_desk_under_its_own_name(desk, host, status):
    address = desk.url.removeprefix("http://")
    connection = http.client.HTTPConnection(address, timeout=5)
    connection.request("GET", "/health", headers={"Host": host})
    assert connection.getresponse().status == status
    connection.close()


def test_a_desk_whose_database_is_broken_asks_to_be_tried_again_and_says_nothing(desk, post, everything_logged):
    with desk.inbox.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE desk_audit")
    reply = post(a_parcel().as_bytes())
    assert reply.status_code == 503 and desk.received == []
    assert "desk_broke" in everything_logged.text and MARKER not in everything_logged.text + reply.text


def test_requests_leave_no_trace_of_their_address_in_the_log(desk, everything_logged, capfd):
    requests.get(f"{desk.url}/{MARKER}?x={MARKER}", timeout=5)
    host, port = desk.url.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=5)
    connection.putrequest(MARKER, "/")
    connection.endheaders()
    connection.getresponse().read()
    connection.close()
    ours = [line for line in everything_logged.lines if "urllib3" not in line]
    said = capfd.readouterr()
    assert MARKER not in "\n".join(ours) + said.out + said.err
