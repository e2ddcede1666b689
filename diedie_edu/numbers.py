"""Numbers of the house that staff may want to change: each a setting, from the environment.

`.env.example` and docs/deploy.md name them too; a test compares the three.
"""

from environ import Env as _Env

_env = _Env()

# Codes that a phone is sent within 24 hours, and how many of those at the wish of browsers that
# its account has not signed in with; codes that an account asks for for others within 24 hours;
# codes from one network (a whole community room may be one) within an hour; all that strangers
# ask for within an hour and within 24.
CODES_PER_PHONE = _env.int("CODES_PER_PHONE", 10)
CODES_BY_OTHERS = _env.int("CODES_BY_OTHERS", 6)
CODES_PER_ACCOUNT = _env.int("CODES_PER_ACCOUNT", 20)
CODES_PER_NETWORK = _env.int("CODES_PER_NETWORK", 60)
CODES_PER_HOUR = _env.int("CODES_PER_HOUR", 300)
CODES_PER_DAY = _env.int("CODES_PER_DAY", 1500)
# Wrong passwords and codes within an hour: at one account's password over all networks (and as many
# of a browser it knows), from one network, of all strangers together.
GUESSES_PER_ACCOUNT = _env.int("GUESSES_PER_ACCOUNT", 10)
GUESSES_PER_NETWORK = _env.int("GUESSES_PER_NETWORK", 60)
GUESSES_PER_HOUR = _env.int("GUESSES_PER_HOUR", 300)

# Messages to others (invitations, requests, joins, answers) that one resident's actions set off
# within an hour, and those of everybody who is not signed in from one network.
SET_OFF_PER_ACCOUNT = _env.int("SET_OFF_PER_ACCOUNT", 60)
SET_OFF_PER_NETWORK = _env.int("SET_OFF_PER_NETWORK", 300)

# Answers to a survey without a name from one network within an hour: where more come, staff see it
# and may leave them out. A full hall on the community's Wi-Fi has one address.
ANSWERS_PER_HOUR = _env.int("ANSWERS_PER_HOUR", 30)

# Whoever has power over others is signed out after so many minutes without a tap; 0: never.
STAFF_IDLE_MINUTES = _env.int("STAFF_IDLE_MINUTES", 60)
# Somebody who comes back after so many months is asked for their name first, so many times a day at
# most: companies hand numbers out again.
LONG_AWAY_MONTHS = _env.int("LONG_AWAY_MONTHS", 12)
OWNER_QUESTION_TRIES = _env.int("OWNER_QUESTION_TRIES", 3)

# So many days an event of security is kept; fewer than 184, six months, count as 184.
TRAIL_KEEP_DAYS = _env.int("TRAIL_KEEP_DAYS", 365)

# At the door: how long before the start it opens, and for how many days after the end the paper
# sheet can be typed in and mistakes can be put right.
DOOR_OPENS_MINUTES = _env.int("DOOR_OPENS_MINUTES", 60)
SHEET_ENTRY_DAYS = _env.int("SHEET_ENTRY_DAYS", 3)
# Numbers that were not found at one kiosk within five minutes.
KIOSK_MISSES = _env.int("KIOSK_MISSES", 10)

# Seats left empty without a word: so many within so many days put somebody behind the others in
# full activities for so many days; nobody of that age or older.
NO_SHOW_LIMIT = _env.int("NO_SHOW_LIMIT", 3)
NO_SHOW_DAYS = _env.int("NO_SHOW_DAYS", 90)
NO_SHOW_PENALTY_DAYS = _env.int("NO_SHOW_PENALTY_DAYS", 14)
NO_SHOW_AGE = _env.int("NO_SHOW_AGE", 60)

# An offered place is kept for so many hours, and never for more than half of the time left; so
# many minutes before the beginning none is offered any more: it is for whoever is at the door.
# All of them are waking time: the quiet hours do not count, so 13 hours are a day.
OFFER_HOURS = _env.float("OFFER_HOURS", 13)
OFFERS_END_MINUTES = _env.float("OFFERS_END_MINUTES", 30)
# Seats that come back one by one are held for whoever waits together for so many hours of waking
# time, and never for more than half of what is left; so many minutes before the beginning no hold
# begins any more.
HOLD_HOURS = _env.float("HOLD_HOURS", 6)
HOLDS_END_MINUTES = _env.float("HOLDS_END_MINUTES", 180)
# So many speakers a lecture takes by invitation; whoever says yes after that hears that it has
# them all. After so many days without an answer the desk says so.
SPEAKERS_PER_LECTURE = _env.int("SPEAKERS_PER_LECTURE", 2)
INVITATION_DAYS = _env.int("INVITATION_DAYS", 3)

# Files that go with a lecture: how large each, how many.
MATERIAL_MEGABYTES = _env.int("MATERIAL_MEGABYTES", 10)
MATERIALS_PER_LECTURE = _env.int("MATERIALS_PER_LECTURE", 10)

# After so many hours those who came are asked how it was; for so many days they can answer.
FEEDBACK_AFTER_HOURS = _env.int("FEEDBACK_AFTER_HOURS", 3)
FEEDBACK_DAYS = _env.int("FEEDBACK_DAYS", 14)

# Hours of learning that are celebrated; numbers of certificates that were not found from one
# network address within an hour.
LEARNING_MILESTONES = _env("LEARNING_MILESTONES", default="10,30,60,100,200")
CERTIFICATE_MISSES = _env.int("CERTIFICATE_MISSES", 20)
# A proof of hours as a volunteer is on the public list for so many days before it holds; fewer
# than seven count as seven.
PROOF_PUBLIC_DAYS = _env.int("PROOF_PUBLIC_DAYS", 7)

# So many minutes after the start a leader whose room nobody has been counted in is asked whether
# somebody is there.
RELEASE_MINUTES = _env.int("RELEASE_MINUTES", 15)
# Short links that lead nowhere, opened from one network address within an hour; a mobile company
# may have one address for a whole town.
TRIALS_PER_HOUR = _env.int("TRIALS_PER_HOUR", 6)
# Codes to scan, and ways through WeChat, that an account asks for within an hour.
WECHAT_TIES_PER_HOUR = _env.int("WECHAT_TIES_PER_HOUR", 10)
LINK_MISSES = _env.int("LINK_MISSES", 300)
# For so many days somebody whom no message reached stands on the call list.
CALL_LIST_DAYS = _env.int("CALL_LIST_DAYS", 14)

# At the 4:30 school: how long before the start an afternoon can be opened; after how many minutes
# staff are alarmed that nobody has opened it, and guardians that a child has not come; where it
# was opened late, how long those who wait at the door have for being let in.
SCHOOL_OPENS_MINUTES = _env.int("SCHOOL_OPENS_MINUTES", 60)
SCHOOL_UNOPENED_MINUTES = _env.int("SCHOOL_UNOPENED_MINUTES", 5)
SCHOOL_MAKE_UP_HOURS = _env.int("SCHOOL_MAKE_UP_HOURS", 24)
SCHOOL_MISSING_MINUTES = _env.int("SCHOOL_MISSING_MINUTES", 20)
SCHOOL_LETTING_IN_MINUTES = _env.int("SCHOOL_LETTING_IN_MINUTES", 10)
# So many minutes after a guardian said that a missing child is on its way it is missing once more.
SCHOOL_ON_THE_WAY_MINUTES = _env.int("SCHOOL_ON_THE_WAY_MINUTES", 20)
# So old a child is at least on the first day on which it may walk home alone.
SCHOOL_WALK_HOME_AGE = _env.int("SCHOOL_WALK_HOME_AGE", 8)
# So many children an account enrols by itself; the database holds four at most.
SCHOOL_CHILDREN_WITHOUT_STAFF = _env.int("SCHOOL_CHILDREN_WITHOUT_STAFF", 4)
# So many days before a consent runs out its guardian is reminded, each time again; so many days
# after it the place is kept, though the child does not come in.
CONSENT_REMINDER_DAYS = _env("CONSENT_REMINDER_DAYS", default="30,14,3")
SCHOOL_SEAT_KEPT_DAYS = _env.int("SCHOOL_SEAT_KEPT_DAYS", 14)
# So many days a second guardian has to say yes.
SCHOOL_INVITATION_DAYS = _env.int("SCHOOL_INVITATION_DAYS", 7)
# So many minutes after its end, each time again, guardians and staff are told of children who
# have not been collected; as the page "still here" says what to do then.
SCHOOL_STILL_HERE_MINUTES = _env("SCHOOL_STILL_HERE_MINUTES", default="0,15,30,60")
# So many days before the last day of a term guardians are thanked and told of the next one.
SCHOOL_END_NOTICE_DAYS = _env.int("SCHOOL_END_NOTICE_DAYS", 7)

# At Happy Square: for so many weeks ahead the weekly times of groups make their dates. Their people
# are told of a change by text message within so many hours before the date. Whoever was written
# down as a member by the leader can say no for so many days before the group counts on it; a group
# writes down so many within an hour.
GROUP_WEEKS_AHEAD = _env.int("GROUP_WEEKS_AHEAD", 8)
GROUP_TEXT_HOURS = _env.int("GROUP_TEXT_HOURS", 48)
GROUP_ANSWER_DAYS = _env.int("GROUP_ANSWER_DAYS", 3)
GROUP_ENTRIES_PER_HOUR = _env.int("GROUP_ENTRIES_PER_HOUR", 30)
# Complaints of Happy Square from one network address within an hour.
COMPLAINTS_PER_HOUR = _env.int("COMPLAINTS_PER_HOUR", 10)
# So many days after its answer a complaint is forgotten.
COMPLAINT_KEEP_DAYS = _env.int("COMPLAINT_KEEP_DAYS", 365)
# Objections to a public announcement from one network address within an hour; so many days after
# the decision who objected and why is forgotten.
OBJECTIONS_PER_HOUR = _env.int("OBJECTIONS_PER_HOUR", 5)
OBJECTION_KEEP_DAYS = _env.int("OBJECTION_KEEP_DAYS", 365)
# Numbers that visitors leave with the education base, from one network address within an hour; so
# many days one is kept where applications do not open.
PHONES_LEFT_PER_HOUR = _env.int("PHONES_LEFT_PER_HOUR", 10)
PHONE_LEFT_KEEP_DAYS = _env.int("PHONE_LEFT_KEEP_DAYS", 400)
# So many working days a group has to put something right where staff choose no other day; so many
# days from that day on (fewer than none: before it) its leaders are reminded while it is open.
FINDING_DAYS = _env.int("FINDING_DAYS", 5)
FINDING_REMINDER_DAYS = _env("FINDING_REMINDER_DAYS", default="-3,1,7")

# In the Dream scheme an enterprise nominates so many workers within an hour; whoever has not
# answered is reminded after so many days, and an enterprise with places left so many days before
# nominating ends; what was written of somebody who never agreed is
# forgotten so many days after the nomination has ended.
NOMINATIONS_PER_HOUR = _env.int("NOMINATIONS_PER_HOUR", 30)
NOMINATING_REMINDER_DAYS = _env.int("NOMINATING_REMINDER_DAYS", 5)
NOMINATION_REMINDER_DAYS = _env.int("NOMINATION_REMINDER_DAYS", 3)
NOMINATION_KEEP_DAYS = _env.int("NOMINATION_KEEP_DAYS", 30)

# Education base: applicant and guardian hear so many days before the 18th birthday that the
# guardian's part ends. Words and papers of what was refused, withdrawn or not admitted are erased
# after so many days, papers of students so many days after they have reported at the college, and
# drafts that nobody sent in so many days after their class has closed.
# So many times within an hour another guardian is named for a draft.
GUARDIANS_PER_HOUR = _env.int("GUARDIANS_PER_HOUR", 5)
GUARDIAN_ENDS_DAYS = _env.int("GUARDIAN_ENDS_DAYS", 30)
ENDED_APPLICATION_KEEP_DAYS = _env.int("ENDED_APPLICATION_KEEP_DAYS", 180)
STUDENT_PAPERS_KEEP_DAYS = _env.int("STUDENT_PAPERS_KEEP_DAYS", 365)
DRAFT_KEEP_DAYS = _env.int("DRAFT_KEEP_DAYS", 30)

# In the programme office: from so many percent of a budget's line on, spent and promised, it is
# nearly used up, and from so many on it is used up.
BUDGET_NEARLY_PERCENT = _env.int("BUDGET_NEARLY_PERCENT", 80)
BUDGET_FULL_PERCENT = _env.int("BUDGET_FULL_PERCENT", 100)

# So many rows of the database one page may read at most; more ends in a word instead of a web
# process without memory.
ROWS_PER_REQUEST = _env.int("ROWS_PER_REQUEST", 20000)
