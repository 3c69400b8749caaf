"""How both ways to a mail server are secured, and how long we wait for it."""

import ssl

from socialwatch.channels.mail.keys import Server
from socialwatch.errors import Misconfigured

WAIT = 25.0  # seconds for one answer; below the 60 in which a reply must have its outcome


def context(server: Server) -> ssl.SSLContext:
    """Certificates are always checked, against the operator's own list where one is given. Raises Misconfigured."""
    try:
        return ssl.create_default_context(cafile=server.certificates or None)
    except (OSError, ssl.SSLError):
        problem = Misconfigured("certificates van kanaal mail is geen leesbaar bestand met certificaten")
    raise problem
