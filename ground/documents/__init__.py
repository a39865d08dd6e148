"""Makes files that leave the portal. Nothing else knows WeasyPrint."""

from ground.documents.assets import Asset, FontsMissing, fonts
from ground.documents.pdf import AssetRefused, Pdf, to_pdf

__all__ = ["Asset", "AssetRefused", "FontsMissing", "Pdf", "fonts", "to_pdf"]
