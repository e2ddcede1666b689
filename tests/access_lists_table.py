"""The rows of `access_table` about lists in and out."""

PAGES = """
people:imports                                 sl b  200 405
people:imports                                   o   403 405
people:import_new                              sl b  200 200
people:import_new                                o   403 403
people:import_job                              s     200 405
people:import_job                               l b  404 405
people:import_job                                o   403 405
people:import_job missing                      sl b  404 405
people:import_job missing                        o   403 405
people:import_confirm                          s     405 302
people:import_confirm                           l b  405 404
people:import_confirm                            o   405 403
people:import_confirm missing                  sl b  405 404
people:import_confirm missing                    o   405 403
people:import_discard                          s     405 302
people:import_discard                           l b  405 404
people:import_discard                            o   405 403
people:import_discard missing                  sl b  405 404
people:import_discard missing                    o   405 403
people:import_template                         s     200 405
people:import_template                          l b  404 405
people:import_template                           o   403 405
people:import_template missing                 sl b  404 405
people:import_template missing                   o   403 405
people:export                                  s     200 405
people:export                                   l b  404 405
people:export                                    o   403 405
people:export missing                          sl b  404 405
people:export missing                            o   403 405
"""
