"""Mail servers of our own on this machine, with just the commands that the portal's clients say.

What the SMTP server makes of a mail depends on whom it is for: `unbekannt@`, `spaeter@`, `abbruch@`,
`stille@`, anyone else.
"""

import contextlib
import re
import socketserver
import threading


class Speaker(socketserver.StreamRequestHandler):
    def say(self, *lines):
        for line in lines:
            self.wfile.write(line if isinstance(line, bytes) else f"{line}\r\n".encode())

    def heard(self):
        return iter(self.rfile.readline, b"")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    @property
    def port(self):
        return self.server_address[1]


class SmtpSpeaker(Speaker):
    ANSWERS = {
        "unbekannt": "550 5.1.1 <unbekannt@stadt.example>: Recipient address rejected",
        "spaeter": "451 4.7.1 Greylisting in action, please come back later",
    }

    def handle(self):
        self.say("220 loopback")
        recipient = ""
        for line in self.heard():
            command = line.decode().strip()
            if command.upper().startswith("RCPT TO:"):
                recipient = re.search(r"<(.+)>", command)[1]
                self.say(self.ANSWERS.get(recipient.partition("@")[0], "250 ok"))
            elif command.upper() == "DATA":
                self.say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                if recipient.startswith("abbruch@"):
                    return None
                if recipient.startswith("stille@"):
                    return self.rfile.read()  # says nothing until the other side is gone
                self.server.letters.append((recipient, letter))
                self.say("250 queued")
            elif command.upper() == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")


class ImapSpeaker(Speaker):
    """One mailbox of `server.letters`, each a list of its bytes and whether it was read."""

    def handle(self):
        self.say("* OK loopback")
        for line in self.heard():
            tag, _, command = line.decode().strip().partition(" ")
            if command.startswith("LOGIN") and command != 'LOGIN portal "geheim"':
                self.say(f"{tag} NO wrong password")
                continue
            self.answer(command)
            self.say(f"{tag} OK done")
            if command == "LOGOUT":
                return

    def answer(self, command):
        letters, number = self.server.letters, re.match(r"UID (?:FETCH|STORE) (\d+)", command)
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4REV1")
        elif command.startswith("SELECT"):
            self.say(f"* {len(letters)} EXISTS")
            self.server.folders.append(command.removeprefix("SELECT "))
        elif command == "UID SEARCH UNSEEN":
            unread = [str(uid) for uid, (_, seen) in enumerate(letters, start=1) if not seen]
            self.say(f"* SEARCH {' '.join(unread)}")
        elif command.startswith("UID FETCH"):
            uid, content = int(number[1]), letters[int(number[1]) - 1][0]
            self.say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(content)}}}", content, ")")
        elif command.startswith("UID STORE") and command.endswith(r" +FLAGS.SILENT (\Seen)"):
            letters[int(number[1]) - 1][1] = True


@contextlib.contextmanager
def listening(speaker, **state):
    with Server(("127.0.0.1", 0), speaker) as server:
        vars(server).update(state)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def smtp():
    return listening(SmtpSpeaker, letters=[])


def imap(*letters):
    return listening(ImapSpeaker, letters=[[letter, False] for letter in letters], folders=[])


def mailers(port):
    """The setting for a server on this port of this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
