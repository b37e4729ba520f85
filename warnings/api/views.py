"""The API's OpenAPI document."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from api.endpoints import api


@require_safe
def describe(request: HttpRequest) -> JsonResponse:
    """Return the OpenAPI description of every endpoint."""
    return JsonResponse(api.get_openapi_schema())
