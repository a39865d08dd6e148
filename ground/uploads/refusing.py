class FileRefused(Exception):
    """The upload is no file that this portal keeps; the message is a German sentence that says what to do."""
