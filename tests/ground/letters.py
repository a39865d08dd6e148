"""What mail servers of several makes send back, and what only looks like it."""

MAIL_ID = "probe.1@stadt.example"
TO = "unbekannt@stadt.example"

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.stadt.example>
To: portal@stadt.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <bounce-1@mx.stadt.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.stadt.example
Arrival-Date: Sun, 22 Nov 2026 12:00:00 +0100

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--cut
Content-Type: {quoted}

{head}
--cut--
"""
HEAD = f"Message-ID: <{MAIL_ID}>\nFrom: portal@stadt.example\nTo: {TO}\nSubject: Ihr Stand\n"


def report(action="failed", status="5.1.1", diagnostic="550 5.1.1 no such\n    user here", head=HEAD, **more):
    """A notification after RFC 3464."""
    words = {"to": TO, "quoted": "text/rfc822-headers", "head": head, **more}
    return REPORT.format(action=action, status=status, diagnostic=diagnostic, **words).encode()


def letter(body, *headers, sender="MAILER-DAEMON@mx.stadt.example", subject="failure notice"):
    head = [f"From: Mail Delivery System <{sender}>", "To: portal@stadt.example", f"Subject: {subject}", *headers]
    return "\r\n".join([*head, "", *body.splitlines()]).encode()


QMAIL = f"""\
Hi. This is the qmail-send program at mx.stadt.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{TO}>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 mailbox unavailable
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

{HEAD}
Guten Tag.
"""
EXIM = f"""\
A message that you sent could not be delivered to one or more of its recipients.

  {TO}
    host mx.stadt.example [192.0.2.1]: 550 unrouteable address
"""
GERMAN = f"""\
Ihre Nachricht an {TO} konnte nicht zugestellt werden.
Grund: Postfach unbekannt.
"""
DELAY = f"""\
Your message to {TO} has been delayed.
Reason: 451 4.4.1 connection timed out. You need do nothing.
"""
