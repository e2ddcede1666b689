"""The rows of `access_table` about lists in and out."""

PAGES = """
people:imports                                 slob  200 405
people:import_new                              slob  200 200
people:import_job                              s     200 405
people:import_job                               lob  404 405
people:import_job missing                      slob  404 405
people:import_confirm                          s     405 302
people:import_confirm                           lob  405 404
people:import_confirm missing                  slob  405 404
people:import_discard                          s     405 302
people:import_discard                           lob  405 404
people:import_discard missing                  slob  405 404
people:import_template                         s     200 405
people:import_template                          lob  404 405
people:import_template missing                 slob  404 405
people:export                                  s     200 405
people:export                                   lob  404 405
people:export missing                          slob  404 405
people:export_of                               sl b  200 405
people:export_of                                 o   404 405
people:export_of missing                       slob  404 405
"""
