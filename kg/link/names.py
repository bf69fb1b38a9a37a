"""Forms that the name of a division takes: short, related, and English; rules on characters, no gazetteer.

The lists hold closed vocabulary: the 56 nationalities with the spellings of GB/T 3304, the endings of the Organic Law's
levels, and readings of place names that differ from the reading of their characters elsewhere.
"""

import re
from functools import cache
from itertools import accumulate, pairwise

from kg.model import Kind
from kg.pinyin import join_syllables, own_reading

#: Nationalities as they stand in names of autonomous divisions, with 族 left out, and their English names (GB/T 3304).
NATIONALITIES = {
    "蒙古": "Mongol", "回": "Hui", "藏": "Tibetan", "维吾尔": "Uygur", "苗": "Miao", "彝": "Yi", "壮": "Zhuang",
    "布依": "Bouyei", "朝鲜": "Korean", "满": "Manchu", "侗": "Dong", "瑶": "Yao", "白": "Bai", "土家": "Tujia",
    "哈尼": "Hani", "哈萨克": "Kazak", "傣": "Dai", "黎": "Li", "傈僳": "Lisu", "佤": "Va", "畲": "She",
    "高山": "Gaoshan",
    "拉祜": "Lahu", "水": "Sui", "东乡": "Dongxiang", "纳西": "Naxi", "景颇": "Jingpo", "柯尔克孜": "Kirgiz",
    "土": "Tu", "达斡尔": "Daur", "仫佬": "Mulao", "羌": "Qiang", "布朗": "Blang", "撒拉": "Salar", "毛南": "Maonan",
    "仡佬": "Gelao", "锡伯": "Xibe", "阿昌": "Achang", "普米": "Pumi", "塔吉克": "Tajik", "怒": "Nu",
    "乌孜别克": "Uzbek",
    "俄罗斯": "Russian", "鄂温克": "Ewenki", "德昂": "Deang", "保安": "Bonan", "裕固": "Yugur", "京": "Jing",
    "塔塔尔": "Tatar", "独龙": "Derung", "鄂伦春": "Oroqen", "赫哲": "Hezhen", "门巴": "Monba", "珞巴": "Lhoba",
    "基诺": "Jino", "各": "Multi-Ethnic",
}  # fmt: skip

#: Usual abbreviations that no rule gives.
ABBREVIATIONS = {
    "科尔沁右翼前旗": ("科右前旗",), "科尔沁右翼中旗": ("科右中旗",), "科尔沁左翼中旗": ("科左中旗",),
    "科尔沁左翼后旗": ("科左后旗",), "喀喇沁左翼蒙古族自治县": ("喀左县", "喀左"), "察哈尔右翼前旗": ("察右前旗",),
    "察哈尔右翼中旗": ("察右中旗",), "察哈尔右翼后旗": ("察右后旗",), "土默特左旗": ("土左旗",),
    "土默特右旗": ("土右旗",),
    "达尔罕茂明安联合旗": ("达茂旗",), "鄂托克前旗": ("鄂前旗",), "莫力达瓦达斡尔族自治旗": ("莫旗",),
    "围场满族蒙古族自治县": ("围场县", "围场"), "前郭尔罗斯蒙古族自治县": ("前郭县", "前郭"),
    "杜尔伯特蒙古族自治县": ("杜蒙县", "杜蒙"), "阜新蒙古族自治县": ("阜蒙县",),
    "塔什库尔干塔吉克自治县": ("塔县", "塔什库尔干县", "塔什库尔干"),
    "察布查尔锡伯自治县": ("察县", "察布查尔县", "察布查尔"),
    "积石山保安族东乡族撒拉族自治县": ("积石山县", "积石山"), "伊犁哈萨克自治州": ("伊犁州", "伊犁"),
    "巴音郭楞蒙古自治州": ("巴州", "巴音郭楞州", "巴音郭楞"),
    "克孜勒苏柯尔克孜自治州": ("克州", "克孜勒苏州", "克孜勒苏"),
    "博尔塔拉蒙古自治州": ("博州", "博尔塔拉州", "博尔塔拉"),
}  # fmt: skip

_NATIONALITY = "|".join(sorted(NATIONALITIES, key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"^(?P<stem>.*?)(?P<who>(?:(?:{_NATIONALITY})族?)*)自治(?P<level>[区州县旗])$")
_ETHNIC_TOWNSHIP = re.compile(rf"^(?P<stem>.+?)(?P<who>(?:(?:{_NATIONALITY})族)+)乡$")
_ONE_NATIONALITY = re.compile(rf"(?:{_NATIONALITY})族?")
_ENDINGS = {
    Kind.PROVINCE: ("特别行政区", "自治区", "省", "市"),
    Kind.PREFECTURE: ("地区", "市", "盟"),
    Kind.COUNTY: ("林区", "特区", "新区", "市", "县", "区", "旗"),
    Kind.TOWNSHIP: ("街道办事处", "街道", "地区", "镇", "乡"),
    Kind.VILLAGE: ("社区", "村"),
}
#: Shorter names say too little: 环县 is never 环.
SHORTEST_FORM = 2


def short_forms(name: str, kind: Kind) -> tuple[str, ...]:
    """Return the usual shorter forms of a full name, the longest first, without the name itself.

    >>> short_forms("甘谷县", Kind.COUNTY), short_forms("沿河土家族自治县", Kind.COUNTY)
    (('甘谷',), ('沿河县', '沿河'))
    >>> short_forms("环县", Kind.COUNTY)
    ()
    >>> short_forms("黔西南布依族苗族自治州", Kind.PREFECTURE), short_forms("东乡族自治县", Kind.COUNTY)
    (('黔西南州', '黔西南'), ('东乡县', '东乡'))
    """
    if name in ABBREVIATIONS:
        return ABBREVIATIONS[name]
    if autonomous := _AUTONOMOUS.match(name):
        stem, _ = _stem_and_nationalities(autonomous)
        level = "" if kind is Kind.PROVINCE else autonomous["level"]
        forms = (stem + level, stem) if level else (stem,)
    elif ethnic := _ETHNIC_TOWNSHIP.match(name):
        forms = (f"{ethnic['stem']}乡", ethnic["stem"])
    else:
        forms = (strip_ending(name, kind),)
    return tuple(form for form in forms if form != name and len(form) >= SHORTEST_FORM)


def _stem_and_nationalities(autonomous: re.Match[str]) -> tuple[str, str]:
    """Return the stem of an autonomous division and its nationalities; 东乡 and 内蒙古 are stems themselves."""
    stem, who = autonomous["stem"], autonomous["who"]
    return (stem, who) if len(stem) >= SHORTEST_FORM else ((stem + who).removesuffix("族"), "")


def strip_ending(name: str, kind: Kind) -> str:
    """Return a name without the word for its level; unchanged where it has none.

    >>> strip_ending("大庄镇", Kind.TOWNSHIP), strip_ending("金承社区", Kind.VILLAGE)
    ('大庄', '金承')
    """
    for ending in _ENDINGS.get(kind, ()):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def related_forms(name: str, kind: Kind) -> tuple[str, ...]:
    """Return names that the same place may have borne before or after a change of its status, the likeliest first.

    A village becomes a community, a township becomes a town and then a street; counties become cities and districts.

    >>> related_forms("金承村", Kind.VILLAGE), related_forms("靖西县", Kind.COUNTY)
    (('金承社区', '金承'), ('靖西市', '靖西区'))
    """
    stem = strip_ending(name, kind)
    if stem == name or (kind is not Kind.VILLAGE and len(stem) < SHORTEST_FORM):
        return ()
    endings = {
        Kind.COUNTY: ("市", "区", "县"),
        Kind.TOWNSHIP: ("镇", "乡", "街道", "地区", "街道办事处"),
        Kind.VILLAGE: ("村", "社区", ""),
    }.get(kind, ())
    return tuple(stem + ending for ending in endings if stem + ending != name)


# ---- English ---------------------------------------------------------------------------------------------------------

#: Established English names, and readings that a dictionary of words does not give.
ENGLISH_STEMS = {
    "内蒙古": "Inner Mongolia", "西藏": "Xizang", "陕西": "Shaanxi", "香港": "Hong Kong", "澳门": "Macao",
    "台湾": "Taiwan", "哈尔滨": "Harbin", "乌鲁木齐": "Urumqi", "呼和浩特": "Hohhot", "拉萨": "Lhasa",
    "喀什": "Kashgar",
    "和田": "Hotan", "阿克苏": "Aksu", "伊犁": "Ili", "吐鲁番": "Turpan", "鄂尔多斯": "Ordos", "日喀则": "Xigaze",
    "林芝": "Nyingchi", "山南": "Shannan", "那曲": "Nagqu", "昌都": "Qamdo", "阿里": "Ngari", "甘孜": "Garze",
    "阿坝": "Ngawa", "六安": "Lu'an", "六合": "Luhe", "台州": "Taizhou", "丽水": "Lishui", "蚌埠": "Bengbu",
    "亳州": "Bozhou", "涡阳": "Guoyang", "枞阳": "Zongyang", "歙": "She", "黟": "Yi", "单": "Shan", "莘": "Shen",
    "蔚": "Yu", "浚": "Xun", "洪洞": "Hongtong", "繁峙": "Fanshi", "东阿": "Dong'e", "费": "Fei", "铅山": "Yanshan",
    "大埔": "Dabu", "番禺": "Panyu", "尉氏": "Weishi", "尉犁": "Yuli", "泌阳": "Biyang", "中牟": "Zhongmu",
    "长垣": "Changyuan", "宕昌": "Tanchang", "犍为": "Qianwei", "筠连": "Junlian", "荥经": "Yingjing",
    "荥阳": "Xingyang", "巴音郭楞": "Bayingolin", "博尔塔拉": "Bortala", "克孜勒苏": "Kizilsu", "锡林郭勒": "Xilingol",
    "阿拉善": "Alxa", "兴安": "Xing'an", "洪湖": "Honghu", "乐亭": "Laoting", "监利": "Jianli", "华县": "Huaxian",
    "吴堡": "Wubu", "铜鼓": "Tonggu", "黄陂": "Huangpi", "郫都": "Pidu", "岢岚": "Kelan", "沁": "Qin",
    "长乐": "Changle", "会稽": "Kuaiji", "康巴什": "Hia Bagx", "重庆": "Chongqing", "厦门": "Xiamen",
}  # fmt: skip

_ENGLISH_ENDINGS = (
    ("特别行政区", "Special Administrative Region"), ("街道办事处", "Subdistrict"), ("街道", "Subdistrict"),
    ("自然村", "Village"), ("社区", "Community"), ("林区", "Forestry District"), ("特区", "Special District"),
    ("地区", "Prefecture"), ("省", "Province"), ("市", "City"), ("盟", "League"), ("县", "County"), ("旗", "Banner"),
    ("区", "District"), ("镇", "Town"), ("乡", "Township"), ("村", "Village"),
)  # fmt: skip
_ENGLISH_AUTONOMOUS = {"区": "Region", "州": "Prefecture", "县": "County", "旗": "Banner"}
#: Municipalities and autonomous regions whose plain name is the usual English one.
_NO_ENGLISH_ENDING = frozenset({"北京市", "天津市", "上海市", "重庆市", "香港特别行政区", "澳门特别行政区"})


def english_name(name: str) -> str:
    """Return the English name of a division by rule: reading of its stem, then the word for its level.

    >>> english_name("甘谷县"), english_name("天水市"), english_name("东乡族自治县"), english_name("西安市")
    ('Gangu County', 'Tianshui City', 'Dongxiang Autonomous County', "Xi'an City")
    >>> english_name("三合回族乡")
    'Sanhe Hui Ethnic Township'
    """
    if name in _NO_ENGLISH_ENDING:
        return english_stem(strip_ending(name, Kind.PROVINCE))
    if autonomous := _AUTONOMOUS.match(name):
        stem, who = _stem_and_nationalities(autonomous)
        return " ".join(
            [english_stem(stem), *nationalities(who), "Autonomous", _ENGLISH_AUTONOMOUS[autonomous["level"]]]
        )
    if ethnic := _ETHNIC_TOWNSHIP.match(name):
        return " ".join([english_stem(ethnic["stem"]), *nationalities(ethnic["who"]), "Ethnic Township"])
    for ending, english in _ENGLISH_ENDINGS:
        if name.endswith(ending) and name != ending:
            return f"{english_stem(name.removesuffix(ending))} {english}"
    return english_stem(name)


def nationalities(words: str) -> list[str]:
    """Return the English names of the nationalities in a run like 布依族苗族."""
    return [NATIONALITIES[found.removesuffix("族")] for found in _each_nationality(words)]


def _each_nationality(words: str) -> list[str]:
    """Return the nationalities in a run, each with its 族 where it has one."""
    return _ONE_NATIONALITY.findall(words)


@cache
def english_stem(stem: str) -> str:
    """Return the reading of a name in Latin letters without tones, with the apostrophes of ISO 7098."""
    if stem in ENGLISH_STEMS:
        return ENGLISH_STEMS[stem]
    return join_syllables(own_reading(stem, umlauts=True))


# ---- Pinyin ----------------------------------------------------------------------------------------------------------

#: Words for the level of a division, which are written apart.
_LEVEL_WORDS = ("自然村", *(ending for endings in _ENDINGS.values() for ending in endings))


def pinyin_name(name: str) -> str:
    """Return a place's name in pinyin without tones: stem, nationalities and level are words of their own (ISO 7098).

    >>> pinyin_name("甘谷县"), pinyin_name("吕梁市"), pinyin_name("宕昌县"), pinyin_name("三塘")
    ('Gangu Xian', 'Lüliang Shi', 'Tanchang Xian', 'Santang')
    >>> pinyin_name("黔西南布依族苗族自治州"), pinyin_name("东乡族自治县"), pinyin_name("四会市")
    ('Qianxinan Buyizu Miaozu Zizhizhou', 'Dongxiangzu Zizhixian', 'Sihui Shi')
    >>> pinyin_name("西藏自治区"), pinyin_name("三合回族乡"), pinyin_name("青石崖自然村")
    ('Xizang Zizhiqu', 'Sanhe Huizu Xiang', 'Qingshiya Zirancun')
    """
    syllables = own_reading(name, umlauts=True)
    if len(syllables) != len(name):
        return ""  # letters or digits in the name: read in no one way
    ends = list(accumulate(map(len, _written_apart(name))))
    return " ".join(join_syllables(syllables[start:end]) for start, end in pairwise((0, *ends)))


def _written_apart(name: str) -> list[str]:
    """Return the parts of a name that are words of their own, in order."""
    if autonomous := _AUTONOMOUS.match(name):
        level = f"自治{autonomous['level']}"
        if len(autonomous["stem"]) < SHORTEST_FORM:
            return [name.removesuffix(level), level]
        return [autonomous["stem"], *_each_nationality(autonomous["who"]), level]
    if ethnic := _ETHNIC_TOWNSHIP.match(name):
        return [ethnic["stem"], *_each_nationality(ethnic["who"]), "乡"]
    level = next((level for level in _LEVEL_WORDS if name.endswith(level) and name != level), "")
    return [part for part in (name.removesuffix(level), level) if part]
