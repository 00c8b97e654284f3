"""An answer that is kept as a file; pages and API give the same one."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from reports.exports import FORMATS


def attached(content: Any, kind: str, words: str, *, stream: bool = False) -> Any:
    """A file of this kind, called by the words."""
    answer = (StreamingHttpResponse if stream else HttpResponse)(
        content, content_type=FORMATS[kind].media
    )
    answer["Content-Disposition"] = f'attachment; filename="{words}.{kind}"'
    return answer
