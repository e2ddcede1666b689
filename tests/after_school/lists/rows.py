"""Rows of the three lists as offices type them, with people who do not exist."""

CHILD = "陈小宝"
PUPILS = [
    *("孩子姓名", "出生日期", "学校", "年级", "班级", "来校日", "分区"),
    *("监护人姓名", "监护人电话", "与孩子的关系", "同意书存放处", "同意书版本", "学期编号"),
]
ROSTER = ["日期", "分区", "居民编号", "姓名", "联系电话"]
AFTERNOON = [
    *("日期", "孩子编号", "孩子姓名", "监护人电话"),
    *("到校时间", "分区", "离校时间", "接走的人", "核对方式"),
]


def pupil(**changes: str) -> list[str]:
    return list(
        (
            {
                "child": CHILD,
                "born": "2017-05-04",
                "school": "叠滘小学",
                "grade": "三年级",
                "class": "2 班",
                "days": "周一、周三",
                "zone": "课业辅导区",
                "guardian": "李小梅",
                "phone": "13811112222",
                "relation": "母亲",
                "paper": "3 号柜 17",
                "version": "2026-0",
                "term": "",
            }
            | changes
        ).values()
    )
