"""Signed tokens (JWS compact form, RS256 and nothing else): the signature is checked before anything is believed.

PyJWT does the same for every algorithm there is, and imports all of them: twice the time of everything else that a
request needs to be admitted, at each cold start. The cryptography itself is the library's.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

ALGORITHM = "RS256"
PARTS = 3


class NotSigned(Exception):
    """The token is not one, or its signature is not the key's."""


def key_id(token: str) -> str:
    """Which key a token says it is signed with, before anything of it is believed. Raises `NotSigned`."""
    header = _object(_parts(token)[0])
    named = header.get("kid")
    if header.get("alg") != ALGORITHM or "crit" in header or not isinstance(named, str):
        raise NotSigned
    return named


def claims(token: str, key: RSAPublicKey) -> Mapping[str, Any]:  # Any: JSON
    """What a token says, once its signature is found to be the key's. Raises `NotSigned`."""
    head, body, seal = _parts(token)
    try:
        key.verify(_bytes(seal), f"{head}.{body}".encode("ascii"), PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise NotSigned from error
    return _object(body)


def keys(published: Iterable[Mapping[str, Any]]) -> dict[str, RSAPublicKey]:  # Any: JSON
    """The public keys for signatures out of a published set (JWKS), by their ids; keys of other kinds are left out."""
    return {
        str(one["kid"]): RSAPublicNumbers(_number(one["e"]), _number(one["n"])).public_key()
        for one in published
        if one.get("kty") == "RSA" and one.get("kid") and one.get("use", "sig") == "sig"
    }


def _parts(token: str) -> list[str]:
    parts = token.split(".")
    if len(parts) != PARTS or not token.isascii():
        raise NotSigned
    return parts


def _object(part: str) -> dict[str, Any]:  # Any: JSON
    try:
        told = json.loads(_bytes(part))
    except ValueError as error:
        raise NotSigned from error
    if not isinstance(told, dict):
        raise NotSigned
    return told


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise NotSigned from error


def _number(part: str) -> int:
    return int.from_bytes(_bytes(part), "big")
