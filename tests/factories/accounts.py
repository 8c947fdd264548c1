import factory

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A person who may sign in; `set_password` in the test that needs one, it is slow."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"can.bo.{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.vn")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Cán Bộ {n}")
    password = "!"  # no password fits: `client.force_login` needs none
