"""How a change to a register is refused: every value that is wrong, and how to mend it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Wrong:
    """One value that is refused, at the field as the API and the form name it."""

    pointer: str
    code: str
    message: str
    rule: str = ""


class RegisterRefused(Exception):
    """The register cannot hold this; `problems` names every value that is wrong."""

    code = "register_refused"

    def __init__(self, problems: list[Wrong]) -> None:
        super().__init__(_("The register cannot hold this."))
        self.problems = problems

    @classmethod
    def at(cls, name: str, code: str, message: str) -> "RegisterRefused":
        """The refusal of the one field `name`; without a name, of the whole."""
        return cls([Wrong(f"/{name}" if name else "", code, message)])

    @classmethod
    def of(cls, error: ValidationError) -> "RegisterRefused":
        """What a model's own validation found, field by field."""
        held = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        return cls(
            [
                Wrong(
                    f"/{name}" if name not in ("", "__all__") else "", one.code or "invalid", said
                )
                for name, found in held.items()
                for one in found
                for said in one.messages
            ]
        )
