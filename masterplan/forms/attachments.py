"""Forms of what is attached to a measure."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from accounts.persons import INTERNAL, PUBLISHED, ask_about_persons
from ground.formats import listed
from ground.forms import VersionField, demand_later
from ground.uploads import MAX_BYTES, SUFFIXES, CheckedFile, FileRefused, checked, kind_of, persons_named
from masterplan.forms.said import NOT_PUBLIC
from masterplan.models import Attachment, AttachmentKind

MOST_FILES = 5
NAMES_KEPT = "names_kept"
CHOOSE_AGAIN = "Wählen Sie die Dateien noch einmal aus; Ihre übrigen Angaben stehen noch da."


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """One or more files, each checked by what is in it."""

    widget = FilesInput(attrs={"accept": ",".join(f".{suffix}" for suffix in SUFFIXES)})
    default_error_messages = {"required": "Wählen Sie eine Datei aus."}

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        sent: Sequence[UploadedFile] = [one for one in data or () if one]
        if not sent:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(f"Das sind {len(sent)} Dateien, höchstens {MOST_FILES} gehen auf einmal.")
        found: list[CheckedFile] = []
        refused: list[str] = []
        for file in sent:
            try:
                found.append(checked(file.name or "", file.read(MAX_BYTES + 1) if file.size else b""))
            except FileRefused as said:
                refused.append(str(said))
        if refused:
            raise forms.ValidationError([*refused, CHOOSE_AGAIN])
        return found


class _AddForm(forms.Form):
    """What is added is internal, unless one who may publish ticks otherwise."""

    public = forms.BooleanField(
        label="Öffentlich: auf der Seite der Maßnahme zeigen, solange sie veröffentlicht ist", required=False
    )

    def __init__(self, data: Any = None, files: Any = None, *, may_publish: bool) -> None:
        super().__init__(data, files)
        if not may_publish:
            del self.fields["public"]

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "title", fate=PUBLISHED if self.cleaned_data.get("public") else INTERNAL)
        return self.cleaned_data


class FilesForm(_AddForm):
    uploads = FilesField(
        label="Dateien",
        help_text=(
            f"Höchstens {MAX_BYTES // 1_000_000} MB je Datei und {MOST_FILES} auf einmal: PDF, Bilder (PNG, "
            "JPEG, WebP), Word, Excel, PowerPoint, OpenDocument, CSV oder Text; ohne Makros und Passwort. Aus Bildern "
            "werden Ort und Kamera entfernt, große werden verkleinert."
        ),
    )
    title = forms.CharField(
        label="Titel",
        max_length=120,
        required=False,
        help_text="Nur für eine einzelne Datei. Ohne Titel steht da der Name der Datei.",
    )
    field_order = ("uploads", "title", "public")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("title") and len(self.cleaned_data.get("uploads", ())) > 1:
            self.add_error(
                "title", "Ein Titel passt nur zu einer Datei. Lassen Sie das Feld leer, oder wählen Sie eine Datei."
            )
        return super().clean()

    def titled(self) -> list[tuple[str, CheckedFile]]:
        title = self.cleaned_data["title"]
        return [(title or _spoken(file.name), file) for file in self.cleaned_data["uploads"]]

    def persons(self) -> dict[str, list[str]]:
        """By file the names that its properties give away."""
        found = {file.name: persons_named(file.kind, file.content) for file in self.cleaned_data["uploads"]}
        return {name: persons for name, persons in found.items() if persons}


def _spoken(name: str) -> str:
    return " ".join(name.rpartition(".")[0].replace("_", " ").split()) or name


def _address(help_text: str = "") -> forms.URLField:
    field = forms.URLField(
        label="Adresse",
        max_length=500,
        assume_scheme="https",
        help_text=help_text,
        error_messages={"invalid": "Bitte geben Sie eine Adresse an, die mit https:// oder http:// beginnt."},
    )
    field.validators = [
        URLValidator(schemes=["https", "http"], message=field.error_messages["invalid"]),
        *(one for one in field.validators if not isinstance(one, URLValidator)),
    ]
    return field


def _without_password(url: str) -> str:
    if "@" in urlsplit(url).netloc:
        raise forms.ValidationError("Lassen Sie Benutzername und Passwort in der Adresse weg.")
    return url


class LinkForm(_AddForm):
    url = _address("Wohin der Link führt, zum Beispiel https://www.stadt.example/bericht.")
    title = forms.CharField(label="Titel", max_length=120, help_text="Was man dort findet.")
    field_order = ("url", "title", "public")

    def clean_url(self) -> str:
        return _without_password(self.cleaned_data["url"])


class AttachmentForm(forms.Form):
    """Title, address and who sees it, of what is there already."""

    version = VersionField()
    title = forms.CharField(label="Titel", max_length=120)
    url = _address()
    public = forms.BooleanField(
        label="Öffentlich: auf der Seite der Maßnahme zeigen, solange sie veröffentlicht ist", required=False
    )
    reason = forms.CharField(
        label="Grund",
        max_length=400,
        required=False,
        help_text=f"Nötig, wenn es nicht mehr öffentlich sein soll. {NOT_PUBLIC}",
    )

    def __init__(self, data: Any = None, *, attachment: Attachment) -> None:
        names = ("version", "title", "url", "public")
        super().__init__(data, initial={name: getattr(attachment, name) for name in names})
        self.attachment = attachment
        if attachment.kind == AttachmentKind.FILE:
            del self.fields["url"]
        if not attachment.public:
            del self.fields["reason"]
        demand_later(self, "reason")

    def clean_url(self) -> str:
        return _without_password(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        public = bool(self.cleaned_data.get("public"))
        ask_about_persons(self, "title", fate=PUBLISHED if public else INTERNAL)
        ask_about_persons(self, "reason", fate=INTERNAL)
        if public and not self.attachment.public:
            self._ask_about_properties()
        return self.cleaned_data

    def _ask_about_properties(self) -> None:
        """Once, before a file that gives its authors away becomes public."""
        document = self.attachment.document
        persons = persons_named(kind_of(document.media_type), bytes(document.content)) if document else []
        if persons:
            self.fields[NAMES_KEPT] = forms.BooleanField(label="Die Datei trotzdem so veröffentlichen", required=False)
            if not self.data.get(NAMES_KEPT):
                self.add_error("public", properties_name(persons))


def properties_name(persons: Sequence[str]) -> str:
    names = listed([f"„{name}“" for name in persons])
    return (
        f"In den Eigenschaften der Datei {'steht' if len(persons) == 1 else 'stehen'} {names}. Ist das eine Person, "
        "entfernen Sie den Namen in der Datei und laden Sie sie neu hoch, oder bestätigen Sie beim Veröffentlichen "
        "„Die Datei trotzdem so veröffentlichen“."
    )
