"""Steps of a row over HTTP: one address each, the answer shows the row as it then is."""

from django.utils import timezone
from rest_framework import status


class Stepping:
    """Taking steps, for the view set that shows the rows."""

    def done(self, verb, kind):
        """The row of the address after `verb`, which is told what a body of `kind` says."""
        held = self.get_object()
        body = kind(data=self.request.data)
        body.is_valid(raise_exception=True)
        told = {"by": self.request.authority, "at": timezone.now(), **body.validated_data}
        return self.shown(verb(held, **told))

    def shown(self, row, code=status.HTTP_200_OK):
        """The answer that shows `row` read anew, with its version."""
        return self.tagged(self.rows().get(pk=row.pk), code)
