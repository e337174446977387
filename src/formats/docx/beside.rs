//! What stands beside the text: footnotes and comments.

use std::fmt::Write;

use super::NAMESPACES;
use super::body::Body;
use crate::document::Run;
use crate::document::markup::Remark;
use crate::formats::{office, xml};

/// `word/footnotes.xml` and its relationships, if it has any. The first two notes are the lines that part notes from text.
pub(super) fn footnotes(notes: &[&[Run]]) -> (String, Option<String>) {
    let mut body = Body::default();
    for (index, runs) in notes.iter().enumerate() {
        let _ = write!(
            body.xml,
            "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>",
            index + 1
        );
        body.runs(runs);
        body.xml.push_str("</w:p></w:footnote>");
    }
    let rule = |kind: &str, id: i32| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        )
    };
    let text = format!(
        "{}<w:footnotes {NAMESPACES}>{}{}{}</w:footnotes>",
        office::DECLARATION,
        rule("separator", -1),
        rule("continuationSeparator", 0),
        body.xml
    );
    (text, body.relations.part())
}

/// `word/comments.xml`.
pub(super) fn comments(remarks: &[&Remark]) -> String {
    let mut out = format!("{}<w:comments {NAMESPACES}>", office::DECLARATION);
    for (id, remark) in remarks.iter().enumerate() {
        let (author, initials) = (xml::quoted(&remark.author), xml::quoted(&remark.initials));
        let _ = write!(
            out,
            "<w:comment w:id=\"{id}\" w:author=\"{author}\" w:date=\"{}Z\" w:initials=\"{initials}\"><w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r><w:r><w:t xml:space=\"preserve\">",
            remark.at.iso()
        );
        xml::text(&remark.text, &mut out);
        out.push_str("</w:t></w:r></w:p></w:comment>");
    }
    out.push_str("</w:comments>");
    out
}
