"""What front doors may ask of the desk, as an OpenAPI document. The contact's part is the published JSON Schema itself."""
from __future__ import annotations

from typing import Any, Dict

from bot.desk.pulse import COUNTED
from bot.handoff.parcel import LETTERS
from bot.handoff.payload import json_schema
from bot.handoff.pulse import MOST_HELD
from bot.handoff.questions import SCHEMA_VERSION, Path
from bot.handoff.signing import SIGNATURE, TIMESTAMP

_WHOLE = {"type": "integer", "minimum": 0, "maximum": 2 ** 31 - 1}
_REFUSAL = {"description": "refused, with reasons that name parts and never values",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}}


def openapi_document() -> Dict[str, Any]:
    """The document (OpenAPI 3.1)."""
    contact = {key: value for key, value in json_schema().items() if key not in ("$schema", "$id")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "The desk of the Plymouth front door", "version": str(SCHEMA_VERSION), "description": (
            "Front doors deliver contacts here, ask what became of them, and say that they live. Every body is signed with the secret "
            f"that front door and desk share: {TIMESTAMP} is the time in seconds, and a signature in {SIGNATURE} is good for five minutes. "
            "A contact may be sent again until the answer is 200 or 201; the desk keeps it once. Follow no redirects.")},
        "paths": {
            "/inbox": {"post": _signed("Deliver a contact", "Parcel", {
                "201": _answer("the desk has it", {"state": {"const": "delivered"}}),
                "200": _answer("the desk had it already", {"state": {"const": "delivered"}, "repeat": {"const": True}}),
                "422": _REFUSAL})},
            "/inbox/states": {"post": _signed("Ask what became of contacts", "Question", {"200": _answer(
                "times in ISO 8601, of contacts of this front door only; and whether the desk itself tells people of what waits there",
                {"rings": {"type": "boolean"}, "states": {"type": "object", "additionalProperties": {"type": "object", "properties": {
                    "seen_at": {"type": ["string", "null"]}, "acknowledged_at": {"type": ["string", "null"]},
                    "held": {"type": "boolean", "description": "kept for a court: erase no copy of it"}}}}})})},
            "/pulse": {"post": _signed("Say that the delivery lives", "Pulse", {"200": _answer(
                "how the off switch stands; while it is off, no contact is taken from the public",
                {"switch": {"type": "object", "required": ["number", "taking", "why"], "properties": {
                    "number": _WHOLE, "taking": {"type": "boolean"}, "why": {"type": "string"}}}})})},
            "/health": {"get": {"operationId": "health", "summary": "Whether the desk lives", "security": [],
                                "responses": {"200": {"description": "it lives"}, "503": _REFUSAL}}}},
        "components": {
            "securitySchemes": {"signature": {"type": "apiKey", "in": "header", "name": SIGNATURE}},
            "schemas": {"Contact": contact, "Parcel": _parcel(), "Pulse": _pulse(), "Question": {
                "type": "object", "required": ["ids"], "properties": {"ids": {"type": "array", "maxItems": 500, "items": _uuid()}}},
                "Refusal": {"type": "object", "required": ["error"], "properties": {"error": {
                    "type": "object", "required": ["code", "message", "reasons"], "properties": {
                        "code": {"type": "string"}, "message": {"type": "string"}, "reasons": {"type": "array", "items": {"type": "string"}}}}}}}}}


def _signed(summary: str, schema: str, answers: Dict[str, Any]) -> Dict[str, Any]:
    return {"operationId": summary.lower().replace(" ", "_"), "summary": summary, "security": [{"signature": []}],
            "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}},
            "responses": {**answers, "400": _REFUSAL, "401": _REFUSAL, "413": _REFUSAL, "503": _REFUSAL}}


def _answer(description: str, properties: Dict[str, Any]) -> Dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parcel() -> Dict[str, Any]:
    reference = f"^[{LETTERS}]{{4}}-[{LETTERS}]{{4}}$"
    return {"type": "object", "required": ["id", "reference", "path", "received_at", "schema_version", "contact"], "properties": {
        "id": _uuid(), "reference": {"type": "string", "pattern": reference}, "path": {"enum": [p.value for p in Path]},
        "received_at": {"type": "string", "format": "date-time"}, "schema_version": {"const": SCHEMA_VERSION},
        "contact": {"$ref": "#/components/schemas/Contact"}}}


def _pulse() -> Dict[str, Any]:
    counted = {"type": "object", "required": ["day", "what", "which", "many"], "properties": {
        "day": {"type": "string", "format": "date"}, "what": {"enum": list(COUNTED)},
        "which": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[ -~]+$"}, "many": _WHOLE}}
    return {"type": "object", "properties": {**dict.fromkeys(("waiting", "stuck", "late", "switch_known"), _WHOLE),
                                             "bell": {"type": "boolean", "description": "the delivery itself tells people of what is stuck"},
                                             "held": {"type": "array", "maxItems": MOST_HELD, "items": _uuid(),
                                                      "description": "every contact that this front door keeps for a court"},
                                             "counts": {"type": "array", "maxItems": 500, "items": counted}}}


def _uuid() -> Dict[str, Any]:
    return {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"}
