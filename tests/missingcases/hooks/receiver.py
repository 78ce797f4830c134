"""Another force's system, as a process of its own: keeps what it is told and answers what a file says.

`python receiver.py FOLDER`: writes its port to FOLDER/port and a line of JSON for each call to
FOLDER/got; FOLDER/status holds the status to answer with (200 where there is none).
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        line = json.dumps({"headers": dict(self.headers), "body": body})
        with (FOLDER / "got").open("a") as kept:
            kept.write(line + "\n")
        status = FOLDER / "status"
        self.send_response(int(status.read_text()) if status.exists() else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
(FOLDER / "port.new").write_text(str(server.server_address[1]))
(FOLDER / "port.new").rename(FOLDER / "port")
server.serve_forever()
