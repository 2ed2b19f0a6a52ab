"""Which calls to AWS a function's code can make, found without running anything.

From a view or a handler this follows every name that its code refers to, through functions, constants and classes (a
class stands for all its methods), and notes where a client of `kit.aws` is used. Where it cannot tell which operation
is meant, it says so instead of guessing (`Unclear`).
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.package.call_sites import Site, Unclear, sites_of
from tools.package.functions import Function
from tools.package.names import Names, Place

COURSE: Final = ("chalicelib.kit.course", "run")
"""What carries every request but those that are public and open no transaction of their own."""

DATABASE_USERS: Final = {
    "chalicelib.kit.db": "cvd_app",
    "chalicelib.kit.reporting": "cvd_reporting",
    "chalicelib.operations.migrations": "cvd_migrator",
}
"""As whom the modules that sign in to the database do so."""

UNDERSTOOD: Final = frozenset({"rds-db:connect@cvd_app", "rds-db:connect@cvd_migrator"})
"""What nobody declares: every function enters the database as what it is."""

NOT_THE_INTERNET: Final = frozenset({"chalicelib.kit.tokens"})
"""Asks for the pool's keys, which the pool's endpoint inside the network answers."""

ACTIONS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("s3", "put_object"): ("s3:PutObject", "kms:GenerateDataKey"),
    # Without the right to list, the storage answers for a missing file that access is denied.
    ("s3", "get_object"): ("s3:GetObject", "s3:ListBucket", "kms:Decrypt"),
    ("s3", "head_object"): ("s3:GetObject", "s3:ListBucket"),
    ("s3", "delete_object"): ("s3:DeleteObject",),
    ("s3", "delete_objects"): ("s3:DeleteObject",),
    ("s3", "list_objects_v2"): ("s3:ListBucket",),
    ("s3 signed", "put_object"): ("s3:PutObject", "kms:GenerateDataKey"),
    ("s3 signed", "get_object"): ("s3:GetObject", "kms:Decrypt"),
    ("sqs", "send_message"): ("sqs:SendMessage",),
    ("sqs", "send_message_batch"): ("sqs:SendMessage",),
    ("secretsmanager", "get_secret_value"): ("secretsmanager:GetSecretValue",),
    ("bedrock-runtime", "converse"): ("bedrock:InvokeModel",),
    ("kms", "encrypt"): ("kms:Encrypt@webhook",),
    ("kms", "decrypt"): ("kms:Decrypt@webhook",),
    ("ses", "send_email"): ("ses:SendEmail",),
    # These four are for whoever has the token or the mailed code: IAM is not asked.
    ("cognito-idp", "forgot_password"): (),
    ("cognito-idp", "confirm_forgot_password"): (),
    ("cognito-idp", "associate_software_token"): (),
    ("cognito-idp", "verify_software_token"): (),
}
"""The actions of IAM behind an operation of boto3; the pool's other operations are actions of their own name."""

SECRETS: Final = {
    "chalicelib.telemetry.service.feeds": "partner-*",
    "chalicelib.identity.service.bootstrap": "bootstrap-admin",
}
"""Which secrets the modules that read some read."""


@dataclass(frozen=True)
class Calls:
    """The calls of a tree of our code; `root` is the folder that holds `chalicelib`."""

    root: Path
    names: Names = field(init=False, repr=False)
    _sites: dict[Place, tuple[Site, ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", Names(self.root))

    def of(self, function: Function) -> frozenset[str]:
        """What the function has to be granted, as declarations spell it. Raises `Unclear`."""
        return frozenset(self.granted(self.places(function))) - UNDERSTOOD

    def uses_database(self, function: Function) -> bool:
        """Whether anything of it enters the database."""
        return any(grant.startswith("rds-db:connect@") for grant in self.granted(self.places(function)))

    def places(self, function: Function) -> frozenset[Place]:
        """Every function, constant and class of ours that its code can come to."""
        return self.reached(_beginnings(function))

    def reached(self, beginnings: Iterable[Place]) -> frozenset[Place]:
        """The same from anywhere."""
        waiting, seen = list(beginnings), set[Place]()
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                waiting += self.names.referred(place)
        return frozenset(seen)

    def granted(self, places: Iterable[Place]) -> Iterator[str]:
        """What the code of these places has to be granted, with what is understood. Raises `Unclear`."""
        reached = frozenset(places)
        for place in reached:
            for site in self._sites_at(place):
                yield from self._of_site(place, site, reached)

    def _sites_at(self, place: Place) -> tuple[Site, ...]:
        if place not in self._sites:
            self._sites[place] = tuple(sites_of(self.names, place))
        return self._sites[place]

    def _of_site(self, place: Place, site: Site, reached: frozenset[Place]) -> Iterator[str]:
        if site.service == "internet":
            yield from () if place[0] in NOT_THE_INTERNET else ("internet",)
        elif site.service == "rds":
            yield from self._signing_in(place, reached)
        elif site.parameter is None:
            yield from self._actions(place, site.service, site.operation)
        else:
            for operation in self._said(place, site.parameter, reached):
                yield from self._actions(place, site.service, operation)

    def _signing_in(self, signer: Place, reached: frozenset[Place]) -> Iterator[str]:
        """Who asks the signer for a password, and as whom."""
        for place in reached:
            if signer in self.names.referred(place):
                if place[0] not in DATABASE_USERS:
                    raise Unclear(f"{'.'.join(place)} signs in to the database: say in DATABASE_USERS as whom.")
                yield f"rds-db:connect@{DATABASE_USERS[place[0]]}"

    def _said(self, dispatcher: Place, parameter: int, reached: frozenset[Place]) -> Iterator[str]:
        """The operations that are named to a function which passes a name on to AWS."""
        for place in reached:
            for call in self.names.calls_to(place, dispatcher):
                given = call.args[parameter] if len(call.args) > parameter else None
                if not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
                    raise Unclear(f"{'.'.join(place)} does not name the operation that it asks of {dispatcher[1]}.")
                yield given.value

    def _actions(self, place: Place, service: str, operation: str) -> Iterator[str]:
        known = ACTIONS.get((service, operation))
        if known is None:
            if service != "cognito-idp":
                raise Unclear(f"Say in ACTIONS of tools/package/calls.py what {service}.{operation} needs.")
            known = (
                "cognito-idp:" + "".join(part.capitalize() for part in operation.split("_")).replace("Mfa", "MFA"),
            )
        for action in known:
            which = self._which(place, action)
            yield f"{action}@{which}" if which else action

    def _which(self, place: Place, action: str) -> str | None:
        """Which of several things of a kind is meant."""
        if action.startswith("sqs:"):
            return self._queue(place)
        if action.startswith("secretsmanager:"):
            if place[0] not in SECRETS:
                raise Unclear(f"{'.'.join(place)} reads a secret: say in SECRETS which.")
            return SECRETS[place[0]]
        return None

    def _queue(self, place: Place) -> str:
        """The queue whose setting stands beside the call, in its module."""
        settings = {name for name in self.names.attributes(place[0]) if name.endswith("_queue_url")}
        if len(settings) != 1:
            raise Unclear(f"{place[0]} sends to a queue, and reads {len(settings)} settings that name one.")
        return settings.pop().removesuffix("_queue_url")


def _beginnings(function: Function) -> Iterator[Place]:
    for declaration in function.declarations:
        yield declaration.view.__module__, declaration.view.__name__
        if not (declaration.is_public and declaration.own_transactions):
            yield COURSE
        if declaration.sheet and declaration.sheet.store:
            yield declaration.sheet.store.__module__, declaration.sheet.store.__name__
    if function.kind != "route":
        yield from function.entries
