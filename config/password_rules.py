"""What must a password be?  The two standards disagree, so the city chooses (AUTH_PROFILE).

MLPS level 3 (GB/T 22239-2019, 8.1.4.1 a) wants complexity, change and a history; ASVS 5.0 (6.2.5,
6.2.10) forbids the first two.
"""

from typing import Any

_OURS = "officers.passwords"
_COMMON: list[dict[str, Any]] = [
    {
        "NAME": f"{_OURS}.UnlikeTheName",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": f"{_OURS}.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_OURS}.Uncommon"},
]
PASSWORD_RULES: dict[str, list[dict[str, Any]]] = {
    "mlps3": [
        *_COMMON,
        {"NAME": f"{_OURS}.MixedCharacters", "OPTIONS": {"classes": 3}},
        {"NAME": f"{_OURS}.NotUsedBefore", "OPTIONS": {"last": 5}},
    ],
    "asvs": [*_COMMON, {"NAME": f"{_OURS}.NotUsedBefore", "OPTIONS": {"last": 1}}],
}
