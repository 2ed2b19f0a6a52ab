"""Programs of partners: made by an admin, and calling with tokens that they ask the pool for."""

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.support.client import Client
from tests.support.people import SignedIn


def ask_for_token(url: str, client_id: str, secret: str, *, scope: str = "") -> tuple[int, dict[str, Any]]:
    """Ask for a token by client credentials; the status and the answer."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    body = urllib.parse.urlencode({**form, **({"scope": scope} if scope else {})}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=10) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


@dataclass(frozen=True)
class Program:
    """An API client: its row, its credential, and a client with its token."""

    row: dict[str, Any]
    credential: dict[str, str]
    token: str
    client: Client

    @property
    def path(self) -> str:
        return f"/api/partners/clients/{self.row['id']}"


class Programs:
    """Makes API clients through the API."""

    def __init__(self, admin: SignedIn, gateway: Any, token_url: str) -> None:
        self.admin, self.token_url = admin, token_url
        self._gateway = gateway

    def wish(self, **wanted: Any) -> dict[str, Any]:
        """The body that makes a client."""
        usual = {"name": "Acme ERP", "owner": "Acme Ltd", "contact": "dev@acme.example", "scopes": ["products:read"]}
        return {**usual, **wanted}

    def join(self, **wanted: Any) -> Program:
        """Make a client and sign it in."""
        made = self.admin.post("/api/partners/clients", json=self.wish(**wanted))
        assert made.status == 201, made.text
        credential = made.json["credential"]
        token = self.token(credential)
        return Program(made.json["client"], credential, token, self.with_token(token))

    def token(self, credential: dict[str, str], *, scope: str = "") -> str:
        """A token for a credential."""
        status, answer = ask_for_token(self.token_url, credential["clientId"], credential["clientSecret"], scope=scope)
        assert status == 200, answer
        token: str = answer["access_token"]
        return token

    def with_token(self, token: str) -> Client:
        """A client that calls with this token."""
        return Client(self._gateway, sign_in=lambda: token)
