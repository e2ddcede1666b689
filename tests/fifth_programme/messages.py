from diedie_edu.notices.kinds import Kind

HARVEST = Kind(
    code="fifth_programme.harvest",
    title="Harvest: {title}",
    body="Come and pick: {title}.",
    sms="Harvest: {title}.",
    link="/activities/{activity}/",
)
