#!/bin/sh
# How the libraries of two text message providers say, in passing, what must not be said; found while
# calling them.
#
# Versions: alibabacloud-dysmsapi20170525 4.6.0 (darabonba-core 1.0.9, alibabacloud-tea 0.4.3),
# tencentcloud-sdk-python-sms 3.1.153 (common 3.1.195), requests 2.34.2.
# 1. Importing Alibaba's puts handlers of its own on the loggers darabonba-core and alibabacloud-tea,
#    at level DEBUG. With DEBUG=sdk in the environment, as a program of any kind may have it, each
#    call writes its whole address with phone and variables to standard error, whatever the program
#    set up. Way out: clear their handlers after importing.
# 2. Its time for reading is for each piece anew: a server that gives a byte every 0.2 s is waited for
#    as long as it goes on, although 0.5 s were set. Tencent's likewise.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
handlers after importing: darabonba-core 1, alibabacloud-tea 1
phone on standard error with DEBUG=sdk: True
alibaba, 0.5 s set, answered after more than 1.5 s: True
tencent, 1 s set, answered after more than 1.5 s: True
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check alibabacloud-dysmsapi20170525==4.6.0 darabonba-core==1.0.9 \
  alibabacloud-tea==0.4.3 tencentcloud-sdk-python-sms==3.1.153 tencentcloud-sdk-python-common==3.1.195 requests==2.34.2
cat > find.py <<'PY'
import contextlib, io, logging, os, socket, sys, threading, time

os.environ["DEBUG"] = "sdk"
said = sys.stderr = io.StringIO()
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models as tencent
from tencentcloud.sms.v20210111.sms_client import SmsClient

counted = [f"{name} {len(logging.getLogger(name).handlers)}" for name in ("darabonba-core", "alibabacloud-tea")]
print("handlers after importing:", ", ".join(counted))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"

def serve(server, pause):
    while True:
        caller, _ = server.accept()
        with caller:
            caller.recv(9000)
            caller.sendall(HEAD)
            for byte in b'{"Code":"OK"}':
                time.sleep(pause)
                with contextlib.suppress(OSError):
                    caller.sendall(bytes([byte]))

def at(pause):
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(server, pause), daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"

def alibaba(host):
    client = Client(Config(access_key_id="a", access_key_secret="b", endpoint=host, protocol="http"))
    request = models.SendSmsRequest(phone_numbers="13800138000", sign_name="x", template_code="y", out_id="z")
    client.send_sms_with_options(request, RuntimeOptions(read_timeout=500, connect_timeout=500))

def by_tencent(host):
    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=host, reqTimeout=1))
    request = tencent.SendSmsRequest()
    request.PhoneNumberSet = ["+8613800138000"]
    with contextlib.suppress(Exception):
        SmsClient(Credential("a", "b"), "ap-guangzhou", profile).SendSms(request)

alibaba(at(0))
print("phone on standard error with DEBUG=sdk:", "13800138000" in said.getvalue())
for name, limit, call in (("alibaba", "0.5 s", alibaba), ("tencent", "1 s", by_tencent)):
    began = time.monotonic()
    call(at(0.2))
    print(f"{name}, {limit} set, answered after more than 1.5 s: {time.monotonic() - began > 1.5}")
PY
venv/bin/python find.py > SEEN
diff EXPECTED SEEN && cat SEEN
