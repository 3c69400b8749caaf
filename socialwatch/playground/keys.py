"""The credentials this playground accepts. They open nothing else in the world."""

from dataclasses import dataclass, field

X_TOKEN = "playground-app-token"
X_USER_TOKEN = "playground-user-token"
FACEBOOK_TOKEN = "playground-page-token"


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

    x_token: str = X_TOKEN
    x_user_token: str = X_USER_TOKEN
    x_consumer: Consumer = field(default_factory=Consumer)
    facebook_token: str = FACEBOOK_TOKEN
    facebook_secret: str | None = None
