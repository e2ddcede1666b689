"""Sizes of paper that a poster is printed on."""

from django.http import HttpRequest

PAPERS = ("a4", "a3")


def paper_of(request: HttpRequest) -> dict[str, object]:
    """What a poster's page shows: the size that `?paper=` names, and the tabs to choose another."""
    wanted = request.GET.get("paper")
    paper = wanted if wanted in PAPERS else PAPERS[0]
    tabs = [
        {"label": name.upper(), "url": f"?paper={name}", "current": name == paper}
        for name in PAPERS
    ]
    return {"paper": paper, "papers": tabs}
