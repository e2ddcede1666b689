"""The addresses of what a phone keeps and of its home screen; read with `access_table`."""

PAGES = """
portal:worker                              vrugslob  200 405
portal:manifest                            vrugslob  200 405
portal:manifest missing                    vrugslob  404 405
portal:away                                vrugslob  200 405
portal:offline                              rugslob  200 405
portal:end_hint                             rugslob  405 302
"""
