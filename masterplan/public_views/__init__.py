from masterplan.public_views.attachments import attachment
from masterplan.public_views.measures import measure, measures, timeline_page, trend_page
from masterplan.public_views.strategy import field, strategy

__all__ = ["attachment", "field", "measure", "measures", "strategy", "timeline_page", "trend_page"]
