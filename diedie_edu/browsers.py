"""What browsers let our pages load, and ask a device for: settings."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}
# The door's page reads tickets by the camera; nothing else of a device is asked for, by anybody.
NO_PART_OF_A_DEVICE = [
    *("accelerometer", "display-capture", "geolocation", "gyroscope", "magnetometer", "midi"),
    *("microphone", "payment", "publickey-credentials-get", "usb", "xr-spatial-tracking"),
]
PERMISSIONS_POLICY = {"camera": ["self"]} | {name: [] for name in NO_PART_OF_A_DEVICE}
