"""URLs of the feeds."""

from django.urls import path

from api.feeds import views
from common.urls import FEED_FORM, TAG_SLUG

urlpatterns = [
    path(f"warnings.<{FEED_FORM}:form>", views.all_warnings, name="feed"),
    path(f"tools/<slug:slug>.<{FEED_FORM}:form>", views.about_tool, name="feed_tool"),
    path(f"tags/<{TAG_SLUG}:slug>.<{FEED_FORM}:form>", views.about_tag, name="feed_tag"),
    path(f"marketplaces/<slug:slug>.<{FEED_FORM}:form>", views.about_marketplace, name="feed_marketplace"),
]
