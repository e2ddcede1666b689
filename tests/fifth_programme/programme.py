"""What the garden brings to the portal."""

from functools import partial
from pathlib import Path

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme, defined_in
from diedie_edu.common.parts import (
    DeskEntry,
    DeskFigures,
    DeskProblems,
    Entrance,
    HomePanels,
    MyPagePanels,
    NavEntry,
    PlanData,
    QuickAction,
)
from diedie_edu.common.references import DELETE, MOVE, Loose, On
from diedie_edu.notices.kinds import Kind
from diedie_edu.programmes.plan_data import load_programme
from tests.fifth_programme import messages, queries
from tests.fifth_programme.decisions import DIGGING
from tests.fifth_programme.lists import CROPS_LIST, SLUG
from tests.fifth_programme.work import BEDS, PLAN_OF_BEDS

GARDEN = "fifth_programme:garden"
PLANNERS = (Permission.PLAN_ACTIVITIES, SLUG)


MANIFEST = Programme(
    slug=SLUG,
    title="Community garden",
    tone="leaf",
    icon="sun",
    urls="tests.fifth_programme.urls",
    parts=(
        PlanData(partial(load_programme, SLUG, Path(__file__).parent / "fixtures")),
        ActivityTraits(SLUG, page=queries.page_of, change="fifth_programme:change"),
        AdminModels(Permission.PLAN_ACTIVITIES, ("fifth_programme.gardening",)),
        NavEntry(25, "Garden", GARDEN, "sun"),
        Entrance(30, "Into the garden", GARDEN, "sun", programme=SLUG),
        DeskEntry(45, "Beds", GARDEN, "sun", *PLANNERS),
        QuickAction(65, "Dig a bed", GARDEN, "sun", *PLANNERS),
        HomePanels(queries.home_panels),
        MyPagePanels(queries.my_panels),
        DeskFigures(queries.figures),
        DeskProblems(queries.problems),
        CROPS_LIST,
        BEDS,
        PLAN_OF_BEDS,
        *defined_in(messages, Kind),
        DIGGING,
        Loose(
            "people.Resident",
            "notices.Notice",
            "subject",
            On(erased=DELETE, merged=MOVE),
            value=lambda child: f"bed:{child.pk}",
        ),
    ),
)
