"""How a code is drawn: an address as a QR picture, for a screen, a notice or a file."""

import io

import segno

QUIET_ZONE = 4


def drawn(address: str) -> segno.QRCode:
    """The QR code of an address, readable with a seventh of it damaged."""
    return segno.make_qr(address, error="m")


def svg(address: str, *, inline: bool = False) -> str:
    """The picture as SVG, with nothing in it that a strict content policy forbids."""
    out = io.BytesIO()
    drawn(address).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        xmldecl=not inline,
        svgns=True,
        svgclass="code-picture",
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue().decode()


def png(address: str) -> bytes:
    """The picture as PNG, ten points a module."""
    out = io.BytesIO()
    drawn(address).save(out, kind="png", border=QUIET_ZONE, scale=10)
    return out.getvalue()
