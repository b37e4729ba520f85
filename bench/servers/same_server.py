"""`python -m bench.servers.same_server PORT`: the bare view under the site's own server, protocol and front."""

import sys
from importlib import import_module

import uvicorn

from bench.servers.bare import application as bare

# The apps can be imported only now.
application = import_module("common.http.front").Front(bare, threads=4)

if __name__ == "__main__":
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http=import_module("common.http.page_protocol").PageProtocol,
        ws="none",
        access_log=False,
        log_level="error",
    )
