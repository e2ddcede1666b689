"""The rows of Happy Square for the table of `access_table.py`."""

PAGES = """
happy_square:directory                     vrugslob  200 405
happy_square:group                         vrugslob  200 405
happy_square:group missing                 vrugslob  404 405
"""
