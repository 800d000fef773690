"""Small texts for the audit's rules: what each rule must find fault with, and what it must leave alone.

Rule, text, and the finding expected: severity and a part of the message, or none. Facts are invented.
"""

# ruff: noqa: E501
from __future__ import annotations

Expected = tuple[str, str] | None

CASES: list[tuple[str, str, Expected]] = [
    # --- parts against their total
    ("parts_total", "Huyện mở 14 lớp (Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp).", ("error", "8 + 3 + 2 = 13")),
    ("parts_total", "Huyện mở 13 lớp (Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp).", None),
    ("parts_total", "Huyện mở 14 lớp (tiêu biểu là Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp).", None),
    ("parts_total", "Có 12 ca mắc (A Lưới: 05; Phú Vang: 03; Nam Đông, Phong Điền mỗi huyện 02 ca).", None),
    ("parts_total", "Tổng số 90 công trình, gồm: giao thông 40 công trình; thủy lợi 30 công trình; y tế 30 công trình.", ("error", "= 100")),
    ("parts_total", "Tổng số 100 công trình, trong đó: giao thông 40 công trình; y tế 30 công trình.", None),
    ("parts_total", "Tổng số 60 công trình, trong đó: giao thông 40 công trình; y tế 30 công trình.", ("error", "= 70")),
    ("parts_total", "Tổng số 100 công trình, trong đó: giao thông 40 công trình; lĩnh vực khác 30 công trình.", ("error", "= 70")),
    ("parts_total", "Có 60 hộ nghèo, trong đó có 40 hộ dân tộc thiểu số, 30 hộ có người khuyết tật.", None),
    ("parts_total", "Kinh phí 643.451 triệu đồng, gồm ngân sách tỉnh 569.284 triệu đồng và ngân sách huyện 74.168 triệu đồng.", ("warning", "rounding")),
    ("parts_total", "Kinh phí 7 tỷ 350 triệu đồng (ngân sách tỉnh 7.000 triệu đồng; nguồn khác 350 triệu đồng).", None),
    ("parts_total", "Tạo việc làm cho 500 lao động, cụ thể: (1) Xã Tân Lập: 200 lao động (nữ: 90 người). (2) Xã Phú Thịnh: 250 lao động; (3) Xã Minh Sơn: 90 lao động.", ("error", "200 + 250 + 90 = 540")),
    ("parts_total", "Huy động 100 người (quân đội 40, công an 30, dân quân 20).", ("error", "40 + 30 + 20 = 90")),
    ("parts_total", "Trồng 612 ha, trong đó: xoài 548 ha, mít 31 ha, cây khác 33 ha; có 214,6 ha được cấp mã số.", None),
    ("parts_total", "Sơ tán 30 hộ/110 khẩu, cụ thể: Tân Lập 12 hộ/40 khẩu; Phú Thịnh 18 hộ/75 khẩu.", ("error", "40 + 75 = 115")),
    ("parts_total", "Tổng chi: 90,5 tỷ đồng, gồm:\n- Chi đầu tư: 40,5 tỷ đồng;\n- Chi thường xuyên: 45,5 tỷ đồng;\n- Dự phòng: 5,5 tỷ đồng.", ("error", "= 91,5")),
    ("parts_total", "Tổng chi: 91,5 tỷ đồng, gồm:\n- Chi đầu tư: 40,5 tỷ đồng;\n- Chi thường xuyên: 45,5 tỷ đồng;\n- Dự phòng: 5,5 tỷ đồng.\n- Thu khác 12 tỷ đồng.", None),
    ("parts_total", "Trình độ: sơ cấp 60/195 người (30,8%), trung cấp 130/195 người (66,7%), cao cấp 06/195 người (3,1%).", ("error", "= 196")),
    # --- a ratio against its percentage
    ("ratio_percent", "Đã có 04/195 người (đạt 2,5%).", ("error", "04/195 người = 2,05 %, the report says 2,5%")),
    ("ratio_percent", "Đã có 04/195 người (đạt 2,05%).", None),
    ("ratio_percent", "Đã có 2/3 xã, đạt 66,66%.", None),
    ("ratio_percent", "Tỷ lệ là 5.566/21.051 học sinh = 26,54%.", ("error", "26,44 %")),
    ("ratio_percent", "Đào tạo 15.325 người/KH 11.500 người, đạt 123,26% KH.", ("error", "133,26 %")),
    ("ratio_percent", "Đào tạo 15.325 người/KH 11.500 người, đạt 133,26% KH.", None),
    ("ratio_percent", "Có 15/17 xã, đạt 100% kế hoạch.", None),
    ("ratio_percent", "Có 15/17 xã, tăng 5% so với năm trước.", None),
    ("ratio_percent", "Diện tích đạt 55% kế hoạch (520/1.000 ha).", ("error", "52,00 %")),
    ("ratio_percent", "Diện tích đạt 52% kế hoạch (520/1.000 ha).", None),
    ("ratio_percent", "Đã trồng 500 ha, đạt 120% kế hoạch (400 ha).", ("error", "500 ha of 400 ha = 125,00 %")),
    ("ratio_percent", "Đã trồng 500 ha, tăng 20% kế hoạch (400 ha).", None),
    ("ratio_percent", "Kế hoạch giao 500 ha, thực hiện 450 ha, đạt 95%.", ("error", "90,00 %")),
    ("ratio_percent", "Kế hoạch giao 500 ha, thực hiện 450 ha, đạt 90%.", None),
    # --- a count against its percentage of a stated total
    ("count_percent", "Trong tổng số 250 hộ, có 120 hộ nghèo, chiếm 45%.", ("error", "48,00 %")),
    ("count_percent", "Có 15 xã đạt chuẩn trên tổng số 20 xã, đạt 75%.", None),
    ("count_percent", "Còn 1.322 hộ nghèo, chiếm 3,58% trên tổng số 51.240 hộ.", ("error", "2,58 %")),
    ("count_percent", "Còn 1.322 hộ nghèo, chiếm 2,58% trên tổng số 51.240 hộ.", None),
    ("count_percent", "Tổng số phòng học là 490 phòng (trong đó kiên cố 265 phòng, chiếm 58,04%).", ("error", "54,08 %")),
    ("count_percent", "Toàn huyện có 9.000 hộ, trong đó 900 hộ nghèo (10%) và 450 hộ cận nghèo (5,5%).", ("error", "450 hộ cận nghèo")),
    ("count_percent", "Toàn huyện có 9.000 hộ, trong đó 900 hộ nghèo, đạt 95% kế hoạch.", None),
    # --- a change against its levels
    ("change_levels", "Tỷ lệ hộ nghèo giảm 10,41%, từ 60,95% xuống còn 51,54%.", ("error", "60,95 - 51,54 = 9,41")),
    ("change_levels", "Tỷ lệ hộ nghèo giảm 10,41%, từ 60,95% xuống còn 50,54%.", None),
    ("change_levels", "Thu nhập tăng từ 40 triệu đồng năm 2022 lên 50 triệu đồng, tăng 25%.", None),
    ("change_levels", "Số hộ nghèo giảm từ 400 hộ xuống còn 300 hộ, giảm 110 hộ.", ("error", "400 - 300 = 100")),
    ("change_levels", "Tỷ lệ đạt 93,8% (tăng 2% so với năm 2022 (91,8%)).", None),
    ("change_levels", "Tăng 110 hộ so với năm 2022 (từ 400 hộ lên 520 hộ).", ("error", "520 - 400 = 120")),
    # --- a share of the plan
    ("plan_share", "Tỷ lệ giảm 10,41%, đạt 130,1% so với kế hoạch.\nKết quả đạt 10,41% (KH năm 2023: 9,61%).", ("error", "108,32 %")),
    ("plan_share", "Tỷ lệ giảm 10,41%, đạt 108,3% so với kế hoạch.\nKết quả đạt 10,41% (KH năm 2023: 9,61%).", None),
    ("base_share", "Kế hoạch vốn năm 2023 là 4.000 triệu đồng. Đã giải ngân 3.000 triệu đồng, đạt 85% kế hoạch vốn.", ("error", "75,00 %")),
    ("base_share", "Kế hoạch vốn năm 2023 là 4.000 triệu đồng. Đã giải ngân 3.000 triệu đồng, đạt 75% kế hoạch vốn.", None),
    # --- bounds
    ("criteria_maximum", "Xã đạt 20/19 tiêu chí.", ("error", "20/19")),
    ("criteria_maximum", "Huyện đạt 9/9 tiêu chí; xã đạt 13/19 tiêu chí.", None),
    ("criteria_maximum", "Xã hoàn thành 05/03 tiêu chí theo kế hoạch.", None),
    ("subset_whole", "Có 52 trường, trong đó 61 trường đạt chuẩn.", ("error", "61 trường")),
    ("subset_whole", "Trồng 100 ha rừng, trong đó 30 ha phòng hộ; bảo vệ 900 ha.", None),
    ("share_above_100", "Hộ nghèo dân tộc thiểu số chiếm 184,6% tổng số hộ nghèo.", ("error", "184,6%")),
    ("share_above_100", "Thu ngân sách đạt 126,3% dự toán.", None),
    # --- lists
    ("listed_count", "Huyện đạt 5/8 tiêu chí, gồm: Giao thông, nhà ở, y tế, thu nhập, môi trường, hành chính công.", ("error", "6 are listed")),
    ("listed_count", "Huyện đạt 5/8 tiêu chí, gồm: Giao thông, nhà ở, y tế, thu nhập và hành chính công.", None),
    ("listed_count", "Xã còn 3 tiêu chí: Thu nhập, trường học, lao động và việc làm.", None),
    ("listed_count", "Xã đạt 3 tiêu chí, gồm: Tiêu chí 3 (Thủy lợi); Tiêu chí 4 (Điện).", ("error", "2 are listed")),
    ("listed_count", "Xã còn thiếu 4 tiêu chí, như: Giao thông, trường học, thu nhập.", None),
    # --- dates and documents
    ("impossible_date", "Đến hết ngày 31/11/2022 đã giải ngân xong.", ("error", "31/11/2022")),
    ("impossible_date", "Kế hoạch ngày 28/0/2023 của Sở.", ("error", "28/0/2023")),
    ("impossible_date", "Từ ngày 29/02/2024 đến ngày 30 tháng 9 năm 2024.", None),
    ("impossible_date", "Đến ngày 31 tháng 6 năm 2024.", ("error", "31 tháng 6")),
    ("date_out_of_range", "Năm 2023 và năm 2023: ước thực hiện đến hết 31/01/2014 giải ngân xong.", ("error", "2014")),
    ("date_out_of_range", "Năm 2023 và năm 2023: đến 31/12/2014 có 12 xã.", None),
    ("reference_dates", "Nghị quyết số 20-NQ/TU ngày 24/5/2019 của Tỉnh ủy; Nghị quyết số 20-NQ/TU ngày 24/3/2019 của Tỉnh ủy.", ("error", "24/5/2019 and 24/3/2019")),
    ("reference_dates", "Kế hoạch số 12/KH-UBND ngày 24/5/2022 của UBND tỉnh; Kế hoạch số 12/KH-UBND ngày 11/3/2023 của UBND tỉnh.", None),
    ("reference_dates", "Quyết định số 318/QĐ-TTg ngày 08/3/2022 và Quyết định số 318/QĐ-TTg ngày 08/3/2021.", ("error", "8/3/2022 and 8/3/2021")),
    ("reference_year", "Nghị định số 116/2018/NĐ-CP ngày 07/9/2019 của Chính phủ.", ("error", "of 2018")),
    ("reference_year", "Nghị định số 116/2018/NĐ-CP ngày 07/9/2018 của Chính phủ.", None),
    ("symbol_issuer", "Quyết định số 1509/QĐ-BCT ngày 12/8/2021 của Thủ tướng Chính phủ.", ("error", "Bộ Công Thương")),
    ("symbol_issuer", "Quyết định số 1719/QĐ-TTg ngày 14/10/2021 của Chính phủ.", ("warning", "Thủ tướng")),
    ("symbol_issuer", "Quyết định số 1719/QĐ-TTg ngày 14/10/2021 của Thủ tướng Chính phủ.", None),
    # --- the text itself
    ("section_numbers", "I. KẾT QUẢ\n1. Trồng trọt\nTốt.\n3. Chăn nuôi\n3.1. Trâu bò\nTốt.\n3.2. Lợn\nTốt.\nII. NHIỆM VỤ\n", ("warning", "2 is missing")),
    ("section_numbers", "I. KẾT QUẢ\n1. Trồng trọt\nTốt.\n2. Chăn nuôi\nTốt.\nII. NHIỆM VỤ\n1. Chung\nTốt.\n", None),
    ("section_numbers", "I. KẾT QUẢ\nTốt.\nII. TỒN TẠI\nÍt.\nII. NHIỆM VỤ\nNhiều.\nIII. KIẾN NGHỊ\nKhông.\n", ("warning", "two sections are numbered II")),
    ("missing_amount", "Gồm: (1) Tân Lập có 09 dự án với tổng mức đầu tư 9.101 triệu đồng; (2) Phú Thịnh có 07 dự án với tổng mức đầu tư; (3) khác.", ("error", "07 dự án")),
    ("missing_amount", "Bố trí vốn phù hợp với tổng mức đầu tư.", None),
    ("missing_amount", "Tỷ lệ giải ngân đạt … % kế hoạch.", ("error", "missing")),
    ("place_spelling", "Tại xã La Pan Tẩn, huyện Mường Khương, tỉnh Lào Cai có 5 hộ; xã La Pan Tẩn đã xong; xã La Pán Tẩn chưa xong.", ("warning", "La Pán Tẩn")),
    ("place_spelling", "Tại xã La Pan Tẩn, huyện Mường Khương, tỉnh Lào Cai; thị trấn Mường Khương.", None),
]  # fmt: skip
