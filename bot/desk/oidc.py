"""Sign in with the organisation's own accounts (OpenID Connect, code flow with PKCE)."""
from __future__ import annotations

from datetime import datetime
from typing import Any, Mapping, MutableMapping

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.desk.settings import Oidc

_TIMEOUT = 5
_KEPT = ("oidc_state", "oidc_nonce", "oidc_verifier")
_SCOPE = "openid email profile"
_ALGORITHMS = ["RS256", "ES256", "PS256"]


class OidcError(Exception):
    """Signing in there did not work. The message says what to do, for people to read."""


def begin(oidc: Oidc, back: str, session: MutableMapping[str, Any]) -> str:
    """The address to go to. Raises ``OidcError``."""
    client = _client(oidc, back)
    verifier, nonce = generate_token(48), generate_token(24)
    address, state = client.create_authorization_url(_discover(oidc)["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
    session.update(oidc_state=state, oidc_nonce=nonce, oidc_verifier=verifier)
    return str(address)


def finish(oidc: Oidc, back: str, given: Mapping[str, str], session: MutableMapping[str, Any], now: datetime) -> str:
    """The name under which the provider knows them. Raises ``OidcError`` unless every check holds."""
    state, nonce, verifier = (session.pop(key, None) for key in _KEPT)
    if not state or given.get("state") != state or not given.get("code"):
        raise OidcError("Signing in was not finished. Start again from the sign-in page.")
    places = _discover(oidc)
    try:
        token = _client(oidc, back).fetch_token(places["token_endpoint"], code=given["code"], code_verifier=verifier, timeout=_TIMEOUT)
        keys = KeySet.import_key_set(_get(places["jwks_uri"]))
        claims = jwt.decode(str(token["id_token"]), keys, algorithms=_ALGORITHMS).claims
        checks = jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=60, iss={"essential": True, "value": oidc.issuer},
                                       aud={"essential": True, "value": oidc.client_id}, nonce={"essential": True, "value": nonce},
                                       exp={"essential": True})
        checks.validate(claims)
    except (requests.RequestException, AuthlibBaseError, JoseError, KeyError, ValueError, TypeError):
        raise OidcError("Your organisation's sign-in could not be checked. Try again, or tell whoever runs the service.") from None
    name = claims.get(oidc.claim)
    if not isinstance(name, str) or not name or (oidc.claim == "email" and claims.get("email_verified") is False):
        raise OidcError("Your organisation's sign-in did not say who you are. Tell whoever runs the service.")
    return name


def _client(oidc: Oidc, back: str) -> Any:
    return OAuth2Session(oidc.client_id, oidc.client_secret, scope=_SCOPE, redirect_uri=back, code_challenge_method="S256")


def _discover(oidc: Oidc) -> Any:
    try:
        places = _get(f"{oidc.issuer}/.well-known/openid-configuration")
        if places["issuer"].rstrip("/") != oidc.issuer:
            raise ValueError
        return places
    except (requests.RequestException, ValueError, KeyError, AttributeError):
        raise OidcError("Your organisation's sign-in does not answer. Try again in a few minutes.") from None


def _get(address: str) -> Any:
    reply = requests.get(address, timeout=_TIMEOUT, allow_redirects=False)
    reply.raise_for_status()
    return reply.json()
