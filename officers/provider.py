"""A city's own identity provider: OpenID Connect by Authlib, off unless OIDC_ISSUER is set.

The provider says who somebody is and never what the person may do: an account is matched to its
subject by a security administrator, none is made, and appointments stay ours.
"""

from functools import lru_cache
from typing import Any

from authlib.integrations.django_client import OAuth
from django.conf import settings

NAME = "provider"


def is_on() -> bool:
    """Whether one may sign in at a provider."""
    return bool(settings.OIDC_ISSUER)


def client() -> Any:
    """The provider as Authlib speaks to it: code flow with PKCE, state and nonce."""
    return _made(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)


@lru_cache(maxsize=4)
def _made(issuer: str, identifier: str, secret: str) -> Any:
    oauth = OAuth()
    oauth.register(
        NAME,
        client_id=identifier,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "timeout": 5},
    )
    return oauth.create_client(NAME)
