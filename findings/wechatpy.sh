#!/bin/sh
# The kept library for WeChat's official accounts, found while weighing it against plain calls.
#
# Versions: wechatpy 1.8.18 (of 2021), requests 2.34.2.
# - A token that WeChat refuses (40001) is fetched anew and the call repeated, without a count: where a
#   new token is refused too, one message asks for hundreds of tokens and ends in RecursionError.
#   WeChat gives 2,000 a day.
# - A page in HTML with HTTP 200, as proxies say, is returned as if it were an answer (a Response).
# - It knows the old interface for tokens alone (cgi-bin/token), where each new one ends the one before.
# Ways out: auto_retry=False; take nothing for sent that is no dict with errcode 0.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
refused for good: RecursionError, more than 100 tokens for one message: True
asked for tokens at: /cgi-bin/token
a page in HTML: returned as Response
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check wechatpy==1.8.18 requests==2.34.2 cryptography
cat > find.py <<'PY'
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer

from wechatpy import WeChatClient

seen, answer = Counter(), {"errcode": 40001, "errmsg": "invalid credential"}


class WeChat(BaseHTTPRequestHandler):
    def say(self, what):
        text = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        seen[self.path.partition("?")[0]] += 1
        self.say({"access_token": "t", "expires_in": 7200})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say(answer)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), WeChat)
threading.Thread(target=server.serve_forever, daemon=True).start()
here = f"http://127.0.0.1:{server.server_port}/"
WeChatClient.API_BASE_URL = f"{here}cgi-bin/"
client = WeChatClient("an id", "a secret")
get = client._http.get
client._http.get = lambda url, **more: get(url.replace("https://api.weixin.qq.com/", here), **more)
message = ("an openid", "a template", {"thing1": {"value": "a title"}})
try:
    client.message.send_template(*message)
except RecursionError:
    ((address, number),) = seen.items()
    print(f"refused for good: RecursionError, more than 100 tokens for one message: {number > 100}")
    print("asked for tokens at:", address)
answer = b"<html>502</html>"
print("a page in HTML: returned as", type(client.message.send_template(*message)).__name__)
PY
venv/bin/python find.py > seen
diff EXPECTED seen && echo "as expected"
