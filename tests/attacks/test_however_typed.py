"""One fact is found however its name, number or code is typed, wherever it is looked for."""

import pytest
from django.urls import reverse

from after_school.forms.afternoon import HandOverForm
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.door.queries import attendance
from diedie_edu.office.rules.spending import plain_number
from diedie_edu.people.models import Household, Organisation, Resident
from diedie_edu.people.queries.finding import residents_like
from diedie_edu.portal.certificates.forms import clean_number
from diedie_edu.portal.safety.forms import StepForm
from diedie_edu.portal.sign_in.forms import CodeForm, PhoneForm
from edu_base.models import PaperKind
from edu_base.rules.credit_codes import clean_credit_code
from edu_base.rules.papers import clean_number as clean_paper
from tests.support.groups import make_group
from tests.support.liaison import make_contact
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PHONE = "13812345678"
PHONES = [
    *("13812345678", "１３８１２３４５６７８", "138 1234 5678", "138-1234-5678", "138－1234－5678"),
    *("+86 138 1234 5678", "＋８６１３８１２３４５６７８", "0086-13812345678", "8613812345678"),
    *(
        "138。1234。5678",
        "138·1234·5678",
        "١٣٨١٢٣٤٥٦٧٨",
        "138\u200b1234\u20605678",
        " 13812345678\u3000",
    ),
]
ENDS = ["5678", "５６７８", "5 6 7 8", "56-78", "٥٦٧٨", "5678\u200b", "5678 ", "345678"]
LANDLINE = "0757-81234567-801"
LANDLINES = [
    *(
        "0757-81234567转801",
        "（0757）81234567 ext 801",
        "0757-81234567",
        "０７５７８１２３４５６７",
    ),
    *("81234567", "4567", "4567 ", "8123 4567"),
]
NAMES = [
    "古丽某·买某",
    "古丽某•买某",
    "古丽某 买某",
    "古丽某．买某",
    "古丽某买某",
    "丽某。买",
    "古麗某‧買某",
]
CODE = "102938"
CODES = [
    "102938",
    "102 938",
    "１０２９３８",
    "102-938",
    "1O2938",
    "l02938",
    "102·938",
    "10２9３8\u200b",
]


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


# --- People ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [*PHONES, *ENDS])
def test_a_person_is_found_by_phone(typed, make_resident):
    person = make_resident(full_name="王小英", phone=PHONE)
    home = Household.objects.create(label="1-1", phone=PHONE)
    other = make_resident(full_name="王小明", household=home)

    assert set(residents_like(typed)) == {person, other}


@pytest.mark.parametrize("typed", LANDLINES)
def test_a_person_is_found_by_a_landline_with_its_extension_or_without(typed, make_resident):
    person = make_resident(full_name="王小英", phone=LANDLINE)
    make_resident(full_name="王小明", phone="0757-81230000")

    assert residents_like(typed) == [person]


@pytest.mark.parametrize(
    "typed", ["12-3-501", "１２－３－５０１", "12栋3单元501", "12 3 501", "٥٠١"]
)
def test_a_person_is_found_by_the_house(typed, make_resident):
    home = Household.objects.create(label="12-3-501")
    person = make_resident(full_name="王小英", household=home)

    assert residents_like(typed) == [person]


@pytest.mark.parametrize("typed", NAMES)
def test_a_person_is_found_by_name_by_every_search(typed, make_resident, as_user, make_user, desk):
    person = make_resident(full_name="古丽某·买某")
    root = as_user(make_user(Role.STAFF, is_superuser=True))

    assert residents_like(typed) == [person]
    assert "古丽某·买某" in desk.post(reverse("portal:people"), {"words": typed}, follow=True).text
    assert "古丽某·买某" in root.get("/admin/people/resident/", {"q": typed}).text


def test_digits_find_no_name_by_the_version_of_its_key(make_resident):
    make_resident(full_name="王小英")

    assert not Resident.objects.filter(name_key__holds="2").exists()


@pytest.mark.parametrize("typed", PHONES)
def test_an_account_is_known_by_its_phone(typed, as_user, make_user):
    make_user(Role.RESIDENT, phone=PHONE, display_name="王小英")
    root = as_user(make_user(Role.STAFF, is_superuser=True))

    form = PhoneForm({"phone": typed})
    assert form.is_valid()
    assert form.cleaned_data["phone"] == PHONE
    assert "王小英" in root.get("/admin/accounts/user/", {"q": typed}).text


# --- At the door -------------------------------------------------------------------------


@pytest.fixture
def occasion(make_lecture, make_resident):
    occasion = make_lecture(capacity=2).occasions.select_related("activity")[0]
    enter(occasion.activity, make_resident(full_name="王小英", phone=PHONE))
    return occasion


@pytest.mark.parametrize("typed", [*PHONES, *ENDS])
def test_the_door_knows_who_is_meant(typed, occasion):
    assert [one.full_name for one in attendance.people_meant(occasion, typed)] == ["王小英"]


def test_a_ticket_is_read_however_it_comes(occasion):
    person = occasion.activity.sign_ups.get().resident
    ticket = attendance.ticket_of(occasion.pk, person.pk)
    code = attendance.ticket_code(occasion.pk, person.pk)
    wide = str.maketrans("0123456789-/:", "０１２３４５６７８９－／：")
    for typed in (
        *(ticket, f" {ticket}\n", ticket.upper(), f"https://x.example/t/{ticket}/".translate(wide)),
        *(f"{code[:3]} {code[3:]}", code.translate(wide), code.replace("0", "O").replace("1", "l")),
    ):
        assert attendance.people_meant(occasion, typed) == [person], typed


@pytest.mark.parametrize("typed", [*PHONES, *ENDS])
def test_the_kiosk_knows_who_is_meant(typed, occasion, staff_user, as_user, clock):
    clock.move_to(occasion.starts_at)
    tablet = as_user(staff_user)
    tablet.post(reverse("door:kiosk_unlock", args=[occasion.pk]))

    assert "王*英，欢迎您" in tablet.post("/kiosk/", {"digits": typed}).text


# --- Codes and numbers -------------------------------------------------------------------


@pytest.mark.parametrize("typed", CODES)
def test_a_code_of_six_digits_is_one(typed):
    for form in (
        *(CodeForm({"code": typed}), StepForm({"code": typed})),
        HandOverForm({"code": typed}, child=0),
    ):
        assert form.is_valid(), form.errors
        assert form.cleaned_data["code"] == CODE


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345x", "无"])
def test_another_code_is_none(typed):
    assert not CodeForm({"code": typed}).is_valid()
    assert not HandOverForm({"code": typed}, child=0).is_valid()


@pytest.mark.parametrize(
    "typed", ["abcde-fgh23", "ABCDE FGH23", "ａｂｃｄｅ－ｆｇｈ２３", "abcdefgh23", "abcde—fgh23"]
)
def test_a_line_of_the_sheet_is_one(typed):
    form = StepForm({"code": typed})
    assert form.is_valid()
    assert form.cleaned_data["code"] == "abcde-fgh23"


@pytest.mark.parametrize(
    "typed",
    [
        *("DDX-2026-000123-K7M4PQ", "ddx-2026-000123-k7m4pq", "DDX 2026 000123 K7M4PQ"),
        *(
            "ＤＤＸ－２０２６－０００１２３－Ｋ７Ｍ４ＰＱ",
            "DDX2026000123K7M4PQ",
            "DDX—2026—000123—K7M4PQ",
        ),
        *("DDX-2O26-OOO123-K7M4PQ", "DDX-2026-000l23-K7M4PQ", "DDX-2026-000123-K7M4PQ\u200b"),
    ],
)
def test_the_number_of_a_certificate_is_one(typed):
    assert clean_number(typed) == "DDX-2026-000123-K7M4PQ"


@pytest.mark.parametrize(
    "typed", ["12345678", "１２３４５６７８", "1234 5678", "1234—5678", "1234·5678", "١٢٣٤٥٦٧٨"]
)
def test_the_number_of_a_receipt_is_one(typed):
    assert plain_number(typed) == "12345678"


@pytest.mark.parametrize(
    "typed",
    [
        "91350100M000100Y43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "9135 0100-M000 100y43",
        "9I35OIOOM000100Y43",
    ],
)
def test_the_code_of_an_enterprise_is_one(typed):
    assert clean_credit_code(typed) == "91350100M000100Y43"


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X\u200b"],
)
def test_the_number_of_a_paper_is_one(typed, now):
    try:
        found = clean_paper(PaperKind.CITIZEN, typed, now.date())
    except Refused as refusal:
        found = refusal.code
    assert found == "11010519491231002X"


# --- Titles ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["AI 课堂", "ＡＩ课堂", "ai课 堂", "AI課堂", "AI课\u200b堂"])
def test_a_title_is_found_by_every_search(typed, make_lecture, lead_user, as_user, client):
    make_lecture(title="ＡＩ 课堂")
    make_group(title="ＡＩ 课堂队")
    make_contact(lead_user, subject="AI课堂", person="辰　某")
    Organisation.objects.create(title="ＡＩ课堂 协会", kind="association")
    office, root = as_user(lead_user), as_user(lead_user)

    assert "ＡＩ 课堂" in client.get("/lectures/", {"q": typed}).text
    assert "ＡＩ 课堂队" in client.get("/groups/", {"q": typed}).text
    assert "AI课堂" in office.get("/desk/office/contacts/", {"q": typed}).text
    assert "AI课堂" in office.get("/desk/office/contacts/", {"q": "辰某"}).text
    assert "ＡＩ课堂 协会" in root.get("/admin/people/organisation/", {"q": typed}).text
    assert "ＡＩ 课堂" not in client.get("/lectures/", {"q": "书法"}).text


@pytest.fixture
def lead_user(make_user):
    return make_user(Role.PROGRAMME_LEAD, scope="residents-school", is_superuser=True)
