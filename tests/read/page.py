"""One made-up article, and what becomes of it on other sites."""

from tests.text.garbling import garble, glossable, narrowed, traditional

TITLE = "石桥县柳湾村:山坡上长出好日子"
PARAGRAPHS = (
    (
        "石桥县地处秦岭北麓，山大沟深，2014年全县有建档立卡贫困户4216户、贫困人口1.58万人，贫困发生率为23.6%。"
        "县里的干部说，那时候不少村子连一条像样的路都没有，下雨天孩子上学要踩着泥走两个钟头。"
    ),
    (
        "柳湾村是其中最偏远的一个。2016年春天，驻村工作队带着铺盖住进了村委会的旧房子，挨家挨户走访了九十六天，"
        "把每家有几亩地、几口人、谁会什么手艺都记在了本子上，最后定下了种花椒、养蜜蜂的路子。"
    ),
    (
        "第一年，村里栽下花椒树320亩，请来县农技站的技术员手把手教修剪。村民孙有田起初不肯，他怕树栽下去三年不见钱。"
        "工作队长就自己租了两亩坡地，跟大家一起挖坑、浇水，年底还贴钱给每户送去了两箱蜂。"
    ),
    (
        "2019年秋天，花椒挂果了。合作社统一收购，每斤比集市上高出三块钱，全村卖花椒收入86万元，户均增收7400元。"
        "孙有田家的蜂也分到了十一箱，光蜂蜜就卖了1.3万元，他把旧土房翻修成了砖房。"
    ),
    (
        "路也通了。县里投入资金540万元，把12公里的通村路拓宽硬化，又在村口建起一座冷库和一个扶贫车间，"
        "45名妇女在家门口上了班，每月能领2100元工资，照看老人孩子两不误。"
    ),
    (
        "到2020年底，柳湾村最后七户贫困户全部脱贫，村集体收入达到18.5万元。工作队员的铺盖还在那间旧房子里，"
        "村里人说，他们哪天要走，全村的人都会到村口送一送。"
    ),
)
PAGE = "\n".join((TITLE, *PARAGRAPHS))
EDITORIAL = "编者按：产业是脱贫之基、富民之本。本报记者走进山区，听村里人讲一讲他们自己的故事，敬请关注。"


def site(*, paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = TITLE) -> str:
    """Return the article between the lines of another site."""
    above = ("首页", "新闻中心", "专题", title, "2020-12-28 09:15 来源:石桥日报")
    below = ("分享到:", "责任编辑:高某", "上一篇:全县召开工作会议", "版权所有 未经许可不得转载")
    return "\n".join((*above, *paragraphs, *below))


#: What becomes of an article that is taken over, by what was done to it.
TAKEN_OVER = {
    "another site's lines": site(),
    "traditional characters": traditional(PAGE),
    "injected pinyin": garble(traditional(PAGE), glossable(traditional(PAGE))[::3]),
    "narrow marks": narrowed(PAGE),
    "full-width digits": PAGE.translate({ord("0") + at: 0xFF10 + at for at in range(10)}),
    "an editor's line": site(paragraphs=(EDITORIAL, *PARAGRAPHS)),
    "no first paragraph": site(paragraphs=PARAGRAPHS[1:]),
    "no last paragraph": site(paragraphs=PARAGRAPHS[:-1]),
    "a shorter headline": site(title=TITLE.partition(":")[2]),
    "a sentence left out": PAGE.replace("45名妇女在家门口上了班，每月能领2100元工资，照看老人孩子两不误。", ""),
    "a tail cut off": PAGE[: int(len(PAGE) * 0.85)],
    "another figure for the same value": PAGE.replace("86万元", "860000元").replace("九十六天", "96天"),
    "a figure destroyed": PAGE.replace("收入86万元", "收入8\ufffd万元"),
}

#: The same report another time: one thing stated in other figures.
ANOTHER_TIME = {
    "a figure": ("4216户", "3108户"),
    "a share": ("23.6%", "9.4%"),
    "a point": ("18.5万元", "185万元"),
    "a year": ("2020年底", "2021年底"),
    "figures in characters": ("七户", "十三户"),
    "one of a pair": ("12公里", "21公里"),
}
