from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import TITLE

HARVEST = Kind(
    code="fifth_programme.harvest",
    title="Harvest: {title}",
    body="Come and pick: {title}.",
    sms="Harvest: {title}.",
    variables={"title": TITLE},
    link="/activities/{activity}/",
)
WITHERING = Kind(
    code="fifth_programme.withering",
    title="{bed} withers",
    body="Water {bed} at once.",
    sms="Water {bed} at once.",
    variables={"bed": TITLE},
    alarm=True,
)
