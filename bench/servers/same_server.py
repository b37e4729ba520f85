"""The bare view under the site's own server and front."""

from bench.servers.bare import wsgi
from common.http.front import Front

application = Front(wsgi, threads=4)
