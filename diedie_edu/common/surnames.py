"""How surnames are read, where the usual reading of the character is another one.

Only what pypinyin reads differently by itself stands in the table; a test fails on an entry
it has learnt. Where families differ (盖, 翟, 覃) the table has the more common reading, and
a person has `surname_reading` for the other.
"""

# fmt: off
SURNAME_READINGS = {
    "秘": "bi4", "薄": "bo2", "卜": "bu3", "长": "chang2", "叱干": "chi4 gan1", "种": "chong2",
    "重": "chong2", "都": "du1", "段干": "duan4 gan1", "干": "gan1", "盖": "ge3", "葛": "ge3",
    "句": "gou1", "观": "guan4", "过": "guo1", "哈": "ha3", "黑": "he4", "华": "hua4",
    "还": "huan2", "纪": "ji3", "夹谷": "jia2 gu3", "俱": "ju1", "圈": "juan4", "角": "jue2",
    "阚": "kan4", "适": "kuo4", "勒": "le4", "缪": "miao4", "那": "na1", "能": "nai4",
    "佴": "nai4", "粘": "nian2", "乜": "nie4", "甯": "ning4", "区": "ou1", "便": "pian2",
    "朴": "piao2", "繁": "po2", "仆": "pu2", "仆固": "pu2 gu4", "覃": "qin2", "仇": "qiu2",
    "任": "ren2", "撒": "sa3", "单": "shan4", "召": "shao4", "折": "she2", "隗": "wei3",
    "洗": "xian3", "相里": "xiang4 li3", "解": "xie4", "郇": "xun2", "燕": "yan1", "么": "yao1",
    "要": "yao1", "於": "yu1", "乐": "yue4", "乐正": "yue4 zheng4", "员": "yun4", "贠": "yun4",
    "宰父": "zai3 fu3", "藏": "zang1", "曾": "zeng1", "查": "zha1", "翟": "zhai2", "祭": "zhai4",
    "占": "zhan1",
}

_COMPOUND = (
    "欧阳 司马 上官 诸葛 尉迟 万俟 单于 长孙 令狐 皇甫 鲜于 司徒 司空 东方 "
    "南宫 西门 慕容 宇文 夏侯 公孙 端木 轩辕 呼延 赫连 独孤 拓跋 濮阳 淳于 "
    "太叔 公冶 澹台 申屠 钟离 闾丘 亓官 仲孙 宗政 公羊 公良 谷梁 宰父 夹谷 "
    "段干 百里 东郭 南门 羊舌 微生 梁丘 左丘 东门 巫马 漆雕 乐正 壤驷 贺兰 "
    "完颜 哥舒 叱干 仆固 相里 纳兰 那拉 叶赫 第五 尔朱 即墨 綦毋"
)
# fmt: on

COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
