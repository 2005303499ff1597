"""What stands in the demo as it is seen from one day."""

import datetime

TODAY = datetime.date(2026, 11, 23)
