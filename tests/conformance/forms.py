"""The forms of a page as a browser would send them: as they stand, emptied, or with words of one's own."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TICKED = {"checkbox", "radio"}
SENT_ALONG = {"hidden", "submit"}
"""What one does not see, and the button one presses."""


@dataclass
class Field:
    name: str
    kind: str
    values: list[str]


@dataclass
class Form:
    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self):
        return tuple(one.name for one in self.fields)

    def sent(self, write=lambda one: one.values):
        """The data, after `write` has had its say about the fields that one can see."""
        data = {}
        for one in self.fields:
            data.setdefault(one.name, []).extend(one.values if one.kind in SENT_ALONG else write(one))
        return data

    def emptied(self):
        return self.sent(lambda one: [])

    def written(self, words, day):
        return self.sent(lambda one: {"textarea": [words], "date": [day]}.get(one.kind, one.values))


class Forms(HTMLParser):
    """Of a form's buttons the first is pressed; fields that stand outside of their form are not followed."""

    def __init__(self):
        super().__init__()
        self.found, self.form, self.open = [], None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.form = Form(given.get("action") or "")
            if given.get("method", "").lower() == "post":
                self.found.append(self.form)
        elif tag == "option" and self.open:
            if "selected" in given or not self.open.values:
                self.open.values = [given.get("value") or ""]
        elif self.form and given.get("name") and tag in ("input", "select", "textarea", "button"):
            self.add(tag, given)

    def add(self, tag, given):
        kind = {"input": given.get("type", "text"), "button": "submit"}.get(tag, tag)
        if kind == "submit" and any(one.kind == "submit" for one in self.form.fields):
            return
        stands = tag in ("input", "button") and kind != "file" and (kind not in TICKED or "checked" in given)
        value = given.get("value") or ("on" if kind in TICKED else "")
        one = Field(given["name"], kind, [value] if stands else [])
        self.form.fields.append(one)
        self.open = one if tag in ("select", "textarea") else None

    def handle_data(self, data):
        if self.open and self.open.kind == "textarea":
            self.open.values = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag in ("select", "textarea"):
            self.open = None


def forms_of(html):
    """Those that are sent by POST."""
    parser = Forms()
    parser.feed(html)
    return parser.found
