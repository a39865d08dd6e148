from portal.demo.measures import administration, business, citizens, education, infrastructure, town_life
from portal.demo.spec import Planned

MEASURES: tuple[Planned, ...] = (
    *citizens.MEASURES,
    *administration.MEASURES,
    *infrastructure.MEASURES,
    *education.MEASURES,
    *business.MEASURES,
    *town_life.MEASURES,
)
