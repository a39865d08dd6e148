"""Makes files that leave the portal. Nothing else knows WeasyPrint."""

from ground.documents.assets import Asset, FontsMissing, fonts
from ground.documents.pdf import AssetRefused, to_pdf

__all__ = ["Asset", "AssetRefused", "FontsMissing", "fonts", "to_pdf"]
