"""The models of the admin site for the table of `access_table.py`."""

# Model · who may change it · who else may look at it · what it lacks, or has besides. Rows that
# are "narrowed" belong to a programme, others' answer 404; "by-programme", too, and leads of others
# open the list, which is empty for them. Every list goes out, to whoever sees it or as said.
MODELS = """
venues_venue           s     lob   import=s
venues_specialday      s     .     import=s
venues_booking         .     slb   by-programme
venues_roomrequest     .     slb   by-programme
venues_displacement    .     slb   by-programme
activities_remindertime    s     .   narrowed
activities_signup          .     slb   by-programme
activities_attendance      .     slb   by-programme   import=slob
activities_attendanceundone .    slb   by-programme
activities_excusedabsence  .     slb   by-programme
volunteering_certificate     .     s
office_document            .     sob   by-programme
office_version             .     sob   by-programme
publicity_post             .     slb   by-programme
publicity_picture          .     slb   by-programme
publicity_outwardrecord    .     slb   by-programme
residents_school_lecture   .     slb   by-programme   import=slb export=slb
residents_school_lectureseries . slb   narrowed
residents_school_survey    .     slb   narrowed
residents_school_wish      .     slb   narrowed
residents_school_invitation .    slb   by-programme
happy_square_groupkind     sob   .     narrowed
happy_square_group         .     sob   by-programme   import=sob export=sob
happy_square_leadership    .     sob   narrowed
happy_square_membership    .     sob   narrowed   import=sob export=sob
happy_square_meetup        .     sob   narrowed   import=sob export=sob
happy_square_festival      .     sob   by-programme
happy_square_visit         .     sob   narrowed
happy_square_finding       .     sob   narrowed
edu_base_college           sb    .     narrowed
edu_base_schemeyear        sb    .     narrowed
edu_base_intake            sb    .     narrowed
edu_base_application       .     sb    narrowed
edu_base_enterprise        .     sb    narrowed   import=sb export=sb
edu_base_allotment         .     sb    narrowed
edu_base_nomination        .     sb    narrowed   import=sb export=sb
edu_base_grantfund         .     sb    narrowed
edu_base_award             .     sb    narrowed   import=sb export=sb
edu_base_campaignevent     .     sb    narrowed
edu_base_milestone         .     sb    narrowed
edu_base_enterpriseoffer   .     sb    narrowed
decisions_request          .     sb    narrowed   changelist=slob export=slob
decisions_deputy           .     b
programmes_programme       b     sl    no-add no-delete by-programme
notices_notice             .     sb
notices_attempt            .     sb
notices_approvedtemplate   sb    .     import=sb
notices_reached            .     sb
people_organisation        s     lob   import=s
people_household           s     .
people_resident            s     .     import=s
people_guardianship        s     .
people_topicarea           slob  .
people_consenttext         b     s     no-delete   narrowed
people_consent             .     sb   narrowed
people_childaccess           .     b
people_clearance           sb    .     no-delete
programmes_ruleversion     .     sb    narrowed
after_school_daytopic      sb    .     no-delete   narrowed
people_topic               slob  .     import=slob
people_volunteer           s     lob   import=s export=s
accounts_user              b     .
accounts_rolechange        .     b
accounts_privacynotice     b     .
"""
