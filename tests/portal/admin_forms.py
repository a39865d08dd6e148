"""Posts the forms under /verwaltung/ as a person does."""

from django.urls import reverse


def save(client, model, pk=None, /, **values):
    """Returns the sentences of the errors that the form shows; none where it was saved."""
    address = reverse(f"admin:{model}_change", args=[pk]) if pk else reverse(f"admin:{model}_add")
    if pk:
        values = {"began": client.get(address).context["adminform"].form["began"].value(), **values}
    response = client.post(address, values)
    if response.status_code == 302:
        return []
    by_field = response.context["adminform"].form.errors.get_json_data()
    return [error["message"] for errors in by_field.values() for error in errors]
