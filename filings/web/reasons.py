"""Where a rule asks for a reason, the field in which the officer gives it."""

from django import forms

from filings.actions import give_reason
from filings.models import Severity
from filings.web.fields import words


class ReasonFields(forms.Form):
    """One field for each rule that stops the filing unless a reason is typed."""

    def __init__(self, data=None, *, filing, found):
        given = dict(filing.reasons.values_list("code", "text"))
        super().__init__(data, prefix="reason", initial=given)
        for problem in found:
            if problem.severity == Severity.REASON and problem.code not in self.fields:
                self.fields[problem.code] = words(
                    problem.message, 500, rows=2, help_text=problem.rule
                )

    def give(self, filing, *, by, at):
        """Put down every reason that is new."""
        for code in self.changed_data:
            text = self.cleaned_data[code]
            if text:
                give_reason(filing, code, text, by=by, at=at)
