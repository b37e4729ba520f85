"""Evidence in an S3-compatible store: private, under names of ours, and a store that is gone loses no text."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports import evidence_store
from reports.models import Evidence
from tests.services.object_store import ObjectStore, object_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings: Any) -> Iterator[ObjectStore]:
    """A site whose evidence is in a store."""
    with object_store() as running:
        options = {
            "bucket_name": "pictures",
            "endpoint_url": running.url,
            "region_name": "nowhere",
            "access_key": "key",
            "secret_key": "secret",
            "location": "evidence",
        }
        chosen = {"BACKEND": "common.storage.ObjectStorage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"evidence": chosen}
        yield running


def attach(visitor: Client, filled: dict[str, Any], png: bytes) -> Any:
    return visitor.post("/report/", filled | {"act": "attach", "pictures": SimpleUploadedFile("mine.png", png)})


def test_a_picture_goes_there_and_comes_back_through_the_site_only(
    store: ObjectStore, visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    html = attach(visitor, filled, png).content.decode()
    [path] = store.objects
    assert re.fullmatch(r"/pictures/evidence/[0-9a-f]{40}\.png", path)
    row = Evidence.objects.get()
    assert f'src="/evidence/{row.public_id}/"' in html
    assert store.url not in html
    assert visitor.get(f"/evidence/{row.public_id}/").content == store.objects[path]
    assert Client().get(f"/evidence/{row.public_id}/").status_code == 404
    # The store is asked for nothing public, and nothing of the sender's reaches it.
    assert not [headers for _, _, headers in store.asked if "x-amz-acl" in {name.lower() for name in headers}]
    assert "mine.png" not in str(store.asked)
    evidence_store.throw_away([row.stored_name])
    assert store.objects == {}


def test_a_store_that_is_gone_keeps_the_text_and_says_so(
    store: ObjectStore, visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    store.gone = True
    answer = attach(visitor, filled, png)
    html = answer.content.decode()
    assert [problem.code for problem in answer.context["writing"].problems] == ["no-room"]
    assert answer.context["writing"].problems[0] in html
    assert filled["body"] in html
    assert not Evidence.objects.exists()


def test_a_picture_that_is_gone_from_the_store_is_a_missing_page(
    store: ObjectStore, visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    attach(visitor, filled, png)
    store.objects.clear()
    assert visitor.get(f"/evidence/{Evidence.objects.get().public_id}/").status_code == 404
