"""What is left of an API client's plan of requests, as its answers tell it."""

from chalicelib.kit.values import value


@value
class Budget:
    """One window of a plan: how many requests it allows, how many were made, when it begins anew."""

    limit: int
    used: int
    window_seconds: int
    reset_seconds: int
    policy: str
    """All windows of the plan, as `60;w=60, 10000;w=86400`."""

    @property
    def is_over(self) -> bool:
        """Whether the last request was one too many."""
        return self.used > self.limit

    @property
    def remaining(self) -> int:
        """How many requests the window still allows."""
        return max(0, self.limit - self.used)

    @property
    def headers(self) -> dict[str, str]:
        """The window as headers."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_seconds),
            "RateLimit-Policy": self.policy,
        }
