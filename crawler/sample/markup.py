"""The middle column of an article page, in the markup of the town's old and new systems."""

import json
from collections.abc import Callable
from html import escape

from crawler.sample.chrome import Moment, Sheet, page, share
from crawler.sample.content import Dated, Form, Opened, Picture, Quirk, Signed, Story, printed
from crawler.sample.muddle import escaped, muddled

Write = Callable[[str], str]
_RIGHT = ' style="text-align:right"'
_CENTRE = ' style="text-align:center"'


def article_page(moment: Moment, story: Story) -> str:
    """The page of a story."""
    head = _head(moment, story)
    main = _FRAMES[story.form](moment, story)
    return page(moment, Sheet(title=_title(moment, story), main=main, path=story.path, head=head, story=story))


def _title(moment: Moment, story: Story) -> str:
    name = moment.newsroom.masthead.name
    if story.form is Form.TABLE:
        return name
    return (
        f"{story.headline} - {story.section.name} - {name}"
        if story.form is Form.FIGURE
        else f"{story.headline} | {name}"
    )


def _head(moment: Moment, story: Story) -> str:
    if story.form is Form.TABLE:
        return f'<base href="{moment.base}" />'
    if story.form is not Form.FIGURE:
        return ""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline}
    if story.dated is not Dated.DAY:
        data["datePublished"] = story.published.isoformat()
    publisher = {"@type": "Organization", "name": moment.newsroom.masthead.publisher}
    author = {"author": publisher} if story.signature.author else {}
    return (
        f'<meta property="og:title" content="{escape(story.headline)}" />\n'
        '<meta property="og:type" content="article" />\n'
        f'<script type="application/ld+json">{json.dumps(data | author, ensure_ascii=False)}</script>'
    )


def _vnpt(moment: Moment, story: Story) -> str:
    return f"""<div class="breadcrumb"><a href="/">Trang chủ</a> »
<a href="{listing_path(story)}">{escape(story.section.name)}</a></div>
<div class="news-detail">
<h1 class="title-news">{_write(story)(story.headline)}</h1>
<div class="info-news"><span class="date-news">{printed(story)}</span>{_updated(story)} {_views(moment, story)}</div>
{_lead(story, '<div class="sapo">{}</div>')}
<div class="content-news">
{_content(story)}
</div>
{_files(story)}
<div id="loading">Loading...</div>
{share()}
{_related(moment, story, "Tin cùng chuyên mục")}
</div>"""


def _sharepoint(moment: Moment, story: Story) -> str:
    return f"""<h1><a id="ctl00_SiteName" href="">Home</a></h1>
<TABLE width="100%" cellSpacing="0" cellPadding="0"><TBODY><TR><TD vAlign="top" class="wpcell">
<TABLE width="100%" border="0"><TBODY><TR class="news-header"><TD class="FolderTitle">{escape(story.section.name)}</TD>
<TD class="Time" align="right">{printed(story)}{_updated(story)}</TD></TR></TBODY></TABLE>
<TABLE id="tableforprint" border="0" width="100%"><TBODY>
<TR><TD width="100%"><P class="Title">{_write(story)(story.headline)} </P></TD></TR>
<TR><TD style="TEXT-ALIGN: justify">{_lead(story, '<B class="description">{}</B>')}</TD></TR>
<TR><TD style="TEXT-ALIGN: justify"><div class="ExternalClass7F3A"><p><span style="font-size:14px"><br /></span></p>
{_content(story)}
</div>{_files(story)}</TD></TR><TR><TD /></TR></TBODY></TABLE>
{_views(moment, story)} <a class="print" href="javascript: printNews()">Bản in</a>
{share()}
</TD></TR><TR><TD class="Other">{_related(moment, story, "TIN ĐÃ ĐƯA")}</TD></TR></TBODY></TABLE>
<div>Loading...</div>"""


def _nukeviet(moment: Moment, story: Story) -> str:
    return f"""<div class="news_column panel panel-default"><div class="panel-body">
<h1 class="title">{_write(story)(story.headline)}</h1>
<div class="row"><em class="time">{printed(story)}</em>{_updated(story)}{share()}</div>
<div class="clearfix">{_lead(story, '<div class="hometext">{}</div>')}
<div class="bodytext" id="news-bodyhtml">
{_content(story)}
</div>{_files(story)}</div>
<div>{_views(moment, story)}</div></div></div>
<div class="panel"><div id="loading">Loading...</div>{_related(moment, story, "Những tin mới hơn")}</div>"""


def _liferay(moment: Moment, story: Story) -> str:
    return f"""<section class="portlet">
<header><h1 class="portlet-title"><span>{escape(story.section.name)}</span></h1></header>
<div class="portlet-body">
<div class="asset-full-title">{_write(story)(story.headline)}</div>
<div class="publish-date">{"Posted on" if story.language == "en" else "Ngày đăng"} {printed(story)}{_updated(story)}
&nbsp;|&nbsp;{_views(moment, story)}</div>
<div class="asset-content">{_lead(story, '<div class="sapo-wrapper"><p class="sapo"><strong>{}</strong></p></div>')}
<div class="journal-content-article">
{_content(story)}
</div></div>{_files(story)}
<div class="loading">Loading...</div>{share()}
{_related(moment, story, "Related news" if story.language == "en" else "Các tin khác")}
</div></section>"""


def _plain(moment: Moment, story: Story) -> str:
    return f"""<div class="path"><a href="{listing_path(story)}">{escape(story.section.name)}</a></div>
<div class="article" itemscope="" itemtype="http://schema.org/NewsArticle">
<h3 itemprop="headline">{_write(story)(story.headline)}</h3>
<p class="meta"><i>{printed(story)}</i>{_updated(story)}</p>
{_lead(story, '<p class="summary" itemprop="description">{}</p>')}
<div itemprop="articleBody">
{_content(story)}
</div>{_files(story)}</div>
<div class="tools">{_views(moment, story)}{share()}</div><div>Loading...</div>
{_related(moment, story, "Bài viết liên quan")}"""


_FRAMES: dict[Form, Callable[[Moment, Story], str]] = {
    Form.CENTRED: _vnpt,
    Form.AFTER: _vnpt,
    Form.TABLE: _sharepoint,
    Form.FIGURE: _nukeviet,
    Form.ITALIC: _liferay,
    Form.ALT: _plain,
}


def listing_path(story: Story) -> str:
    """Where a story's section is listed."""
    return "/en/" if story.language == "en" else f"/vi-vn/tin-tuc/{story.section.slug}"


def _updated(story: Story) -> str:
    return f' <span class="updated">Cập nhật: {story.edited:%d/%m/%Y %H:%M}</span>' if story.edited else ""


def _views(moment: Moment, story: Story) -> str:
    label = "View count" if story.language == "en" else "Lượt xem"
    return f'<span class="views">{label}: {story.number % 900 + moment.fetch}</span>'


def _lead(story: Story, block: str) -> str:
    sapo = story.opened is Opened.SAPO and story.lead
    return block.format(_write(story)(sapo)) if sapo else ""


def _content(story: Story) -> str:
    """Lead (when it is a paragraph), paragraphs with the photos between them, and the byline where it belongs."""
    write, listed = _write(story), story.signature.style is Signed.LIST_ITEM
    parts = [_opening(story, write)]
    after = story.form is Form.AFTER
    for i, paragraph in enumerate(story.body):
        parts += [] if after else [_picture(story, p, write) for p in story.pictures if p.after == i]
        first_item = listed and i == len(story.body) - 2
        parts.append(
            ("<ol>\n" if first_item else "") + _paragraph(paragraph, write, listed and i >= len(story.body) - 2)
        )
    if not after:
        parts += [_picture(story, p, write) for p in story.pictures if p.after >= len(story.body)]
    parts.append(_signature(story))
    parts += [_picture(story, p, write) for p in story.pictures] if after else []
    return "\n".join(part for part in parts if part)


def _opening(story: Story, write: Write) -> str:
    tag = {Opened.BOLD: "strong", Opened.ITALIC: "em"}.get(story.opened)
    return f"<p><{tag}>{write(story.lead)}</{tag}></p>" if tag and story.lead else ""


def _paragraph(text: str, write: Write, item: bool) -> str:
    return f"<li>{write(text)}</li>" if item else f'<p style="text-align:justify">{write(text)}</p>'


def _signature(story: Story) -> str:
    signature = story.signature
    author, unit, source = (escape(part or "") for part in (signature.author, signature.unit, signature.source))
    from_ = f"<p{_RIGHT}><strong>Nguồn tin:</strong> {source}</p>" if source else ""
    manners = {
        Signed.RIGHT: f"<p{_RIGHT}><strong>{author}</strong></p>",
        Signed.TWO_LINES: f"<p>&nbsp;</p>\n<p>&nbsp;</p>\n<p{_RIGHT}><strong>{author}<br />{unit}</strong></p>",
        Signed.LIST_ITEM: f"<li{_RIGHT}>{author}</li></ol>",
        Signed.LABELLED: f"<div><p{_RIGHT}><strong>Tác giả:</strong> {author}</p>{from_}</div>",
        Signed.ROLE: f"<p{_RIGHT}><em>Tin, ảnh: {author}</em></p>",
        Signed.NONE: "",
    }
    return manners[signature.style]


def _picture(story: Story, picture: Picture, write: Write) -> str:
    image = f'<img alt="{escape(story.alt(picture))}" src="{picture.path}" />'
    if story.form is Form.TABLE:
        image = image.replace('src="/', 'src="')
    return _PRINT[story.form](image, picture, write)


def _centred(image: str, picture: Picture, write: Write) -> str:
    lines = "".join(f"\n<p{_CENTRE}>{write(line)}</p>" for line in picture.lines)
    return f"<p{_CENTRE}>{image}</p>{lines}"


def _table(image: str, picture: Picture, write: Write) -> str:
    lines = "".join(f'<p{_CENTRE}><span style="color:#0033ff">{write(line)}</span></p>' for line in picture.lines)
    row = f"\n<tr><td>{lines}</td></tr>" if lines else ""
    return f'<table align="center"><tbody>\n<tr><td>{image}</td></tr>{row}\n</tbody></table>'


def _figure(image: str, picture: Picture, write: Write) -> str:
    caption = write(picture.caption or "")
    if picture.credit:
        inline = len(caption) % 2
        caption += f" (Ảnh: {picture.credit})" if inline else f' <span class="credit">Ảnh: {picture.credit}</span>'
    return f'<figure class="center">{image}' + (f"<figcaption>{caption}</figcaption>" if caption else "") + "</figure>"


def _italic(image: str, picture: Picture, write: Write) -> str:
    lines = "".join(f"\n<p{_CENTRE}><em>{write(line)}</em></p>" for line in picture.lines)
    return f"<p{_CENTRE}>{image}</p>{lines}"


_PRINT: dict[Form, Callable[[str, Picture, Write], str]] = {
    Form.CENTRED: _centred,
    Form.AFTER: _centred,
    Form.TABLE: _table,
    Form.FIGURE: _figure,
    Form.ITALIC: _italic,
    Form.ALT: lambda image, _picture, _write: f"<p>{image}</p>",
}


def _files(story: Story) -> str:
    links = "".join(f'<li><a href="{f.path}">{escape(f.label)}</a></li>' for f in story.files)
    return f'<div class="attachments"><b>Tệp đính kèm:</b><ul>{links}</ul></div>' if links else ""


def _related(moment: Moment, story: Story, title: str) -> str:
    items = "".join(
        f'<li><a href="{s.path}">{escape(s.headline)}</a> <span class="ShowDate">({s.published:%d/%m/%Y})</span></li>'
        for s in moment.newsroom.related(story)
    )
    return f'<div class="related"><p class="OtherTitle">{title}</p><ul>{items}</ul></div>'


def _write(story: Story) -> Write:
    return muddled if story.quirk is Quirk.MIXED else escaped
