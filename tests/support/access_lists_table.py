"""The rows of `access_table` about lists in and out, long work and stored files."""

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
lists:export                                  s     200 200
lists:export                                   lob  404 404
lists:export missing                          slob  404 404
lists:export_of                               sl b  200 200
lists:export_of                                 o   404 404
lists:export_of missing                       slob  404 404

jobs:job_list                               rugslob  200 405
jobs:job                                    rugslob  200 405
jobs:job stranger                           rugslob  404 405
jobs:job missing                            rugslob  404 405
jobs:job_cancel                             rugslob  405 302
jobs:job_cancel stranger                    rugslob  405 404
jobs:job_cancel missing                     rugslob  405 404
files:file                                vrugslob  200 405
files:file draft                          vrug o    404 405
files:file draft                              sl b  200 405
files:file dropped                        vrug o    404 405
files:file dropped                            sl b  200 405
files:file stranger                       vrugslob  404 405
files:file missing                        vrugslob  404 405
"""
