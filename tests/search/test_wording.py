"""A sentence of the search that carries a rule: what is not in the directory is not called safe."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_what_is_not_in_the_directory_is_not_called_safe(visitor: Client) -> None:
    said = "That says nothing about it: most programs are not listed."
    assert said in visitor.get("/search/", {"q": "qwxzv"}).content.decode()
