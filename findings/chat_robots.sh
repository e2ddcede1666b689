#!/bin/sh
# A library that sends to group chats counts a robot's refusal as sent; found while choosing how to call robots.
#
# Version: apprise 2.2.0.
# 1. The robots of DingTalk, WeCom and Feishu answer a refusal (a keyword is missing, the key is wrong, too fast) with HTTP 200
#    and a code in the body. Its plugins look at the status alone: notify() is True, and nothing was said in the chat.
# 2. WeCom's text may hold 2,048 bytes. The plugin cuts at 2,048 characters, three bytes each in Chinese: an overlong text is
#    refused over there, and counts as sent here.
# 3. With its log at WARNING, as it is by default, neither leaves a line.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
dingtalk, keyword missing: notify() True
wecombot, key unknown: notify() True
feishu, signature wrong: notify() True
wecombot, 2,000 characters: 6000 bytes handed over at once, notify() True
lines logged: 0
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check apprise==2.2.0
cat > find.py <<'PY'
import json, logging, threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import apprise
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

answer, bodies, lines = {}, [], []

class Robot(BaseHTTPRequestHandler):
    def do_POST(self):
        bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        said = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass

class Lines(logging.Handler):
    def emit(self, record):
        lines.append(record)

server = HTTPServer(("127.0.0.1", 0), Robot)
threading.Thread(target=server.serve_forever, daemon=True).start()
logging.getLogger("apprise").addHandler(Lines(logging.WARNING))
for plugin in (NotifyDingTalk, NotifyWeComBot, NotifyFeishu):
    plugin.notify_url = f"http://127.0.0.1:{server.server_port}/?{{token}}{{key}}".replace(
        "{token}" if plugin is NotifyWeComBot else "{key}", "")

def told(url, body, said):
    answer.clear()
    answer.update(said)
    return apprise.Apprise.instantiate(url).notify(body=body)

SAID = [
    ("dingtalk", "keyword missing", "dingtalk://abcdef0123456789", {"errcode": 310000, "errmsg": "keywords not in content"}),
    ("wecombot", "key unknown", "wecombot://botkey", {"errcode": 93000, "errmsg": "invalid webhook url"}),
    ("feishu", "signature wrong", "feishu://abcdef0123456789", {"code": 19021, "msg": "sign match fail"}),
]
for name, what, url, said in SAID:
    print(f"{name}, {what}: notify()", told(url, "x", said))
bodies.clear()
is_sent = told("wecombot://botkey", "叠" * 2000, {"errcode": 40058, "errmsg": "text.content exceed max length 2048"})
texts = [one[one["msgtype"]]["content"] for one in bodies]
print(f"wecombot, 2,000 characters: {len(texts[0].encode())} bytes handed over at once, notify()", is_sent)
print("lines logged:", len(lines))
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
