"""The local cloud: what it keeps over a restart, and where it is nearer to Cognito than plain moto."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
import pytest
from botocore.exceptions import ClientError

from tests.support.services import TestCloud
from tools.local import processes
from tools.local.provision import Place, new_password, provision
from tools.local.stage import ROOT


@contextmanager
def cloud_process(folder: Path) -> Iterator[Place]:
    port = processes.free_port()
    command = [sys.executable, "-m", "tools.local.cloud", "--port", str(port), "--folder", str(folder)]
    child = processes.start("cloud", command, folder=ROOT, environment={}, log=folder.parent / "cloud.log")
    try:
        processes.wait_until(lambda: processes.listens(port), child, seconds=60)
        yield Place(f"http://127.0.0.1:{port}", "local")
    finally:
        child.stop()
        assert child.process.wait() == 0


def sign_in(place: Place, environment: dict[str, str], username: str, password: str) -> dict[str, Any]:
    answer: dict[str, Any] = place.client("cognito-idp").admin_initiate_auth(
        UserPoolId=environment["CVD_USER_POOL_ID"],
        ClientId=environment["CVD_USER_POOL_CLIENT_ID"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )["AuthenticationResult"]
    return answer


def join(place: Place, environment: dict[str, str], username: str, password: str) -> None:
    cognito, pool = place.client("cognito-idp"), environment["CVD_USER_POOL_ID"]
    cognito.admin_create_user(UserPoolId=pool, Username=username, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=password, Permanent=True)


def subject(token: str) -> str:
    return str(jwt.decode(token, options={"verify_signature": False})["sub"])


@pytest.mark.slow
def test_users_passwords_tokens_files_and_queues_outlive_the_process(folder: Path) -> None:
    state = folder / "cloud"
    with cloud_process(state) as place:
        before = provision(place)
        join(place, before, "anna", "Correct4Horse")
        tokens = sign_in(place, before, "anna", "Correct4Horse")
        place.client("s3").put_object(Bucket=before["CVD_FILES_BUCKET"], Key="photos/1", Body=b"bytes")
        place.client("sqs").send_message(QueueUrl=before["CVD_OUTBOX_QUEUE_URL"], MessageBody="event")
        first_admin = place.client("secretsmanager").get_secret_value(SecretId=before["CVD_BOOTSTRAP_SECRET"])

    with cloud_process(state) as place:
        after = provision(place)
        again = sign_in(place, after, "anna", "Correct4Horse")
        kept_file = place.client("s3").get_object(Bucket=after["CVD_FILES_BUCKET"], Key="photos/1")
        queued = place.client("sqs").receive_message(QueueUrl=after["CVD_OUTBOX_QUEUE_URL"])
        secret = place.client("secretsmanager").get_secret_value(SecretId=after["CVD_BOOTSTRAP_SECRET"])
        with_old_token = place.client("cognito-idp").get_user(AccessToken=tokens["AccessToken"])

    stable = ("CVD_USER_POOL_ID", "CVD_USER_POOL_CLIENT_ID", "CVD_FILES_BUCKET", "CVD_FILES_KEY")
    assert [after[name] for name in stable] == [before[name] for name in stable]
    assert subject(again["AccessToken"]) == subject(tokens["AccessToken"])
    assert kept_file["Body"].read() == b"bytes"
    assert [message["Body"] for message in queued["Messages"]] == ["event"]
    assert secret["SecretString"] == first_admin["SecretString"]
    assert with_old_token["Username"] == "anna"


@pytest.mark.slow
def test_the_kept_state_is_readable_by_its_owner_alone(folder: Path) -> None:
    with cloud_process(folder / "cloud") as place:
        provision(place)

    assert (folder / "cloud").stat().st_mode & 0o077 == 0


def test_provisioning_again_changes_nothing(cloud: TestCloud) -> None:
    assert provision(cloud.place) == cloud.environment


def test_an_access_token_lives_as_long_as_the_client_says(cloud: TestCloud) -> None:
    join(cloud.place, cloud.environment, "anna", "Correct4Horse")

    tokens = sign_in(cloud.place, cloud.environment, "anna", "Correct4Horse")

    claims = jwt.decode(tokens["AccessToken"], options={"verify_signature": False})
    assert tokens["ExpiresIn"] == 24 * 3600
    assert claims["exp"] - claims["iat"] == 24 * 3600


@pytest.mark.rule("BR-026")
@pytest.mark.parametrize("password", ["Short1x", "nouppercase1", "NOLOWERCASE1", "NoDigitsHere"])
def test_the_pool_refuses_weak_passwords(cloud: TestCloud, password: str) -> None:
    with pytest.raises(ClientError, match="InvalidPasswordException"):
        join(cloud.place, cloud.environment, "anna", password)


@pytest.mark.rule("BR-026")
def test_the_pool_takes_long_passwords_and_refuses_the_last_five(cloud: TestCloud) -> None:
    passwords = [f"{'Long' * 30}word{number}" for number in range(6)]
    join(cloud.place, cloud.environment, "anna", passwords[0])

    def change(password: str) -> None:
        cloud.place.client("cognito-idp").admin_set_user_password(
            UserPoolId=cloud.environment["CVD_USER_POOL_ID"], Username="anna", Password=password, Permanent=True
        )

    for password in passwords[1:5]:
        change(password)
    with pytest.raises(ClientError, match="PasswordHistoryPolicyViolationException"):
        change(passwords[0])
    change(passwords[5])
    change(passwords[0])


def test_what_one_test_changes_the_next_does_not_find(cloud: TestCloud) -> None:
    users = cloud.place.client("cognito-idp").list_users(UserPoolId=cloud.environment["CVD_USER_POOL_ID"])["Users"]

    assert sorted(user["Username"] for user in users) == ["adminuser", "driveruser", "manageruser", "vieweruser"]


def test_drawn_passwords_satisfy_the_policy_and_differ() -> None:
    drawn = {new_password() for _ in range(50)}

    assert len(drawn) == 50
    for password in drawn:
        kinds: tuple[Callable[[str], bool], ...] = (str.isupper, str.islower, str.isdigit)
        assert all(any(map(kind, password)) for kind in kinds)


def test_a_child_that_ends_while_starting_is_reported_with_its_last_words(folder: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no luck')"]
    child = processes.start("sample", command, folder=folder, environment={}, log=folder / "log")

    with pytest.raises(processes.CannotRun, match=r"The sample ended while starting\.\nno luck"):
        processes.wait_until(lambda: False, child, seconds=20)


def test_a_silent_child_is_stopped_even_when_it_does_not_want_to(folder: Path) -> None:
    script = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    child = processes.start("sample", [sys.executable, "-c", script], folder=folder, environment={}, log=folder / "log")
    processes.wait_until(lambda: child.last_words() != "", child, seconds=20)

    child.stop()

    assert child.has_ended()


def test_leftovers_ends_only_what_is_ours(folder: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    try:
        leftovers = processes.Leftovers(folder)
        leftovers.remember([processes.Child("stranger", stranger, None)])

        leftovers.end()

        assert stranger.poll() is None
        assert not (folder / "processes.json").exists()
    finally:
        stranger.kill()
        stranger.wait()
