"""Where deliveries may go: nowhere inside, whatever it is disguised as, at registration and at each connection."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.db import Connection
from chalicelib.kit.settings import settings
from chalicelib.partners.rules.targets import TargetRefused, refuse_address, target_of
from chalicelib.partners.service import sending
from tests.partners.conftest import deliver
from tests.support.people import SignedIn
from tools.webhooks.receiver import Receiver, Reply

URLS = [
    "http://hooks.example.com/",  # Not https.
    "ftp://hooks.example.com/",
    "file:///etc/passwd",
    "gopher://hooks.example.com/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.000.000.001/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0x0.0x0.0x1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://0/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://192.168.1.1/",
    "https://8.8.8.8/",  # An address, if a public one: certificates are of names.
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00:ec2::254]/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://⑯⑨。254。169。254/",
    "https://user@hooks.example.com/",
    "https://user:word@hooks.example.com/",
    "https://hooks.example.com@127.0.0.1/",
    "https://hooks.example.com\\@127.0.0.1/",
    "https://127.0.0.1#@hooks.example.com/",
    "https://hooks.example.com:22/",
    "https://hooks.example.com:25/",
    "https://hooks.example.com:0/",
    "https://hooks.example.com:65536/",
    "https://hooks.example.com/#fragment",
    "https://hooks example.com/",
    "https://hooks.example.com/\r\nX: y",
    "https://intranet/",
    "https://-hooks.example.com/",
    "https:///path",
    "https://",
    "//hooks.example.com/",
    "javascript:alert(1)",
]

ADDRESSES = [
    "0.0.0.0",  # noqa: S104 - an address to be refused
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:a9fe:a9fe::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]

PUBLIC = ["8.8.8.8", "1.1.1.1", "151.101.1.69", "2606:4700::1111", "2a00:1450:4001:81b::200e"]

Names = dict[str, Sequence[str]]


@pytest.fixture
def outside(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As deployed: this machine is no target."""
    monkeypatch.setenv("CVD_WEBHOOKS_TO_LOOPBACK", "false")
    settings.cache_clear()


@contextmanager
def dns(monkeypatch: pytest.MonkeyPatch, answers: Callable[[str], Sequence[str]]) -> Iterator[list[str]]:
    """Names of the test are answered by the test; the names that were asked for. Addresses stay what they are."""
    real, asked = socket.getaddrinfo, []

    def lookup(host: Any, port: Any, *args: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not isinstance(name, str) or not name.endswith(".test"):
            return real(host, port, *args, **more)
        asked.append(name)
        found = [entry for address in answers(name) for entry in real(address, port, type=socket.SOCK_STREAM)]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lookup)
        yield asked


@pytest.mark.parametrize("url", URLS)
def test_a_url_that_names_no_public_host_by_https_is_refused_by_its_form(url: str) -> None:
    with pytest.raises(TargetRefused):
        target_of(url, loopback=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    with pytest.raises(TargetRefused):
        refuse_address(address, loopback=False)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    refuse_address(address, loopback=False)


@given(st.ip_addresses())
def test_whatever_python_calls_not_global_is_refused(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast:
        with pytest.raises(TargetRefused):
            refuse_address(str(address), loopback=False)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_through_inside_of_an_ipv6_one(address: IPv4Address) -> None:
    whole = int(address)
    disguised = [
        IPv6Address(whole),
        IPv6Address((0xFFFF << 32) | whole),
        IPv6Address((0xFFFF << 48) | whole),
        IPv6Address((0x2002 << 112) | (whole << 80)),
        IPv6Address((0x64FF9B << 96) | whole),
        IPv6Address((0x64FF9B0001 << 80) | whole),
        IPv6Address((0x20010000 << 96) | (whole ^ 0xFFFFFFFF)),
    ]
    for one in disguised:
        with pytest.raises(TargetRefused):
            refuse_address(str(one), loopback=False)


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("url", URLS)
def test_none_of_these_urls_can_be_registered(admin: SignedIn, url: str) -> None:
    answer = admin.post("/api/webhooks", json={"url": url, "eventTypes": ["*"]})

    assert answer.status == 400
    assert answer.json["code"] in ("TARGET_NOT_ALLOWED", "VALIDATION")


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("address", [one for one in ADDRESSES if one not in ("not an address", "fe80::1%eth0")])
def test_a_name_that_leads_inside_cannot_be_registered(
    admin: SignedIn, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    with dns(monkeypatch, lambda name: ["8.8.8.8", address] if name.startswith("both") else [address]):
        for host in ("inside.test", "both.test"):
            answer = admin.post("/api/webhooks", json={"url": f"https://{host}/", "eventTypes": ["*"]})
            assert (answer.status, answer.json["code"]) == (400, "TARGET_NOT_ALLOWED")


@pytest.mark.usefixtures("outside")
def test_a_name_without_an_address_cannot_be_registered(admin: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    with dns(monkeypatch, lambda _: []):
        answer = admin.post("/api/webhooks", json={"url": "https://nowhere.test/", "eventTypes": ["*"]})

    assert (answer.status, answer.json["error"]) == (400, "The host has no address.")


@pytest.mark.usefixtures("outside")
def test_a_name_that_leads_inside_later_is_not_reached(
    admin: SignedIn, manager: SignedIn, db: Connection, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = ["8.8.8.8"]
    with dns(monkeypatch, lambda _: now):
        url = f"https://moves.test:{receiver.port}/"
        assert admin.post("/api/webhooks", json={"url": url, "eventTypes": ["*"]}).status == 201
        now[:] = ["127.0.0.1"]
        manager.post("/api/locations", json={"name": "Depot"})
        deliver(db)

    assert receiver.arrivals == []
    assert db.values("SELECT problem FROM webhook_attempts") == [
        "refused: The host's address is not one of the public internet."
    ]


@pytest.mark.usefixtures("outside")
def test_a_webhook_of_the_local_stage_is_not_reached_elsewhere(
    admin: SignedIn, manager: SignedIn, db: Connection, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVD_WEBHOOKS_TO_LOOPBACK", "true")
    settings.cache_clear()
    assert admin.post("/api/webhooks", json={"url": receiver.url(), "eventTypes": ["*"]}).status == 201
    monkeypatch.setenv("CVD_STAGE", "prod")  # The setting is not heeded where it is deployed.
    settings.cache_clear()

    assert sending.post(receiver.url(), b"{}", {}).problem == "refused: The URL must begin with https://."
    assert sending.post(f"https://127.0.0.1:{receiver.port}/", b"{}", {}).status is None
    assert receiver.arrivals == []


def test_a_redirect_leads_nowhere(database: Any, receiver: Receiver) -> None:
    receiver.replies["/"] = Reply(302, {"Location": receiver.url("/inside")})

    assert sending.post(receiver.url(), b"{}", {}).status == 302
    assert [arrival.path for arrival in receiver.arrivals] == ["/"]


# A public name, a private wire: the certificate is of the name, the connection goes to the checked address.


class TlsServer:
    """A server on this machine with a certificate of a name; which names it was asked for, and what it was sent."""

    def __init__(self, folder: Path, name: str) -> None:
        self.names: list[str | None] = []
        self.requests: list[bytes] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{name}.pem")
        context.sni_callback = lambda _socket, told, _context: self.names.append(told)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._context = context
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(plain, server_side=True) as secure:
                    if request := _received(secure):
                        self.requests.append(request)
                        secure.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            except OSError:
                continue

    def close(self) -> None:
        self._socket.close()


def _received(secure: ssl.SSLSocket) -> bytes:
    """A whole request, head and body; nothing when the other side hangs up instead, as one that does not trust us."""
    received = b""
    while True:
        head, ended, body = received.partition(b"\r\n\r\n")
        told = re.search(rb"(?i)content-length: (\d+)", head)
        if ended and len(body) >= int(told[1] if told else 0):
            return received
        if not (part := secure.recv(65536)):
            return b""
        received += part


def certificate(folder: Path, name: str) -> None:
    """Write a self-signed certificate of a name, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / f"{name}.pem").write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))


@pytest.fixture
def tls(tmp_path: Path, database: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[TlsServer]:
    """A server with the certificate of hooks.test, which this process trusts."""
    certificate(tmp_path, "hooks.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "hooks.test.crt"))
    sending._trust.cache_clear()
    server = TlsServer(tmp_path, "hooks.test")
    yield server
    server.close()
    sending._trust.cache_clear()


def test_https_goes_to_the_checked_address_and_trusts_the_certificate_of_the_name(
    tls: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dns(monkeypatch, lambda _: ["127.0.0.1"]) as asked:
        attempt = sending.post(f"https://hooks.test:{tls.port}/in", b"{}", {"webhook-id": "x"})

    assert attempt.status == 204, attempt
    assert asked == ["hooks.test"], "the name is looked up once: what was checked is what is reached"
    assert tls.names == ["hooks.test"]
    assert tls.requests[0].startswith(b"POST /in HTTP/1.1\r\n")
    assert f"Host: hooks.test:{tls.port}".encode() in tls.requests[0]


def test_a_certificate_of_another_name_is_not_trusted(tls: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with dns(monkeypatch, lambda _: ["127.0.0.1"]):
        attempt = sending.post(f"https://other.test:{tls.port}/", b"{}", {})

    assert attempt.status is None
    assert "certificate" in str(attempt.problem).lower()
    assert tls.requests == []


def test_a_name_whose_answer_changes_between_two_lookups_is_reached_at_the_checked_address_only(
    tls: TlsServer, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"]])
    with dns(monkeypatch, lambda _: next(answers)):
        first = sending.post(f"https://hooks.test:{tls.port}/", b"{}", {})
        second = sending.post(f"https://hooks.test:{tls.port}/", b"{}", {})

    assert first.status == 204
    assert second.problem == "refused: The host's address is not one of the public internet."
    assert len(tls.requests) == 1
