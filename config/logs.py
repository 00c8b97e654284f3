"""How is a log record written: JSON for machines, a plain line for a terminal?"""

import logging
import re
from typing import Any

import structlog

SECRET = re.compile(r"/(c)/[^\s/?#\"'<>]+")


def without_secrets(text: str) -> str:
    """The text without the tokens that addresses of the public door carry."""
    return SECRET.sub(r"/\1/…", text)


def hide_secrets(_logger: Any, _method: str, said: Any) -> Any:
    """Take the tokens of the public door out of everything a record says."""
    return {k: without_secrets(v) if isinstance(v, str) else v for k, v in said.items()}


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(form: str) -> logging.Formatter:
    """The formatter of the standard log; called by the LOGGING setting."""
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if form == "json":
        last += [
            structlog.processors.format_exc_info,
            hide_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        last += [
            structlog.processors.format_exc_info,
            hide_secrets,
            structlog.dev.ConsoleRenderer(colors=False, pad_event_to=24),
        ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_SHARED, processors=last)


def configure() -> None:
    """Send structlog's events through the standard log, so that both have one form."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
