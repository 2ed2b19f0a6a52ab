"""Where deliveries may go: public addresses of named hosts, by https. Nothing inside, whatever it is disguised as."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Literal
from urllib.parse import urlsplit

from chalicelib.kit.values import value

LONGEST_URL: Final = 2000
PORTS: Final = {"https": 443, "http": 80}
FIRST_FREE_PORT: Final = 1024
"""Below it lie the ports of other services, of which only that of https is taken."""

_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]")

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_BORROWED_V6: Final = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # What IETF protocols use, Teredo (2001::/32) among them.
        "2001:db8::/32",  # Documentation.
        "2002::/16",  # 6to4: holds an IPv4 address.
        "2620:4f:8000::/48",  # AS112.
        "3fff::/20",  # Documentation.
        "5f00::/16",  # Segment routing.
    )
)
_BORROWED_V4: Final = tuple(
    ip_network(text)
    for text in (
        "100.64.0.0/10",  # Carrier-grade NAT.
        "192.0.0.0/24",  # What IETF protocols use.
        "192.31.196.0/24",  # AS112.
        "192.52.193.0/24",  # AMT.
        "192.88.99.0/24",  # The relays of 6to4.
        "192.175.48.0/24",  # AS112.
        "168.63.129.16/32",  # The platform address of a cloud: metadata from outside of the private ranges.
    )
)


class TargetRefused(ValueError):
    """A target that deliveries must not go to; the text says why, in a sentence for its owner."""


@value
class Target:
    """A URL, taken apart. `host` is a name in ASCII and lower case."""

    scheme: Literal["https", "http"]
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the header `Host` says."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"


def target_of(url: str, *, loopback: bool) -> Target:
    """Take a URL apart. Raises `TargetRefused` for what deliveries must not go to by its form alone.

    `loopback`: whether this machine itself may be the target, by http too; for the local stage and tests.
    """
    if len(url) > LONGEST_URL or _UNPRINTABLE.search(url):
        raise TargetRefused("This is no URL: it is too long, or holds blanks or control characters.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise TargetRefused("This is no URL.") from error
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise TargetRefused("The URL must not hold a user name or a password.")
    if parts.fragment or "#" in url:
        raise TargetRefused("The URL must not have a fragment.")
    if loopback and parts.scheme == "http" and host in ("localhost", "127.0.0.1", "::1"):
        return Target("http", host, port or PORTS["http"], _path(parts.path, parts.query))
    if parts.scheme != "https":
        raise TargetRefused("The URL must begin with https://.")
    if port is not None and port != PORTS["https"] and port < FIRST_FREE_PORT:
        raise TargetRefused("The port must be 443, or 1024 and above.")
    named = host if loopback and host in ("localhost", "127.0.0.1", "::1") else _name(host)
    return Target("https", named, port or PORTS["https"], _path(parts.path, parts.query))


def _path(path: str, query: str) -> str:
    if not path.isascii() or not query.isascii():
        raise TargetRefused("Write the URL's path in ASCII: percent-encode other characters.")
    return (path or "/") + (f"?{query}" if query else "")


def _name(host: str) -> str:
    """The host as DNS knows it. A number in any guise (decimal, octal, hexadecimal, shortened) is not a name."""
    try:
        name = host.encode("idna").decode().lower().removesuffix(".")
    except UnicodeError as error:
        raise TargetRefused("The URL names no host.") from error
    labels = name.split(".")
    if ":" in host or "%" in host or re.fullmatch(r"(0x[0-9a-f]*|[0-9]+)", labels[-1]):
        raise TargetRefused("The URL must name a host, not an address.")
    if len(labels) < 2 or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise TargetRefused("The URL must name a public host, as hooks.example.com.")
    return name


def refuse_address(text: str, *, loopback: bool) -> None:
    """Raise `TargetRefused` unless an address is one of the public internet.

    What is private, loopback, link-local (cloud metadata among it), shared, multicast, reserved or for documentation
    is refused, and every IPv6 address that stands for an IPv4 one: mapped, compatible, 6to4, NAT64, Teredo.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError as error:
        raise TargetRefused("The host has no usable address.") from error
    if loopback and address in (ip_address("127.0.0.1"), ip_address("::1")):
        return
    public = _is_public_v4(address) if isinstance(address, IPv4Address) else _is_public_v6(address)
    if not public:
        raise TargetRefused("The host's address is not one of the public internet.")


def _is_public_v4(address: IPv4Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not any(address in network for network in _BORROWED_V4)


def _is_public_v6(address: IPv6Address) -> bool:
    borrowed = any(address in network for network in _BORROWED_V6)
    return address in _GLOBAL_UNICAST and address.is_global and not borrowed
