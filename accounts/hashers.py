"""Password hashes that 800 people can afford in the last hour before a deadline."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class DeadlineArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id at 19 MiB, two passes, one lane: the OWASP minimum set that costs least.

    Django's default takes 100 MiB and eight lanes for one sign-in, which fills a small server
    when everybody signs in at once.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
