"""The rows of `access_table` about lists in and out."""

PAGES = """
lists:imports                                 slob  200 405
lists:import_new                              slob  200 200
lists:import_job                              s     200 405
lists:import_job                               lob  404 405
lists:import_job missing                      slob  404 405
lists:import_confirm                          s     405 302
lists:import_confirm                           lob  405 404
lists:import_confirm missing                  slob  405 404
lists:import_discard                          s     405 302
lists:import_discard                           lob  405 404
lists:import_discard missing                  slob  405 404
lists:import_template                         s     200 405
lists:import_template                          lob  404 405
lists:import_template missing                 slob  404 405
lists:export                                  s     200 405
lists:export                                   lob  404 405
lists:export missing                          slob  404 405
lists:export_of                               sl b  200 405
lists:export_of                                 o   404 405
lists:export_of missing                       slob  404 405
"""
