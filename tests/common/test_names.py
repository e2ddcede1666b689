import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from diedie_edu.common.characters import DOTS
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import (
    KEY_LENGTH,
    clean_name,
    clean_reading,
    former_name_keys,
    name_key,
    sort_key,
)
from diedie_edu.common.surnames import COMPOUND_SURNAMES, SURNAME_READINGS
from diedie_edu.common.variants import COUNTS_AS

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAMES = st.text(HAN, min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("陈建城", "陈建城"),
        ("　陈建城 ", "陈建城"),
        ("王　芳", "王芳"),
        ("李 \t 四", "李四"),
        ("王\u200b芳", "王芳"),
        ("阿不都·热合曼", "阿不都·热合曼"),
        ("阿不都•热合曼", "阿不都·热合曼"),
        ("阿不都・热合曼", "阿不都·热合曼"),
        ("阿不都 ‧ 热合曼", "阿不都·热合曼"),
        ("阿不都．热合曼", "阿不都·热合曼"),
        ("阿不都.热合曼", "阿不都·热合曼"),
        ("古丽某•买某", "古丽某·买某"),
        ("古丽某 。买某", "古丽某·买某"),
        ("古丽某··买某", "古丽某·买某"),
        ("گۈلى.مەمەت", "گۈلى·مەمەت"),
        ("辰　某", "辰某"),
        ("王\u2ea0", "王民"),
        ("\u2ee2某", "马某"),
        ("葛\U000e0100某", "葛某"),
        ("John   Smith", "John Smith"),
        ("Anne‐Marie O’Neil", "Anne-Marie O'Neil"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
        ("Anne-Marie O'Neil Jr.", "Anne-Marie O'Neil Jr."),
        ("㐂强", "㐂强"),
        ("王𠮷", "王𠮷"),
        ("李〇", "李〇"),
    ],
)
def test_a_name_is_kept_in_one_form(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name_length"),
        ("陈", "name_length"),
        ("·陈·", "name_length"),
        ("陈" * 51, "name_length"),
        ("陈建城1", "name_letters"),
        ("=1+1", "name_letters"),
        ("陈建城（大）", "name_letters"),
        ("陈建城/王芳", "name_letters"),
        ("<b>陈</b>", "name_letters"),
    ],
)
def test_what_is_no_name_is_refused(typed, code):
    with pytest.raises(Refused) as refused:
        clean_name(typed)

    assert refused.value.code == code


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(typed):
    try:
        name = clean_name(typed)
    except Refused:
        return
    assert clean_name(name) == name


def test_a_class_register_is_in_its_usual_order():
    register = [
        "阿不都·热合曼", "谌一龙", "陈建城", "陈建国", "陈巧容", "程一", "John Smith", "卢一",
        "吕布", "栾平", "罗一", "女一龙", "区大同", "欧阳修", "曲波", "单雄信", "王芳", "王朝阳",
        "解珍", "尉迟恭", "曾国藩", "查良镛", "张三", "章太炎", "𠮷田",
    ]  # fmt: skip
    shuffled = random.Random(1).sample(register, len(register))

    # As bytes, which is how the C collation compares.
    assert sorted(shuffled, key=lambda name: sort_key(name).encode()) == register


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("陈建城", "chen2陈 jian4建 cheng2城"),
        ("曾", "zeng1曾"),
        ("单于明", "chan2单 yu2于 ming2明"),
        ("万俟卨", "mo4万 qi2俟 xie4卨"),
        ("长孙无忌", "zhang3长 sun1孙 wu2无 ji4忌"),
        ("王朝阳", "wang2王 zhao1朝 yang2阳"),
        ("撒某", "sa3撒 mou3某"),
        ("粘某", "nian2粘 mou3某"),
        ("單某", "shan4單 mou3某"),
        ("尉遲某", "yu4尉 chi2遲 mou3某"),
        ("段干某", "duan4段 gan1干 mou3某"),
        ("陳建國", "chen2陳 jian4建 guo2國"),
        ("吕布", "lu:3吕 bu4布"),
        ("John Smith", "john smith"),
        ("㐂强", "~㐂 qiang2强"),
        ("单·约翰", "dan1单 yue1约 han4翰"),
        ("", ""),
    ],
)
def test_a_key_has_one_word_a_character(name, key):
    assert sort_key(name) == key


@pytest.mark.parametrize(
    ("reading", "key"),
    [
        ("dan1", "dan1单 xiong2雄"),
        ("dān", "dan1单 xiong2雄"),
        ("Dan", "dan单 xiong2雄"),
        ("chan2 yu2 ming2", "chan2单 yu2雄"),
    ],
)
def test_a_person_may_read_the_surname_otherwise(reading, key):
    assert sort_key("单雄", reading) == key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), (" Shàn ", "shan4"), ("yù chí", "yu4 chi2"), ("lǚ", "lv3"), ("lu:3", "lv3")],
)
def test_a_reading_is_kept_with_tone_numbers(typed, kept):
    assert clean_reading(typed) == kept


@pytest.mark.parametrize("typed", ["单", "shan-4", "4", "shan4chi2"])
def test_a_reading_that_is_no_pinyin_is_refused(typed):
    with pytest.raises(Refused, check=lambda refusal: refusal.code == "reading_invalid"):
        clean_reading(typed)


@given(NAMES)
def test_a_key_ends_in_time_and_tells_names_apart(name):
    key = sort_key(name)

    assert len(key) <= KEY_LENGTH
    assert [word[-1] for word in key.split(" ")] == list(name)


@pytest.mark.parametrize("surname", SURNAME_READINGS)
def test_the_table_holds_only_what_pypinyin_reads_otherwise(surname):
    read = lazy_pinyin(surname, style=Style.TONE3, neutral_tone_with_five=True)

    assert " ".join(read) != SURNAME_READINGS[surname]


def test_every_reading_has_a_syllable_for_each_character():
    for surname, reading in SURNAME_READINGS.items():
        assert len(reading.split()) == len(surname)
        assert len(surname) == 1 or surname in COMPOUND_SURNAMES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("陈建城", " 陳　建 城"),
        ("阿不都·热合曼", "阿不都热合曼"),
        ("阿不都·热合曼", "阿不都．热合曼"),
        ("John Smith", "ＪＯＨＮ-ｓｍｉｔｈ"),
        ("Anne O'Neil", "anne o’neil"),
        ("李\u200b明", "李明"),
        ("Jürgen Klein", "Ju\u0308rgen Klein"),
        ("呂明", "吕明"),
        ("李\N{CJK COMPATIBILITY IDEOGRAPH-F9E1}", "李李"),
        ("辰\u3000某", "辰某"),
        ("古丽某•买某", "古丽某·买某"),
        ("古丽某ꞏ买某", "古丽某买某"),
        ("古丽某ᐧ买某", "古丽某·买某"),
        ("古丽某˙买某", "古丽某·买某"),
        ("古丽某。买某", "古丽某·买某"),
        ("王\u2ea0", "王民"),
        ("\u2ed3某", "长某"),
        ("\u2ed1某", "长某"),
        ("葛\U000e0101某", "葛某"),
        ("諶某", "谌某"),
        ("龐繆", "庞缪"),
        ("OʼNeil", "O'Neil"),
        ("Anne–Marie", "Anne Marie"),
        ("İpek", "i\u0307pek"),
    ],
)
def test_two_ways_to_write_a_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize("other", ["陈建成", "陈建", "陈建城城", "居民1", "居民2", ".-", "-."])
def test_two_names_have_two_keys(other):
    assert name_key("陈建城") != name_key(other)
    assert len({name_key(name) for name in ("居民1", "居民2", ".-", "-.")}) == 4


@pytest.mark.parametrize("dot", DOTS + "．.。｡﹒･·")
def test_no_kind_of_dot_makes_another_name(dot):
    assert name_key(f"古丽某{dot}买某") == name_key("古丽某买某")
    assert clean_name(f"古丽某{dot}买某") == "古丽某·买某"


SURNAMES = {
    "单": "shan4", "仇": "qiu2", "解": "xie4", "曾": "zeng1", "查": "zha1", "区": "ou1",
    "盖": "ge3", "任": "ren2", "华": "hua4", "朴": "piao2", "乐": "yue4", "宁": "ning2",
    "甯": "ning4", "缪": "miao4", "翟": "zhai2", "种": "chong2", "召": "shao4", "员": "yun4",
    "逄": "pang2", "冼": "xian3", "车": "che1", "黑": "he4", "折": "she2", "幺": "yao1",
    "覃": "qin2", "祭": "zhai4", "佴": "nai4", "隗": "wei3", "洗": "xian3", "撒": "sa3",
    "粘": "nian2", "纪": "ji3", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "长孙": "zhang3 sun1",
    "令狐": "ling2 hu2", "单于": "chan2 yu2", "澹台": "tan2 tai2", "薄": "bo2", "卜": "bu3",
}  # fmt: skip


@pytest.mark.parametrize("surname", SURNAMES)
def test_a_surname_is_read_as_the_dictionary_of_surnames_has_it(surname):
    key = sort_key(f"{surname}某").split()

    assert [word[:-1] for word in key[:-1]] == SURNAMES[surname].split()


def test_former_keys_are_those_that_stood_there():
    assert former_name_keys("陳 建城") == ["1:陈建城"]
    assert former_name_keys("諶某") == ["1:諶某"]
    assert former_name_keys("") == []


def test_a_key_tells_its_version_and_an_empty_name_has_none():
    assert name_key("陈建城") == "2:陈建城"
    assert name_key("") == ""


@given(st.text(HAN | st.sampled_from("陳aZ ·-９"), max_size=50))
def test_the_key_of_a_key_is_the_key(name):
    version, _colon, letters = name_key(name).partition(":")
    assert name_key(letters) == name_key(name)
    assert version == ("2" if name else "")


def test_no_variant_counts_as_another_variant():
    assert not set(COUNTS_AS) & set(map(ord, COUNTS_AS.values()))
