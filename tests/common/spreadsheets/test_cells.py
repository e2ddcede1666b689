from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from diedie_edu.common.spreadsheets.columns import all_words
from tests.common.spreadsheets.files import (
    BORN,
    COLUMNS,
    GENDER,
    HOUSEHOLD,
    PHONE,
    PRICE,
    SEATS,
    SMS,
    TOPICS,
    cell,
    faults,
    values,
    xlsx,
)


@pytest.mark.parametrize(
    "typed",
    [
        "2012.9.1",
        "2012年9月1日",
        "2012-9-1",
        "2012/09/01",
        "20120901",
        20120901,
        "2012、9、1",
        "２０１２．９．１",
        " 2012 年 9 月 1 日 ",
        "2012-09-01 00:00:00",
        "2012年9月1日（星期六）",
        "2012-08-31 23:59:17",
        41153,
        "41153",
        date(2012, 9, 1),
        datetime(2012, 8, 31, 23, 59, 17),
    ],
)
def test_a_date_is_read_however_it_is_written(typed):
    assert cell(BORN, typed) == date(2012, 9, 1)


@pytest.mark.parametrize(
    "typed",
    ["12.9.1", "9/1/2012", "2012", 2012, 201209, "2012.9", 2012.9, "一九七〇年", "不详", True, -5],
)
def test_a_date_that_could_be_another_is_not_guessed(typed):
    assert faults(xlsx(["姓名", "出生日期"], ["陈建城", typed])) == [
        "Sheet “居民”, row 2, column B “出生日期”: This is not a date we can read. "
        "Write year, month and day like 2012-09-01."
    ]


@pytest.mark.parametrize("typed", ["2012.2.30", "2012-13-01", "20120231", "0000-01-01"])
def test_a_day_that_never_was_is_named(typed):
    assert faults(xlsx(["姓名", "出生日期"], ["陈建城", typed])) == [
        "Sheet “居民”, row 2, column B “出生日期”: There is no such day in the calendar. "
        "Check the year, month and day."
    ]


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (13812345678, "13812345678"),
        (13812345678.0, "13812345678"),
        ("13812345678.0", None),
        ("'13812345678", "13812345678"),
        ("１３８ １２３４ ５６７８", "13812345678"),
        (75781234567, "0757-81234567"),
        ("0757-81234567", "0757-81234567"),
        ("", ""),
    ],
)
def test_a_phone_is_read_as_text_or_number(typed, phone):
    if phone is None:
        assert "This is not a phone number." in faults(xlsx(["姓名", "手机"], ["陈建城", typed]))[0]
    else:
        assert cell(PHONE, typed) == phone


@pytest.mark.parametrize("typed", [110101199003074512, 1.10101199003074e17, "1.10101E+17"])
def test_a_number_that_lost_its_digits_is_refused(typed):
    assert faults(xlsx(["姓名", "证件号码"], ["陈建城", typed])) == [
        "Sheet “居民”, row 2, column B “证件号码”: This long number has lost its last digits. "
        "Set the column to “Text” and type the number again."
    ]


@pytest.mark.parametrize("typed", [date(2026, 12, 3), time(8, 30), timedelta(days=2)])
def test_a_label_that_was_turned_into_a_date_is_refused(typed):
    assert faults(xlsx(["姓名", "户"], ["陈建城", typed])) == [
        "Sheet “居民”, row 2, column B “户”: The program has turned this entry into a date or "
        "time. Set the column to “Text” and type it again."
    ]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (501, "501"),
        (12.5, "12.5"),
        ("１２-Ａ", "12-A"),
        ("　三栋（东） ", "三栋（东）"),
        ("a\r\nb", "a\nb"),
        ("\ufeff12-3", "12-3"),
        ("'=12", "=12"),
        (True, "TRUE"),
        (None, ""),
    ],
)
def test_a_text_is_what_the_person_typed(typed, text):
    assert cell(HOUSEHOLD, typed) == text


def test_a_text_that_does_not_fit_is_refused():
    assert faults(xlsx(["姓名", "证件号码"], ["陈建城", "1" * 19])) == [
        "Sheet “居民”, row 2, column B “证件号码”: This text is too long. "
        "Shorten it to 18 characters."
    ]


@pytest.mark.parametrize(
    ("typed", "number"),
    [(12, 12), ("12", 12), ("１２", 12), ("1,200", 1200), ("-3", -3), ("", None)],
)
def test_a_whole_number_is_read(typed, number):
    assert cell(SEATS, typed) == number


@pytest.mark.parametrize("typed", ["十几", "约12人", 12.5, "1.0.0"])
def test_what_is_no_whole_number_is_refused(typed):
    assert faults(xlsx(["姓名", "人数"], ["陈建城", typed])) == [
        "Sheet “居民”, row 2, column B “人数”: Enter a whole number in digits, for example 12."
    ]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (1200, "1200.00"),
        (0.1 + 0.2, "0.30"),  # as a formula leaves it
        ("￥１，２００．５元", "1200.50"),
        ("-3.10", "-3.10"),
        (" 12 ", "12.00"),
    ],
)
def test_an_amount_is_read_to_the_cent(typed, amount):
    assert str(cell(PRICE, typed)) == amount


@pytest.mark.parametrize("typed", ["约三百", 12.345, "1.2.3", "十几万", 10**14, "1e5"])
def test_what_is_no_amount_of_cents_is_refused(typed):
    assert faults(xlsx(["姓名", "单价"], ["陈建城", typed])) == [
        "Sheet “居民”, row 2, column B “单价”: Enter a number with at most two places "
        "after the point, for example 1200.50."
    ]


@pytest.mark.parametrize("typed", ["是", "有", "√", "Ｙ", "yes", "TRUE", True, 1, "1"])
def test_yes_has_many_forms(typed):
    assert cell(SMS, typed) is True


@pytest.mark.parametrize("typed", ["否", "无", "×", "N", "no", False, 0])
def test_no_has_many_forms(typed):
    assert cell(SMS, typed) is False


def test_an_empty_answer_is_neither_yes_nor_no():
    assert cell(SMS, " ") is None


def test_another_word_than_yes_or_no_is_refused():
    assert faults(xlsx(["姓名", "接收短信"], ["陈建城", "看情况"])) == [
        "Sheet “居民”, row 2, column B “接收短信”: Enter “yes” or “no”."
    ]


@pytest.mark.parametrize(
    ("typed", "key"), [("女", "f"), ("Ｆｅｍａｌｅ", "f"), ("m", "m"), (" 男 ", "m"), ("", "")]
)
def test_a_choice_is_known_by_each_of_its_words(typed, key):
    assert cell(GENDER, typed) == key


def test_an_unknown_choice_names_what_is_possible_and_not_what_was_typed():
    assert faults(xlsx(["姓名", "性别"], ["陈建城", "陈建城本人"])) == [
        "Sheet “居民”, row 2, column B “性别”: Only these entries are possible here: female, male."
    ]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("书法、绘画", ["calligraphy", "painting"]),
        ("书法，绘画", ["calligraphy", "painting"]),
        ("painting; calligraphy", ["painting", "calligraphy"]),
        ("书法/书法／绘画、", ["calligraphy", "painting"]),
        ("书法\n绘画", ["calligraphy", "painting"]),
        ("绘画", ["painting"]),
        ("", []),
    ],
)
def test_several_choices_stand_in_one_cell(typed, keys):
    assert cell(TOPICS, typed) == keys


def test_a_list_with_english_titles_is_understood_too():
    english = xlsx([all_words(column.titles)[1] for column in COLUMNS], ["陈建城", 13812345678])

    assert values(english)[0]["phone"] == "13812345678"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("0757-81234567转801", "0757-81234567-801"),
        ("+852 6123 4567", "+852-61234567"),
        (85261234567, "+852-61234567"),
        (4006123456, "400-612-3456"),
        (75781234567, "0757-81234567"),
        (1062345678, None),
    ],
)
def test_a_number_that_is_called_is_read_as_it_is_dialled(typed, phone):
    if phone is None:
        assert faults(xlsx(["姓名", "联系电话"], ["陈建城", typed]))
    else:
        assert cell(PHONE, typed) == phone


def test_only_a_list_of_organisations_takes_a_short_number():
    short = replace(PHONE, of_organisation=True)
    columns = [short if column is PHONE else column for column in COLUMNS]

    [row] = values(xlsx(["姓名", "联系电话"], ["陈建城", 12345]), columns)

    assert row["phone"] == "12345"
    assert faults(xlsx(["姓名", "联系电话"], ["陈建城", "12345"]))
