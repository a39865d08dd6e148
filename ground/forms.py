from django.forms.renderers import TemplatesSetting


class KernRenderer(TemplatesSetting):
    """Renders Django's forms in KERN's markup."""
