"""Files that people upload: told by what is in them, never by their name, and kept only in a few kinds."""

from ground.uploads.checking import MAX_BYTES, CheckedFile, checked
from ground.uploads.kinds import SUFFIXES, Kind, kind_of
from ground.uploads.persons import persons_named
from ground.uploads.refusing import FileRefused

__all__ = ["MAX_BYTES", "SUFFIXES", "CheckedFile", "FileRefused", "Kind", "checked", "kind_of", "persons_named"]
