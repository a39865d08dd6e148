from masterplan.public_views.measures import measure, measures, timeline_page
from masterplan.public_views.strategy import field, strategy

__all__ = ["field", "measure", "measures", "strategy", "timeline_page"]
