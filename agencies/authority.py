"""The refusal that every app may give: this person may not do this."""


class NotAuthorised(Exception):
    """The caller's appointments do not include what the verb needs."""

    code = "not_authorised"
