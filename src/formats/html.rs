//! A document as one self-contained page in the look of its company: no script, no other file.

use std::fmt::Write;

use super::direction::{begins_right, first_cell};
use super::encode::base64;
use super::{palette, picture, xml};
use crate::document::look::Density;
use crate::document::{Alignment, Block, Chart, Doc, Properties, Run};

/// The page, in UTF-8.
pub(crate) fn write(doc: &Doc) -> String {
    let leftward = first_runs(&doc.blocks).is_some_and(begins_right);
    let mut page = Page { html: String::new(), notes: Vec::new(), properties: &doc.properties, leftward };
    page.head(&doc.properties);
    page.blocks(&doc.blocks);
    page.foot(&doc.properties);
    page.html
}

struct Page<'a> {
    html: String,
    /// Footnotes whose marks were set.
    notes: Vec<&'a [Run]>,
    properties: &'a Properties,
    /// Whether what is being written runs from right to left unless it says otherwise.
    leftward: bool,
}

/// The first words of some blocks.
fn first_runs(blocks: &[Block]) -> Option<&[Run]> {
    let first = |block| match block {
        &Block::Heading { ref runs, .. } | &Block::Paragraph { ref runs } => Some(runs.as_slice()),
        Block::List { items, .. } => items.iter().find_map(|item| first_runs(item)),
        Block::Quote { blocks } => first_runs(blocks),
        Block::Table { header, rows, .. } => first_cell(header, rows),
        _ => None,
    };
    blocks.iter().find_map(first)
}

impl<'a> Page<'a> {
    fn put(&mut self, text: &str) {
        self.html.push_str(text);
    }

    fn text(&mut self, text: &str) {
        let mut escaped = String::new();
        xml::text(text, &mut escaped);
        self.put(&escaped.replace('\n', "<br>"));
    }

    fn head(&mut self, properties: &Properties) {
        let language = xml::quoted(&properties.language);
        let direction = if self.leftward { " dir=\"rtl\"" } else { "" };
        let _ = write!(
            self.html,
            "<!DOCTYPE html>\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n<title>"
        );
        self.text(&properties.title);
        let (author, date) = (xml::quoted(&properties.author), properties.modified.iso());
        let _ = write!(
            self.html,
            "</title>\n<meta name=\"author\" content=\"{author}\">\n<meta name=\"date\" content=\"{date}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<style>\n{}</style>\n</head>\n<body>\n",
            style(properties, self.leftward)
        );
        if !properties.brand.company.is_empty() {
            self.put("<header>");
            self.text(&properties.brand.company);
            self.put("</header>\n");
        }
        self.put("<main>\n");
    }

    fn foot(&mut self, properties: &Properties) {
        if !self.notes.is_empty() {
            self.put("<section class=\"notes\"><ol>\n");
            for (at, runs) in std::mem::take(&mut self.notes).into_iter().enumerate() {
                let number = at + 1;
                let _ = write!(self.html, "<li id=\"n{number}\">");
                self.runs(runs);
                self.put("</li>\n");
            }
            self.put("</ol></section>\n");
        }
        self.put("</main>\n<footer>");
        self.text(&properties.brand.footer);
        self.put("</footer>\n</body>\n</html>\n");
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { level, runs } => {
                let level = (level + 1).min(6);
                self.around(&format!("h{level}"), runs);
            }
            Block::Paragraph { runs } => self.around("p", runs),
            Block::List { ordered, start, items } => self.list(*ordered, *start, items),
            Block::Table { header, rows, alignment } => self.table(header, rows, alignment),
            Block::Quote { blocks } => {
                let direction = self.direction(first_runs(blocks));
                let _ = writeln!(self.html, "<blockquote{direction}>");
                let around = self.turned(direction);
                self.blocks(blocks);
                self.leftward = around;
                self.put("</blockquote>\n");
            }
            Block::Code { text, .. } => {
                self.put("<pre><code>");
                let mut escaped = String::new();
                xml::text(text, &mut escaped);
                self.put(&escaped);
                self.put("</code></pre>\n");
            }
            Block::Picture { picture, alt, .. } => {
                let shown = picture::embedded(picture, self.properties);
                let kind = super::media_type(shown.extension).unwrap_or_default();
                let mut data = Vec::new();
                base64(&shown.bytes, "", &mut data);
                let data = String::from_utf8_lossy(&data);
                let _ = write!(self.html, "<figure><img alt=\"\" src=\"data:{kind};base64,{data}\">\n<figcaption>");
                self.text(alt);
                self.put("</figcaption></figure>\n");
            }
            Block::Chart { chart } => self.chart(chart),
            Block::Rule => self.put("<hr>\n"),
            Block::PageBreak => self.put("<div class=\"break\"></div>\n"),
        }
    }

    fn around(&mut self, tag: &str, runs: &'a [Run]) {
        let direction = self.direction(Some(runs));
        let _ = write!(self.html, "<{tag}{direction}>");
        self.runs(runs);
        let _ = writeln!(self.html, "</{tag}>");
    }

    /// Goes into what has that attribute; how it runs around it is given back.
    fn turned(&mut self, direction: &str) -> bool {
        let around = self.leftward;
        self.leftward ^= !direction.is_empty();
        around
    }

    /// The attribute of what runs another way than what is around it, by its first words.
    fn direction(&self, first: Option<&[Run]>) -> &'static str {
        match first.is_some_and(begins_right) {
            leftward if leftward == self.leftward => "",
            true => " dir=\"rtl\"",
            false => " dir=\"ltr\"",
        }
    }

    fn runs(&mut self, runs: &'a [Run]) {
        runs.iter().for_each(|run| self.run(run));
    }

    fn run(&mut self, run: &'a Run) {
        let mut tags = Vec::new();
        if let Some(link) = &run.link {
            let _ = write!(self.html, "<a href=\"{}\">", xml::quoted(link));
            tags.push("a");
        }
        let struck = run.revision.as_ref().map(|revision| if revision.deleted { "del" } else { "ins" });
        let styles = [(run.bold, "strong"), (run.italic, "em"), (run.code, "code")];
        for tag in styles.iter().filter(|(on, _)| *on).map(|(_, tag)| *tag).chain(struck) {
            let _ = write!(self.html, "<{tag}>");
            tags.push(tag);
        }
        self.text(&run.text);
        for tag in tags.iter().rev() {
            let _ = write!(self.html, "</{tag}>");
        }
        if let Some(note) = &run.footnote {
            self.notes.push(note);
            let number = self.notes.len();
            let _ = write!(self.html, "<sup><a href=\"#n{number}\">{number}</a></sup>");
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &'a [Vec<Block>]) {
        let direction = self.direction(items.iter().find_map(|item| first_runs(item)));
        let _ = match ordered {
            true if start != 1 => writeln!(self.html, "<ol start=\"{start}\"{direction}>"),
            true => writeln!(self.html, "<ol{direction}>"),
            false => writeln!(self.html, "<ul{direction}>"),
        };
        let around = self.turned(direction);
        for item in items {
            match item.as_slice() {
                [Block::Paragraph { runs }] => {
                    let direction = self.direction(Some(runs));
                    let _ = write!(self.html, "<li{direction}>");
                    self.runs(runs);
                }
                blocks => {
                    self.put("<li>");
                    self.blocks(blocks);
                }
            }
            self.put("</li>\n");
        }
        self.leftward = around;
        self.put(if ordered { "</ol>\n" } else { "</ul>\n" });
    }

    fn table(&mut self, header: &'a [Vec<Run>], rows: &'a [Vec<Vec<Run>>], alignment: &[Alignment]) {
        let direction = self.direction(first_cell(header, rows));
        let _ = writeln!(self.html, "<table{direction}>");
        if !header.is_empty() {
            self.put("<thead>");
            self.row("th", header, alignment);
            self.put("</thead>\n");
        }
        self.put("<tbody>\n");
        rows.iter().for_each(|row| self.row("td", row, alignment));
        self.put("</tbody>\n</table>\n");
    }

    fn row(&mut self, tag: &str, cells: &'a [Vec<Run>], alignment: &[Alignment]) {
        self.put("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            let class = match alignment.get(at) {
                Some(Alignment::Right) => " class=\"right\"",
                Some(Alignment::Centre) => " class=\"centre\"",
                _ => "",
            };
            let _ = write!(self.html, "<{tag}{class}>");
            self.runs(cell);
            let _ = write!(self.html, "</{tag}>");
        }
        self.put("</tr>\n");
    }

    /// The figures of a chart as a table below its title: a page has no drawing of its own.
    fn chart(&mut self, chart: &'a Chart) {
        self.put("<figure><figcaption>");
        self.text(&chart.title);
        self.put("</figcaption>\n<table>\n<thead><tr><th></th>");
        for series in &chart.series {
            self.put("<th class=\"right\">");
            self.text(&series.name);
            self.put("</th>");
        }
        self.put("</tr></thead>\n<tbody>\n");
        for (at, category) in chart.categories.iter().enumerate() {
            self.put("<tr><td>");
            self.text(category);
            self.put("</td>");
            for series in &chart.series {
                let value = series.values.get(at).map(|(number, _)| number.in_full()).unwrap_or_default();
                let _ = write!(self.html, "<td class=\"right\">{value}</td>");
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table></figure>\n");
    }
}

/// The look of the company and the density of the author's hand.
fn style(properties: &Properties, leftward: bool) -> String {
    let palette = palette::of(properties);
    let (accent, muted, tint) = (palette.accent, palette.muted, palette.tint);
    let (heading, body) = (&properties.brand.heading_font, &properties.brand.body_font);
    let line = match properties.hand.density {
        Density::Airy => "1.7",
        Density::Even => "1.5",
        Density::Dense => "1.35",
    };
    // Programs that are no browser leave all text on the left unless they are told.
    let start = if leftward { "right" } else { "left" };
    let aside = if leftward { "body { text-align: right; }\n[dir=ltr] { text-align: left; }\n" } else { "" };
    format!(
        "{aside}body {{ margin: 0 auto; max-width: 46rem; padding: 1.5rem; color: #1a1a1a; line-height: {line}; \
         font-family: \"{body}\", sans-serif; }}\n\
         header, footer {{ color: #{muted}; font-size: .85rem; }}\n\
         header {{ border-bottom: 3px solid #{accent}; padding-bottom: .4rem; }}\n\
         footer {{ border-top: 1px solid #{muted}; margin-top: 2rem; padding-top: .4rem; }}\n\
         h1, h2, h3, h4, h5 {{ color: #{accent}; font-family: \"{heading}\", sans-serif; line-height: 1.2; }}\n\
         table {{ border-collapse: collapse; margin: 1rem 0; }}\n\
         th {{ background: #{accent}; color: #fff; text-align: {start}; }}\n\
         th, td {{ padding: .3rem .7rem; border-bottom: 1px solid #{tint}; }}\n\
         .right {{ text-align: right; }}\n.centre {{ text-align: center; }}\n\
         blockquote {{ border-inline-start: 3px solid #{muted}; margin-inline-start: 0; padding-inline-start: 1rem; }}\n\
         pre {{ background: #{tint}; padding: .7rem; overflow: auto; }}\n\
         img {{ max-width: 100%; }}\n\
         figcaption {{ color: #{muted}; font-style: italic; }}\n.notes {{ font-size: .85rem; }}\n\
         .break {{ break-after: page; }}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::from_markdown;
    use crate::document::tests::properties;

    fn page(text: &str) -> String {
        write(&Doc { properties: properties(), blocks: from_markdown(text, &[]) })
    }

    #[test]
    fn a_page_runs_as_its_first_words_and_the_rest_says_otherwise() {
        let left = page("שלום\n\n- שני\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nIn English\n");
        assert!(left.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\" dir=\"rtl\">"), "{left}");
        assert!(left.contains("<ul>") && left.contains("<table dir=\"ltr\">"), "{left}");
        assert!(left.contains("<p>שלום</p>") && left.contains("<p dir=\"ltr\">In English</p>"), "{left}");
        let right = page("Hello\n\n> שלום\n\n1. שני\n2. two\n");
        assert!(right.contains("<html lang=\"en-GB\">") && right.contains("<p>Hello</p>"), "{right}");
        assert!(right.contains("<blockquote dir=\"rtl\">\n<p>שלום</p>"), "{right}");
        assert!(right.contains("<ol dir=\"rtl\">\n<li>שני</li>\n<li dir=\"ltr\">two</li>"), "{right}");
    }
}
