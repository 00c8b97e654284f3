"""What the verbs on a recorded result are told in the body of their requests."""

from rest_framework import serializers

from agencies.api.body import Day, Text, WholeNumber, YesNo
from filings import actions
from filings.api.bodies import NothingBody, RecordBody, found_out, unknown
from filings.models import Result, Transfer


class DeliverBody(NothingBody):
    """How the subject was told its result, and to whom."""

    channel = serializers.ChoiceField(choices=Result.Channel.choices)
    receiver = Text(max_length=60)
    note = Text(max_length=300, lines=True, required=False, allow_blank=True)
    witness = Text(max_length=60, required=False, allow_blank=True)
    recording = Text(max_length=120, required=False, allow_blank=True)

    def told(self, filing):
        return {"delivery": actions.Delivery(**self.validated_data)}


class PublishBody(NothingBody):
    """Nothing, or why the result is withheld from the public."""

    withheld = Text(max_length=300, lines=True, required=False, allow_blank=True)


class CorrectBody(RecordBody):
    """The whole result as it should have been recorded, and why."""

    reason = Text(max_length=300, lines=True)

    def told(self, filing):
        said = dict(self.validated_data)
        return {"reason": said.pop("reason"), "outcome": found_out(filing, said)}


class AcrossBody(NothingBody):
    """Which office of the other region took the filing, and when."""

    office = Text(max_length=200)
    on = Day()


class TransferBody(NothingBody):
    receiver = Text(max_length=200)
    matter = Text(max_length=2000)


class AcknowledgeBody(NothingBody):
    """Which transfer was received, by its id, and who signed for it."""

    transfer = WholeNumber(min_value=1)
    received_by = Text(max_length=60)

    def told(self, filing):
        said = dict(self.validated_data)
        pk = said.pop("transfer")
        sent = Transfer.objects.filter(result__filing=filing, pk=pk).first() if pk < 2**63 else None
        if sent is None:
            raise serializers.ValidationError({"transfer": unknown(pk).detail})
        return said | {"sent": sent}


class ReportBody(NothingBody):
    report = Text(max_length=2000)


class RecheckBody(NothingBody):
    """Whether the rectification passed; a new day to rectify by when it did not."""

    passed = YesNo()
    note = Text(max_length=2000, required=False, allow_blank=True)
    rectify_by = Day(required=False, allow_null=True)
