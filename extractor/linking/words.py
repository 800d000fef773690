"""The words that open, close, link and head a noun phrase of Vietnamese administrative prose: lexicons, all lower case.

Written for this project from the register of administrative reports. Single words are Vietnamese syllables as written.
"""

from __future__ import annotations


def _phrases(listed: str) -> list[str]:
    """The phrases of a list in which `|` stands between them."""
    return [" ".join(phrase.split()) for phrase in listed.split("|")]


TRAILING = frozenset(
    """
    " % * + , - . / : ; < = > bao bình bằng bởi cao chiếm cho chung chưa chỉ chừng cuối các còn có cả cỡ cụ của
    do duy dưới giảm giữ gần gồm hiện hoặc hàng hơn hằng hết khoản khoảng khá không km là làm lên lượng m mạnh
    mỗi một mới nay nhanh nhiều như nhưng nhất những nâng năm phải quá ra riêng sang sau so sẽ theo thiểu tháng
    thêm thì thấp thể tiếp toàn trong trung trên trì trước trở tính tăng tương tại tối tới tục tức từ tử và vào
    vì vượt vẫn với xuống xấp xỉ ~ ± ít đ đa đang đã đó đưa đương được đạt đầu đến đều để ước ở ứng – “ ” … ≈ ≤
    ≥ x cùng
    """.split()
)
"""Words that link a noun phrase to its figure; stripped from the end of what stands before the figure."""

LEADING = frozenset(
    """
    " * + , - . : ; bao bên bình bước chia chủ cuối các còn có cũng cạnh cạnh, cả cụ của do dự giảm giữ gồm hay
    hiện hoặc hết khi kiến kết là lượt lần mà mới nay nay, ngoài nhiên nhiên, như nhưng nhất nhờ những nâng năm,
    nữa phấn qua quả ra ra, riêng so sẽ số: theo thì thể thời thời, tiếp toàn trong tuy tính tăng tại tục tức từ
    và vẫn vậy vậy, về với yếu đang đã đó đó, đưa được đấu đầu đến đối đồng ước ở – “ ” •
    """.split()
)
"""Words that open a clause but no noun phrase; stripped from its start."""

LEVELS = frozenset(
    """
    buôn bàn bản các huyện khu làng phường phố quận thành thôn thị tp trấn tx tỉnh xã xóm địa ấp
    """.split()
)
"""Words of administrative units, and `địa bàn`, before a place name."""

AREAS = frozenset(
    """
    buôn bản huyện khu làng phường quận thôn tỉnh xã xóm ấp
    """.split()
)
"""Units of area that a clause opens with (`xã đạt …`)."""

AREA_UNITS = frozenset(
    """
    buôn bản huyện hồ khu làng phường quận thôn tỉnh tổ xã xóm đơn địa ấp
    """.split()
)
"""Units of a count inside a phrase (`tại 10 xã`) that say where, not what."""

TO_COUNT = frozenset(
    """
    bàn bình cho các của quân thuộc trên tại địa ở
    """.split()
)
"""Words that lead from a phrase to a count of areas inside it."""

EMBED = frozenset(
    """
    bàn cho các của qua quân thuộc toàn trong trên tại từ với đối ở
    """.split()
)
"""Words before a count that make it a part of the phrase around it."""

BEFORE_DATE = frozenset(
    """
    cuối cả của giờ giữa hết hồi kể lúc ngày năm qua sang sáng tháng thời trong tính tại từ vào điểm đầu đến ước
    """.split()
)
"""Words that go with a date and are left out with it."""

AFTER_STOP = frozenset(
    """
    bằng cao chiếm cũng do giảm gấp hiện hoàn hàng hằng là lên lần mà mỗi nhưng nhằm nâng nên năm nữa qua riêng
    sau so theo thuộc tháng thì thấp trong trên trước trở tăng tương tại từ và vào vì vượt với đạt đến đều để
    đối ước ở
    """.split()
)
"""Words behind a figure that do not go on naming what it counts."""

AFTER_TAIL = frozenset(
    """
    bằng bởi cho còn có của do gồm là mà như nhưng theo trong trên tại từ và vào về với đã được đạt đến để ở
    """.split()
) | {"thực"}
"""Function words that no phrase behind a figure ends in."""

PREDICATE = frozenset(
    """
    bằng chiếm do giảm gồm hiện là mà nhưng nâng nên năm qua sau so theo thuộc thì trong trên trước tăng tại từ
    và vào vì với đạt đến để ước
    """.split()
)
"""Words at which the phrase behind a count gives way to what is said of it."""

VERBS = frozenset(
    """
    ban bắt bị bố bồi chi cho chỉ cấp cứu cử giao giúp giải giảm hoàn huy hướng hỗ in khai khoanh khám khởi kiểm
    kết luân lập miễn mở nâng phun phát phân phẫu quyên rà sơ sử sửa tham thu thành thực tiêm tiếp tiết trao triển
    trồng trợ tuyên tuyển tăng tặng tổ vay viết vận xây xử điều đào đóng đưa đạt đầu đề ủng
    """.split()
)
"""First syllables of the verbs of action of reports (`hỗ trợ`, `đào tạo`): they name no quantity."""

ACTIONS = frozenset("xử phạt miễn giảm chi hỗ trợ cấp đào dạy bồi khám thăm tặng trao vay xóa xoá sửa".split())
"""First syllables of what is done to things or people for a sum: `xử phạt 27 trường hợp, số tiền …`."""

IDLE = frozenset(
    """
    có cũng cụ gồm hiện kết thực tiến toàn triển tổ đã được
    """.split()
)
"""Words that a clause opens with and that say nothing about what is counted."""

RATE_VERBS = frozenset(
    """
    che giải giảm huy lấp sử tham thiếu thu tiêm tăng tốt đạt
    """.split()
)
"""First syllables of the verbs that a rate may be of (`tỷ lệ huy động trẻ`); items of its list share them."""

PERSONS = frozenset(
    """
    bệnh cháu cán công em giáo học hộ hội khách khẩu lao lượt người nhân phụ sinh thành thí trường_hợp trẻ đoàn
    đảng đối
    """.split()
)
"""First words of units that count people: the receivers of a sum, not what it is for."""

MEASURES = frozenset(
    """
    bộ chiếc cm con cái cây công g gam giường giờ gw ha kg km km2 kmh kva kw kwh liều lít lượt lần m m2 m3 m3/s
    ml mm mw mwh m² m³ mét sào triệu tạ tấn tỷ usd vạn yến điểm độ
    """.split()
)
"""Units that measure or classify: the thing measured stands elsewhere."""

BETWEEN = frozenset(
    """
    01 bình cao chung chỉ chừng cùng cũng cộng dưới dần gần hoạch hàng hơn hằng hẳn khoảng khá không kế kể kỳ
    kỳ, liền là lũy lượt lần mạnh mỗi mới mức ngược nhanh nhiều nhất nhẹ năm năm, phải quá quân quý ra ròng rõ
    rệt so sâu số thiểu tháng thêm thấp thực tiêu trung trên trước trưởng tương tế tối tổng tới từ và vượt với
    xấp xỉ ít đa đi đáng đương được đạt đầu đề định ước ổn ở ứng ≥ ≤ > < ~ ± ≈
    """.split()
)
"""Words that may stand between a verb of change and its amount."""

PLANS = frozenset(
    _phrases("""
    chỉ tiêu | chỉ tiêu giao | chỉ tiêu kế hoạch | chỉ tiêu nghị quyết | chỉ tiêu đề | dự toán | dự toán giao |
    kh | kh giao | kh năm | kế hoạch | kế hoạch giao | kế hoạch năm | mtđh | mục tiêu | mục tiêu kế hoạch | mục
    tiêu nghị quyết | nghị quyết | nq
""")
)
"""Phrases that call a figure the plan of what was named before, and name nothing themselves."""

GENERIC = frozenset(
    _phrases("""
    bình quân | chi | diện tích | doanh thu | dư nợ | giá bình quân | giá trị | giá trị sản xuất | giải ngân |
    khái toán kinh phí | kinh phí | kinh phí hỗ trợ | kinh phí thực hiện | kết quả | mức | mức hỗ trợ | mức đóng
    góp | nguồn vốn | năng suất | năng suất bình quân | quy mô | sản lượng | số | số lượng | số tiền | số vốn |
    thu | trị giá | tỉ lệ | tổng | tổng chi | tổng cộng | tổng diện tích | tổng giá trị | tổng kinh phí | tổng
    kinh phí thực hiện | tổng mức | tổng mức đầu tư | tổng nguồn vốn | tổng số | tổng số tiền | tổng số vốn |
    tổng thu | tổng trị giá | tổng vốn | tổng vốn đăng ký | tổng vốn đầu tư | tỷ lệ | tỷ lệ bình quân | tỷ trọng
    | vốn | vốn đăng ký | vốn đầu tư | định mức
""")
)
"""Phrases that name a quantity but not of what; completed from the clause before, the item or the heading."""

PAIRS: dict[str, tuple[str, ...]] = {
    "mức": ("ở", "đạt", "tới", "với", "giữ"),
    "lúc": ("có",),
    "hiện": ("thực",),
    "bàn": ("địa",),
    "thành": ("hoàn",),
    "khai": ("triển",),
    "đó": ("trong",),
    "huyện": ("toàn",),
    "tỉnh": ("toàn", "của"),
    "xã": ("toàn", "của"),
    "phố": ("thành",),
    "nước": ("cả",),
}
"""Words that are stripped before a figure together with one of these words before them (`thực hiện`, `toàn huyện`)."""

KEPT_AFTER: dict[str, tuple[str, ...]] = {
    "chỉ": ("chứng", "địa", "tôn"),
    "cao": ("nâng", "công"),
    "mới": ("thôn", "lập", "nạp", "rừng", "đổi"),
    "mức": ("định",),
    "lượng": ("sản", "số", "khối", "chất", "lực", "trữ", "lưu", "năng"),
    "độ": ("tốc", "mật", "mức"),
    "năm": ("hằng", "hàng"),
    "làm": ("việc",),
    "ứng": ("đáp", "tạm", "cung"),
    "đầu": ("bắt",),
    "thiểu": ("giảm",),
    "chung": ("nói",),
    "tế": ("kinh", "y"),
    "có": ("chưa",),
    "thêm": ("làm",),
    "tục": ("thủ",),
    "ra": ("đề", "đầu"),
    "ở": ("nhà",),
    "khoản": ("tài",),
    "đạt": ("chưa",),
    "nhất": ("thống",),
    "tiếp": ("trực", "gián"),
    "thể": ("tập", "đoàn"),
}
"""Words that stay at the end of a phrase when one of these words stands before them (`nông thôn mới`, `nâng cao`)."""

PLAN_NOUNS = frozenset(
    _phrases(
        "kh | ct | mtđh | nq | kế hoạch | chỉ tiêu | mục tiêu | dự toán | nghị quyết | yêu cầu | quy định | tiêu chuẩn"
    )
)
"""What a plan or norm is called; with `PLAN_WORDS` alone behind it, it names no quantity."""

PLAN_WORDS = frozenset(
    """
    giao năm tỉnh huyện xã trung ương tw vùng đề ra của hđnd ubnd tand được là đảng bộ đại hội cả cấp trên chung
    giảm tăng từ phấn đấu quốc gia khu vực pháp lệnh
    """.split()
)

MOST = frozenset("cao thấp nhiều ít lớn nhỏ".split())
"""First syllables of superlatives (`thấp nhất là`), which name no part."""

POINTERS = frozenset(("số này", "số đó", "số trên", "số còn lại"))
"""What points back to what was counted before."""

QUALITIES = frozenset("chất năng lực trọng dung thương".split())
"""First syllables of the words in `lượng` that name no amount (`chất lượng`, `lực lượng`)."""

DEGREE = "mức đạt "
"""What the degree to which a plan was fulfilled is called: it says nothing of the figures behind it."""

RATE, MONEY, COUNT, MEASURE = 1, 2, 4, 8
ANY = RATE | MONEY | COUNT | MEASURE
"""The kinds of quantity that a head noun can name, as bits."""

HEADS: dict[str, int] = {
    phrase: kinds
    for kinds, listed in (
        (
            RATE,
            """
            cơ cấu | hiệu suất | hệ số | lãi suất | mức giảm | mức tăng | mức độ | tỉ lệ | tỉ suất | tỉ
            trọng | tỷ giá | tỷ lệ | tỷ phần | tỷ trọng | xác suất | độ bao | độ che
            """,
        ),
        (
            MONEY,
            """
            bội chi | chi | chi phí | cước | doanh số | doanh thu | dư nợ | dự phòng | dự toán | giá |
            giải ngân | hạn mức | học phí | khoản | khái toán | kinh phí | kế hoạch | lương
            | lệ phí | lợi nhuận | mức chi | mức hỗ | mức lương | mức phạt | mức thu | mức thưởng | mức
            trợ | mức vay | mức đóng | nguồn kinh | nguồn thu | nguồn vốn | ngân sách | nợ | phí | phụ
            cấp | quyết toán | quỹ | số tiền | thiệt hại | thu | thu ngân | thuế | tiền | tiền lương |
            trị giá | trợ cấp | tạm ứng | tổng chi | tổng doanh | tổng dư | tổng kinh | tổng nguồn |
            tổng thiệt | tổng thu | tổng tiền | tổng trị | tổng vốn | tổng đầu | vay | vốn | vốn đầu |
            định mức
            """,
        ),
        (
            COUNT,
            """
            chỉ tiêu | các tiêu | lực lượng | số lượng | tiêu chí
            """,
        ),
        (
            MEASURE,
            """
            chiều cao | chiều dài | chiều rộng | khối lượng | lưu lượng | lượng | lượng mưa | mật độ |
            mức sinh | mực nước | nhiệt độ | sản phẩm | sản xuất | trữ lượng | tuổi thọ | tổng chiều |
            tổng diện | tổng khối | tổng lượng | tổng đàn | tỷ suất | điện năng | đàn | đỉnh lũ | độ dài
            """,
        ),
        (
            COUNT | MEASURE,
            """
            số
            """,
        ),
        (
            COUNT | MEASURE | MONEY,
            """
            tổng số
            """,
        ),
        (
            ANY,
            """
            bình quân | chỉ số | công suất | diện tích | dung tích | dân số | gdp | giá trị | grdp | kim
            ngạch | mức | mức sống | nhu cầu | năng suất | quy mô | sản lượng | thu nhập | tăng trưởng |
            tốc độ | tổng | tổng giá | tổng mức | tổng sản
            """,
        ),
    )
    for phrase in _phrases(listed)
}
"""First words (one or two) of the noun phrases that name a quantity, with the kinds of quantity they head."""
