"""What people write where a number, an amount, an answer or a choice is asked for."""

from datetime import time
from decimal import Decimal

import pytest

from diedie_edu.common.spreadsheets.columns import CellType, Column
from tests.common.spreadsheets.files import (
    GENDER,
    NAME,
    PRICE,
    SEATS,
    SMS,
    TOPICS,
    cell,
    faults,
    values,
    xlsx,
)

SIGNS = ["☑", "✔️", "✔", "✅", "√", "✓", "●"]
YES = [*SIGNS, "是", "已到", "到", "到场", "出席", "已签到", "参加", "迟到", "Yes", "１"]
NO = ["否", "未到", "缺席", "请假", "缺勤", "没来", "☐", "□", "×", "✗", "0", "No"]


@pytest.mark.parametrize(
    ("word", "is_so"), [*((one, True) for one in YES), *((one, False) for one in NO)]
)
def test_words_and_signs_for_yes_and_no(word, is_so):
    assert cell(SMS, word) is is_so


@pytest.mark.parametrize("sign", ["☒", "○", "〇", "也许"])
def test_a_sign_that_is_used_both_ways_is_asked_about(sign):
    [fault] = faults(xlsx(["姓名", "接收短信"], ["陈建城", sign]))
    assert "Enter “yes” or “no”" in fault


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("20人", 20), ("20 人", 20), ("２０名", 20), ("１２", 12), ("十二", 12), ("十二人", 12)),
        *(("二十", 20), ("一百二", 120), ("两百零五", 205), ("两千五", 2500), ("一万二千", 12000)),
        *(("12.0", 12), ("1,200", 1200), ("2026年", 2026), ("二〇二六年度", 2026), ("第3期", 3)),
        *(("30个", 30), ("壹拾贰", 12), ("十", 10), ("百", 100), ("45座", 45)),
    ],
)
def test_a_number_in_words_or_with_its_unit(typed, number):
    assert cell(SEATS, typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "约20人",
        "20人左右",
        "20-30人",
        "20多人",
        "近百人",
        "几十人",
        "七八个",
        "二三十人",
        "20+",
        "若干",
    ],
)
def test_about_a_number_is_asked(typed):
    assert len(faults(xlsx(["姓名", "人数"], ["陈建城", typed]))) == 1


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        *(("1200元", "1200"), ("￥1,200", "1200"), ("¥1200.50", "1200.50"), ("1.2万元", "12000")),
        *(
            ("1200元整", "1200"),
            ("人民币1200元", "1200"),
            ("RMB 1,200.00", "1200"),
            ("12万", "120000"),
        ),
        *(("一千二百元", "1200"), ("三百", "300"), ("1200块", "1200"), ("1,200", "1200")),
    ],
)
def test_an_amount_with_its_currency(typed, yuan):
    assert cell(PRICE, typed) == Decimal(yuan)


@pytest.mark.parametrize("typed", ["约1200元", "1200-1500元", "1.2345678万元", "上千元"])
def test_about_an_amount_is_asked(typed):
    assert len(faults(xlsx(["姓名", "单价"], ["陈建城", typed]))) == 1


@pytest.mark.parametrize(
    "typed", ["A. 女", "A、女", "A.女", "A：女", "①女", "(1)女", "1.女", "☑女 □男", "□男 √女"]
)
def test_an_option_is_known_by_its_words(typed):
    assert cell(GENDER, typed) == "f"


@pytest.mark.parametrize(
    "typed",
    [
        "A.绘画┋B.书法",
        "A、绘画┋B、书法",
        "绘画|书法",
        "绘画;书法",
        "☑绘画 □其他 ☑书法",
        "①绘画、②书法",
    ],
)
def test_several_answers_of_a_survey(typed):
    assert cell(TOPICS, typed) == ["painting", "calligraphy"]


@pytest.mark.parametrize("column", [GENDER, SEATS, SMS, TOPICS, PRICE])
@pytest.mark.parametrize("typed", ["(空)", "（跳过）"])
def test_a_question_that_was_skipped_is_an_empty_cell(column, typed):
    assert cell(column, typed) in ("", None, [])


BEGINS = Column("begins", "开始 | Begins | 时间", CellType.TIME, required=True)
ENDS = Column("ends", "结束 | Ends", CellType.TIME, required=True, end_of="begins")


@pytest.mark.parametrize(
    "typed",
    ["9:30-11:00", "9：30～11：00", "9点30分至11点00分", "09:30 — 11:00", "上午9点半到11点"],
)
def test_from_when_to_when_stands_in_one_cell(typed):
    file = xlsx(["姓名", "时间"], ["陈建城", typed])

    [row] = values(file, [NAME, BEGINS, ENDS])
    assert (row["begins"], row["ends"]) == (time(9, 30), time(11))


def test_each_column_takes_its_part_of_a_span():
    file = xlsx(["姓名", "开始", "结束"], ["陈建城", "9:30-11:00", "11:30"])

    [row] = values(file, [NAME, BEGINS, ENDS])
    assert (row["begins"], row["ends"]) == (time(9, 30), time(11, 30))


def test_a_beginning_without_an_end_is_asked():
    file = xlsx(["姓名", "时间"], ["陈建城", "9:30"])

    assert len(faults(file, [NAME, BEGINS, ENDS])) == 1


def test_the_word_of_the_beginning_holds_for_the_end():
    [row] = values(xlsx(["姓名", "时间"], ["陈建城", "下午2:30-4点"]), [NAME, BEGINS, ENDS])

    assert (row["begins"], row["ends"]) == (time(14, 30), time(16))
