"""Vietnamese dates where Django itself writes or reads them, as in the administration.

Django's own module for Vietnamese names no input formats, so that 1/3/2024 was read the American
way, as 3 January. Day comes before month; pages of our own go by `lib.vietnamese`.
"""

DATE_FORMAT = "d/n/Y"
SHORT_DATE_FORMAT = "d/n/Y"
DATETIME_FORMAT = "H:i d/n/Y"
SHORT_DATETIME_FORMAT = "H:i d/n/Y"

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S"]
