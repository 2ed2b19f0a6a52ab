"""The user pool: the one place that speaks to Cognito. Never called while a transaction is open.

The pool's username is our username in lower case. It keeps passwords, second factors and tokens; who may do what, and
whether somebody may sign in at all, is the database's.
"""

from typing import Any

from chalicelib.identity.errors import PasswordNotAllowed, PasswordUsedBefore
from chalicelib.identity.rules import as_kept
from chalicelib.kit import aws
from chalicelib.kit.errors import RateLimited, Unavailable
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value

NOBODY = "nobody-by-that-name"
"""Asked for where there is no user, so that both cases take as long; no username holds a hyphen (BR-003)."""

_WRONG = ("NotAuthorizedException", "UserNotFoundException")
_OVERLOADED = ("TooManyRequestsException", "ThrottlingException")
_FAILED_THERE = 500
_SPENT = ("LimitExceededException", "TooManyFailedAttemptsException")
_WRONG_CODE = ("CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException")


class PoolRefused(Exception):
    """The pool turned a call down; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@value
class PoolTokens:
    """The tokens of a sign-in; the refresh token is missing where the old one stays good."""

    access: str
    refresh: str | None
    expires_in: int


@value
class Challenge:
    """The password was right; the pool waits for a code of the authenticator app."""

    session: str


def _ask(operation: str, **given: Any) -> dict[str, Any]:  # Any: boto3 takes and gives JSON of any shape
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import; only sign-in needs it.

    try:
        return dict(getattr(aws.client("cognito-idp"), operation)(**given) or {})
    except ClientError as error:
        code = aws.error_code(error)
        if code in _SPENT:
            raise RateLimited(retry_after_seconds=900) from error
        if code in _OVERLOADED or error.response["ResponseMetadata"]["HTTPStatusCode"] >= _FAILED_THERE:
            raise Unavailable from error
        raise PoolRefused(code) from error
    except BotoCoreError as error:
        raise aws.unreachable(error) from error


def _of_user(username: str) -> dict[str, str]:
    return {"UserPoolId": settings().user_pool_id, "Username": username.lower()}


def _of_client() -> dict[str, str]:
    return {"UserPoolId": settings().user_pool_id, "ClientId": settings().user_pool_client_id}


def _tokens(result: dict[str, Any]) -> PoolTokens:
    return PoolTokens(result["AccessToken"], result.get("RefreshToken"), result["ExpiresIn"])


def check_password(username: str, password: str) -> PoolTokens | Challenge | None:
    """Sign in with a password as it was typed; None when it is wrong, or when the pool does not know or want them."""
    try:
        answer = _ask(
            "admin_initiate_auth",
            **_of_client(),
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username.lower(), "PASSWORD": as_kept(password)},
        )
    except PoolRefused as refused:
        if refused.code in (*_WRONG, "PasswordResetRequiredException", "UserNotConfirmedException"):
            return None
        raise
    if "AuthenticationResult" in answer:
        return _tokens(answer["AuthenticationResult"])
    return Challenge(answer["Session"]) if answer.get("ChallengeName") == "SOFTWARE_TOKEN_MFA" else None


def answer_challenge(username: str, session: str, code: str) -> PoolTokens | None:
    """Finish a sign-in with a code; None when the code is wrong or the sign-in has waited too long."""
    try:
        answer = _ask(
            "admin_respond_to_auth_challenge",
            **_of_client(),
            ChallengeName="SOFTWARE_TOKEN_MFA",
            Session=session,
            ChallengeResponses={"USERNAME": username.lower(), "SOFTWARE_TOKEN_MFA_CODE": code},
        )
    except PoolRefused as refused:
        # The local cloud says ResourceNotFound for a session that it does not know, Cognito says NotAuthorized.
        if refused.code in (*_WRONG, *_WRONG_CODE, "ResourceNotFoundException", "InvalidParameterException"):
            return None
        raise
    return _tokens(answer["AuthenticationResult"])


def refresh(refresh_token: str) -> PoolTokens | None:
    """New tokens of the same family; None when the refresh token is over or was revoked."""
    try:
        answer = _ask(
            "admin_initiate_auth",
            **_of_client(),
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh_token},
        )
    except PoolRefused as refused:
        if refused.code in _WRONG:
            return None
        raise
    return _tokens(answer["AuthenticationResult"])


def ensure_user(username: str, email: str) -> str:
    """The pool's subject of the user, who is made there if need be, without a usable password and without a mail."""
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    try:
        made = _ask("admin_create_user", **_of_user(username), UserAttributes=attributes, MessageAction="SUPPRESS")
        found: list[dict[str, str]] = made["User"]["Attributes"]
    except PoolRefused as refused:
        if refused.code != "UsernameExistsException":
            raise
        found = _ask("admin_get_user", **_of_user(username))["UserAttributes"]
    return next(attribute["Value"] for attribute in found if attribute["Name"] == "sub")


def set_password(username: str, password: str) -> None:
    """Set a password for good. Raises `PasswordNotAllowed` or `PasswordUsedBefore` as the pool's policy says."""
    try:
        _ask("admin_set_user_password", **_of_user(username), Password=as_kept(password), Permanent=True)
    except PoolRefused as refused:
        raise _not_allowed(refused) from refused


def _not_allowed(refused: PoolRefused) -> Exception:
    if refused.code == "PasswordHistoryPolicyViolationException":
        return PasswordUsedBefore(rules=[PasswordUsedBefore.message])
    return PasswordNotAllowed() if refused.code == "InvalidPasswordException" else refused


def set_email(username: str, email: str, *, is_verified: bool) -> None:
    """Tell the pool the user's address; codes to set a new password are mailed to verified ones only."""
    verified = {"Name": "email_verified", "Value": "true" if is_verified else "false"}
    attributes = [{"Name": "email", "Value": email}, verified]
    _ask("admin_update_user_attributes", **_of_user(username), UserAttributes=attributes)


def sign_out_everywhere(username: str) -> None:
    """Make every refresh token of the user void."""
    _ask("admin_user_global_sign_out", **_of_user(username))


def disable(username: str) -> None:
    """Let the pool turn the user away, and their refresh tokens."""
    _ask("admin_disable_user", **_of_user(username))


def enable(username: str) -> None:
    """Let the pool take the user again."""
    _ask("admin_enable_user", **_of_user(username))


def send_reset_code(username: str) -> bool:
    """Mail a code to the user's verified address; False where the pool has no such user or no such address."""
    try:
        _ask("forgot_password", ClientId=settings().user_pool_client_id, Username=username.lower())
    except PoolRefused as refused:
        if refused.code in (*_WRONG, "InvalidParameterException", "CodeDeliveryFailureException"):
            return False
        raise
    return True


def confirm_reset(username: str, code: str, password: str) -> bool:
    """Set a new password by a mailed code; False when the code is wrong or too old."""
    try:
        _ask(
            "confirm_forgot_password",
            ClientId=settings().user_pool_client_id,
            Username=username.lower(),
            ConfirmationCode=code,
            Password=password,
        )
    except PoolRefused as refused:
        # The local cloud says ResourceNotFound for a user whom it does not know.
        if refused.code in (*_WRONG_CODE, *_WRONG, "ResourceNotFoundException"):
            return False
        raise _not_allowed(refused) from refused
    return True


def begin_second_factor(access_token: str) -> str:
    """The secret for the user's authenticator app."""
    return str(_ask("associate_software_token", AccessToken=access_token)["SecretCode"])


def confirm_second_factor(access_token: str, code: str) -> bool:
    """Whether the app shows the right codes; only then may the factor be switched on."""
    try:
        answer = _ask("verify_software_token", AccessToken=access_token, UserCode=code)
    except PoolRefused as refused:
        if refused.code in (*_WRONG_CODE, "InvalidParameterException"):
            return False
        raise
    return answer.get("Status") == "SUCCESS"


def switch_second_factor(username: str, *, on: bool) -> None:
    """Ask for a code at each sign-in from now on, or no more."""
    _ask(
        "admin_set_user_mfa_preference",
        **_of_user(username),
        SoftwareTokenMfaSettings={"Enabled": on, "PreferredMfa": on},
    )
