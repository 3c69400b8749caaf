"""The credentials this playground accepts. They open nothing else in the world."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Consumer:
    """The four parts of OAuth 1.0a: the app's key and secret, the account's token and secret."""

    key: str = "playground-consumer"
    secret: str = "playground-consumer-secret"
    token: str = "playground-access"
    token_secret: str = "playground-access-secret"


@dataclass(frozen=True, slots=True)
class Keys:
    """What each platform asks for. Without `facebook_secret` no appsecret_proof is wanted."""

    x_token: str = "playground-app-token"
    x_user_token: str = "playground-user-token"
    x_consumer: Consumer = field(default_factory=Consumer)
    facebook_token: str = "playground-page-token"
    facebook_secret: str | None = None
