"""The pages of the education base, for the walks over every page."""

from edu_base.models import Application, State


def applying() -> list[str]:
    """Of the education base, as somebody with a draft opens them."""
    draft = Application.objects.get(state=State.DRAFT).pk
    own = f"/education/applications/{draft}/"
    return ["/education/apply/", own, *(f"{own}{page}/" for page in ("change", "papers"))]


def base_desk() -> list[str]:
    """The same, as staff open them: a class with places given, and a class that is open."""
    [placed] = Application.objects.filter(state=State.ANNOUNCED)
    sent = Application.objects.filter(state=State.SUBMITTED).earliest("pk").pk
    pages = ("", "applications/", "classes/", "objections/", "mobilising/", "funnel/", "students/")
    return [
        *(f"/desk/education/{page}" for page in (*pages, "campaign/", "enterprises/", "grants/")),
        *(f"/desk/education/applications/{sent}/{page}" for page in ("", "household/")),
        *(f"/desk/education/classes/{placed.intake_id}/{page}/" for page in ("ranking", "places")),
    ]
