"""Texts that programs stumble over: empty, huge, nested, not quite text, not quite numbers."""

ODD = [
    "", " ", "\x00", "\x00" * 50, "\ufeff", "\ufffd", "\u202e reversed", "Z\u0301" + "\u0301" * 500, "ﷺ" * 20, "𝕋𝕖𝕩𝕥", "👩‍👩‍👧‍👦" * 30,
    "NULL", "null", "undefined", "None", "NaN", "Infinity", "-1", "1e999", "0x1F", "1/0", "true", "' OR '1'='1", "'; DROP TABLE x;--",
    '" AND NEAR(', "*", "%s%s%n", "{{ 7*7 }}", "{% url 'x' %}", "${7*7}", "../../etc/passwd", "C:\\CON", "<!--#exec -->", "\r\nSet-Cookie: a=b",
    "a" * 5_000, "[" * 5_000, "(" * 5_000, "- " * 3_000, "> " * 2_000, "\n" * 3_000, "` " * 2_000, "|" * 3_000, "ا" * 100, "ｆｕｌｌ", "١٢٣", "०१२",
]  # fmt: skip
