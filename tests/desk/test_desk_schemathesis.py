"""Schemathesis tries what nobody would think of, on what front doors send and on every page: nothing breaks."""
import io
import os

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance, status_code_conformance

from bot.desk.access import RULES, Door
from tests.handoff.cast import SECRET
from tests.signed import signed

# Few in the gate; `make explore` tries many more.
FEW = settings(max_examples=100 if os.environ.get("FRONTDOOR_PROPERTIES") == "explore" else 5, deadline=None, suppress_health_check=list(HealthCheck))
FIELDS = ("text", "why", "decision", "to", "version", "passed_as", "as", "name", "what", "role", "shown_as", "doors", "taking", "known", "password", "code", "again")
ASKED = ("state", "path", "mine", "overdue", "flagged", "door", "reference", "page", "next", "done")


def signing(real):
    """The desk behind a hand that signs whatever is sent."""
    def app(environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        for name, value in signed(SECRET, body, real.clock()).items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        return real.app(environ, start_response)
    return app


def as_manager(real):
    """The desk as a manager's browser sees it, with the token that its forms carry."""
    mona = real.signed_in("mona")
    token, cookie = mona.token(), mona.http.get_cookie("desk").value

    def app(environ, start_response):
        environ.update(HTTP_COOKIE=f"desk={cookie}", HTTP_X_CSRFTOKEN=token)
        return real.app(environ, start_response)
    return app


def pages(real, contact_id):
    """Every page and form of the desk as an OpenAPI document, with fields in every combination."""
    paths = {}
    for rule in real.app.url_map.iter_rules():
        verbs = [v for v, needed in RULES[rule.endpoint].items() if needed is not Door.SIGNED and v != "HEAD"]
        if not verbs or rule.endpoint.rpartition(".")[2] == "static" or rule.endpoint == "signing_in.sign_out":
            continue
        place = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
        inside = [{"name": a, "in": "path", "required": True, "schema": {"enum": [contact_id]} if a == "contact_id" else {"type": "string", "minLength": 1}}
                  for a in rule.arguments]
        query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in ASKED]
        form = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {f: {"type": "string"} for f in FIELDS}}}}}
        paths[place] = {verb.lower(): {"parameters": inside + (query if verb == "GET" else []), **({"requestBody": form} if verb == "POST" else {}),
                                       "responses": {"default": {"description": "any"}}} for verb in verbs}
    return {"openapi": "3.0.3", "info": {"title": "pages", "version": "1"}, "servers": [{"url": "http://localhost"}], "paths": paths}


@pytest.fixture
def what_doors_send(staffed):
    return schemathesis.openapi.from_wsgi("/openapi.json", signing(staffed))


@pytest.fixture
def what_people_see(staffed):
    parcel = staffed.arrives()
    schema = schemathesis.openapi.from_dict(pages(staffed, parcel.contact_id))
    schema.app = as_manager(staffed)
    return schema


doors = schemathesis.pytest.from_fixture("what_doors_send")
people = schemathesis.pytest.from_fixture("what_people_see")


@doors.parametrize()
@FEW
def test_whatever_a_front_door_sends_is_answered_as_the_document_says(case):
    case.call_and_validate(checks=[not_a_server_error, status_code_conformance, response_schema_conformance])


@people.parametrize()
@FEW
def test_whatever_a_manager_types_breaks_no_page(case):
    response = case.call_and_validate(checks=[not_a_server_error])
    assert not str(response.headers.get("location", "")).startswith("['/sign-in"), "the manager is signed in"
