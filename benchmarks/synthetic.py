"""Articles of this genre made up from templates, in any number, for measuring; the same ones for the same seed.

Counties are real, everything said of them is not. Each article has a headline, a dateline and some 1,500 characters;
in a web archive it stands in a small page with navigation around it.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import BinaryIO, cast


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_COUNTIES = _words("""
    河北省阜平县 山西省岢岚县 内蒙古自治区林西县 吉林省靖宇县 黑龙江省兰西县 安徽省霍邱县 江西省井冈山市
    河南省兰考县 湖北省秭归县 湖南省花垣县 广西壮族自治区隆林县 海南省白沙县 重庆市巫山县 四川省昭觉县
    贵州省赤水市 云南省澜沧县 西藏自治区江孜县 陕西省延川县 甘肃省宕昌县 青海省互助县 宁夏回族自治区西吉县
    新疆维吾尔自治区疏附县
""")
_VILLAGES = _words(
    "上河 下湾 石桥 柳林 东坪 西沟 南岭 北庄 青山 白水 红旗 新民 大坪 小寨 杨家 马场 龙泉 平安 团结 前进"
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = _words("建国 志强 秀英 玉兰 晓明 海燕 永福 春花 德胜 文斌 雪梅 长贵")
_CROPS = _words("苹果 花椒 核桃 马铃薯 中药材 食用菌 茶叶 油茶 蜜柚 黄花菜 肉牛 土鸡 蜂蜜 藜麦 辣椒 猕猴桃")
_OUTLETS = _words("县融媒体中心 市日报社 省广播电视台 县扶贫办 农村报社")
_TEMPLATES = (
    "{year}年，{county}共有贫困人口{big}万人，贫困发生率为{share}%。",
    "截至{year}年底，全县{count}户{many}人实现脱贫，{few}个贫困村全部出列。",
    "{village}村党支部书记{person}说，村里种了{area}亩{crop}，户均增收{money}元。",
    "走进{village}村，一排排整齐的{crop}大棚映入眼帘，{person}正忙着采摘。",
    "“以前靠天吃饭，如今{crop}卖到了外省。”贫困户{person}高兴地算起了账。",
    "{county}把{crop}产业作为富民产业来抓，建成标准化基地{area}亩，带动{count}户贫困户增收。",
    "当地投入财政专项扶贫资金{big}亿元，实施{few}个项目，硬化村组道路{few}公里。",
    "{village}村的扶贫车间里，{few}名妇女正在加工{crop}，每人每月能挣{money}元。",
    "{year}年以来，{county}新建安置点{few}个，易地搬迁群众{many}人住进了新房。",
    "驻村工作队队长{person}挨家挨户走访，把{few}条政策讲给每一户听。",
    "通过土地流转、入股分红、就近务工三种方式，{village}村{count}户群众人均年收入达到{money}元。",
    "县里选派{count}名干部驻村帮扶，做到了{few}个村一个不落。",
    "{person}家养了{few}头牛，去年卖牛收入{money}元，一举摘掉了贫困的帽子。",
    "全县义务教育阶段{many}名学生无一人因贫失学，{count}人享受了助学补助。",
    "{crop}合作社理事长{person}介绍，合作社吸纳社员{count}户，年产值达到{big}百万元。",
    "县医院与{village}卫生院建起了医疗联合体，{many}名群众在家门口就能看病。",
    "电商服务站开到了{village}村，一年间卖出{crop}{few}万斤。",
    "“饮水安全问题解决了，再也不用到{few}里外挑水了。”{person}指着自来水龙头说。",
    "{year}年，全县农村居民人均可支配收入{money}元，同比增长{share}%。",
    "东西部协作为{county}带来资金{big}千万元，援建{crop}加工厂{few}座。",
)
_LINKS = _words("首页 要闻 政务 乡村振兴 专题 图片 视频 互动")
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_县域新闻网</title><meta name="PubDate" content="{date}"></head>
<body><div class="nav"><ul>{links}</ul></div>
<div class="article"><h1>{title}</h1><p class="info">{date} 来源：{publisher}</p>
{body}
</div><div class="footer"><p>版权所有 县域新闻网</p></div></body></html>
"""
_ARTICLE_CHARS = 1500


def articles(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """Yield made-up articles as records with id, title, date, publisher, url and text; lazy."""
    for number in range(count):
        yield _article(number, Random(f"{seed}/{number}"))  # noqa: S311 - no secret


def write_jsonl(path: Path, count: int, seed: int = 0) -> None:
    """Write articles as lines of JSON, compressed if the name ends in .gz."""
    with _opened(path) as file:
        for record in articles(count, seed):
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def write_warc(path: Path, count: int, seed: int = 0) -> None:
    """Write articles as pages in a web archive, each record a member of its own if the name ends in .gz."""
    packed: Callable[[bytes], bytes] = _member if path.suffix == ".gz" else bytes
    with path.open("wb") as file:
        for record in articles(count, seed):
            file.write(packed(_response(record)))


def _article(number: int, random: Random) -> dict[str, str]:
    county, year = random.choice(_COUNTIES), random.randrange(2014, 2021)
    paragraphs, length = [], 0
    while length < _ARTICLE_CHARS:
        sentences = (_sentence(random, county, year) for _ in range(random.randrange(2, 6)))
        paragraphs.append("".join(sentences))
        length += len(paragraphs[-1])
    name = county.rpartition("省")[2].rpartition("区")[2]
    return {
        "id": f"synthetic-{number}",
        "title": f"{name}：{random.choice(_CROPS)}铺就{random.choice(_VILLAGES)}村致富路",
        "date": f"{year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
        "publisher": name + random.choice(_OUTLETS),
        "url": f"http://news.example/{year}/{number}.html",
        "text": "\n".join(paragraphs),
    }


def _sentence(random: Random, county: str, year: int) -> str:
    return random.choice(_TEMPLATES).format(
        county=county,
        year=year - random.randrange(3),
        village=random.choice(_VILLAGES),
        person=random.choice(_SURNAMES) + random.choice(_GIVEN),
        crop=random.choice(_CROPS),
        big=f"{random.randrange(100, 2000) / 100:.2f}",
        share=f"{random.randrange(10, 300) / 10:.1f}",
        many=random.randrange(1000, 90000),
        count=random.randrange(20, 900),
        few=random.randrange(2, 90),
        area=random.randrange(100, 9000),
        money=random.randrange(1200, 19000),
    )


def _response(record: dict[str, str]) -> bytes:
    body = "\n".join(f"<p>{line}</p>" for line in record["text"].split("\n"))
    links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in _LINKS)
    page = _PAGE.format(**record, body=body, links=links).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    header = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:x-{record['id']}>\r\nWARC-Target-URI: {record['url']}\r\n"
        f"WARC-Date: 2021-01-01T00:00:00Z\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return header.encode() + http + b"\r\n\r\n"


def _member(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    if path.suffix == ".gz":
        return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile(path, "wb", compresslevel=6, mtime=0))
    return path.open("wb")
