import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import (
    LONGEST,
    dialled,
    digits_of,
    is_mobile,
    masked,
    normalise_phone,
    phone_key,
    without_extension,
)

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"0757-8[0-9]{7}", fullmatch=True)
FULL_WIDTH = str.maketrans("0123456789-+", "０１２３４５６７８９－＋")


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "138－1234－5678",
        "+86 138 1234 5678",
        "+86-13812345678",
        "(+86)13812345678",
        "008613812345678",
        "8613812345678",
        "１３８１２３４５６７８",
        "＋８６１３８１２３４５６７８",
        "\u202d13812345678\u202c",
        "138.1234.5678",
        "138。1234。5678",
        "138·1234·5678",
        "１３８　１２３４　５６７８",
        "١٣٨١٢٣٤٥٦٧٨",
        "138\u200b1234\u20605678",
        "0086-138-1234-5678",
    ],
)
def test_a_mobile_has_one_form_however_it_is_typed(typed):
    assert normalise_phone(typed) == "13812345678"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("0757-81234567", "0757-81234567"),
        ("075781234567", "0757-81234567"),
        ("（0757）8123 4567", "0757-81234567"),
        ("+86 757 8123 4567", "0757-81234567"),
        ("+86 0757 8123 4567", "0757-81234567"),
        ("0086757-81234567", "0757-81234567"),
        ("０７５７－８１２３４５６７", "0757-81234567"),
        ("010-62345678", "010-62345678"),
        ("020 8123 4567", "020-81234567"),
        ("0668-2345678", "0668-2345678"),
    ],
)
def test_a_landline_has_its_area_code_a_dash_and_its_number(typed, canonical):
    assert normalise_phone(typed) == canonical


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone_empty"),
        (" 　", "phone_empty"),
        ("81234567", "phone_area_code"),
        ("12812345678", "phone_invalid"),
        ("1381234567", "phone_invalid"),
        ("138123456789", "phone_invalid"),
        ("0757-1234567", "phone_invalid"),
        ("81234567转801", "phone_area_code"),
        ("+852 1123 4567", "phone_invalid"),
        ("+853 5612 3456", "phone_invalid"),
        ("+852 6123 4567 转 3", "phone_invalid"),
        ("13812345678转801", "phone_invalid"),
        ("0757-81234567/68", "phone_invalid"),
        ("0757-81234567、81234568", "phone_invalid"),
        ("12345", "phone_invalid"),
        ("95588", "phone_invalid"),
        ("110", "phone_invalid"),
        ("13812345678/13912345678", "phone_invalid"),
        ("陈女士13812345678", "phone_invalid"),
        ("13812345678'; DROP TABLE", "phone_invalid"),
    ],
)
def test_anything_else_is_refused_by_name(typed, code):
    with pytest.raises(Refused) as refused:
        normalise_phone(typed)

    assert (refused.value.code, refused.value.field) == (code, "phone")


def test_a_refusal_never_repeats_what_was_typed():
    with pytest.raises(Refused) as refused, translation.override("en"):
        normalise_phone("1381234567")

    assert "1381234567" not in repr(refused.value) + str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        *("0757-81234567转801", "0757-81234567-801", "0757-81234567 ext 801"),
        *("0757-81234567转分机801", "(0757)81234567*801", "0757-81234567（转801）"),
        *(
            "0757 8123 4567 - 801",
            "0757-81234567,801",
            "0757—81234567—801",
            "０７５７８１２３４５６７转８０１",
        ),
        *("+86 757 8123 4567 ext. 801", "0757-81234567 x801", "0757-81234567轉801"),
        *("0757-81234567分机801", "0757-81234567#801", "0757-81234567 分机号：801"),
    ],
)
def test_an_extension_stands_behind_the_number(typed):
    assert normalise_phone(typed) == "0757-81234567-801"
    assert phone_key(typed) == "1:075781234567801"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("400-123-4567", "400-123-4567"),
        ("4001234567", "400-123-4567"),
        ("400 1234567转8", "400-123-4567-8"),
        ("800-810-8888", "800-810-8888"),
        ("+852 6123 4567", "+852-61234567"),
        ("0085261234567", "+852-61234567"),
        ("852-6123-4567", "+852-61234567"),
        ("+853 6612 3456", "+853-66123456"),
        ("00853-2812 3456", "+853-28123456"),
        ("+886 912 345 678", "+886-912345678"),
        ("+886 0912 345 678", "+886-912345678"),
        ("0668-2345678-9", "0668-2345678-9"),
        ("+86 853 3322 1234", "0853-33221234"),
    ],
)
def test_other_numbers_that_one_calls(typed, canonical):
    assert normalise_phone(typed) == canonical == normalise_phone(canonical)
    assert len(canonical) <= LONGEST
    assert not is_mobile(canonical)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [("12345", "12345"), ("110", "110"), ("９５５８８", "95588"), ("0757-12345", "0757-12345")],
)
def test_only_an_organisation_has_a_short_number(typed, canonical):
    assert normalise_phone(typed, of_organisation=True) == canonical
    with pytest.raises(Refused):
        normalise_phone(typed)


@pytest.mark.parametrize(
    ("phone", "link", "number"),
    [
        ("13812345678", "13812345678", "13812345678"),
        ("0757-81234567", "0757-81234567", "0757-81234567"),
        ("0757-81234567-801", "0757-81234567,801", "0757-81234567"),
        ("400-123-4567-8", "400-123-4567,8", "400-123-4567"),
        ("400-123-4567", "400-123-4567", "400-123-4567"),
        ("+852-61234567", "+85261234567", "+852-61234567"),
    ],
)
def test_a_link_dials_the_extension_after_a_pause(phone, link, number):
    assert (dialled(phone), without_extension(phone)) == (link, number)


def test_digits_of_a_part_are_those_typed():
    assert digits_of("０７５７ 8123") == "07578123"
    assert digits_of("+86 138-1234-5678") == "13812345678"


@given(MOBILES | LANDLINES)
def test_a_canonical_phone_stays_as_it_is(phone):
    assert normalise_phone(phone) == phone


@given(MOBILES | LANDLINES, st.sampled_from(["", "+86 ", "0086"]))
def test_country_code_and_width_make_no_difference(phone, prefix):
    typed = f"{prefix}{phone}".translate(FULL_WIDTH)

    assert normalise_phone(typed) == phone


def test_only_a_mobile_can_receive_text_messages():
    assert is_mobile("13812345678")
    assert not is_mobile("0757-81234567")
    assert not is_mobile("138123456789")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("0757-81234567", "0757-****4567"),
        ("0757-81234567-801", "0757-****4567-**"),
        ("400-123-4567", "400-****4567"),
        ("+852-61234567", "+852-****4567"),
        ("0757-12345", "0757-****"),
        ("110", "****"),
    ],
)
def test_a_masked_phone_keeps_its_ends(phone, shown):
    assert masked(phone) == shown


@given(
    MOBILES | LANDLINES, st.sampled_from(["", "+86 ", "0086-"]), st.sampled_from([" ", "-", "."])
)
def test_two_ways_to_write_a_number_have_one_key(phone, prefix, between):
    typed = prefix + between.join(phone.replace("-", "")).translate(FULL_WIDTH)

    assert phone_key(typed) == phone_key(phone) == f"1:{phone.replace('-', '')}"


@pytest.mark.parametrize("text", ["", "-", "无"])
def test_what_has_no_digit_has_no_key(text):
    assert phone_key(text) == ""


def test_what_is_no_number_is_compared_by_its_digits():
    assert phone_key("8123-4567 转 5") == "1:812345675"
