//! The runs of a paragraph: their faces, and the links, footnotes, comments and tracked changes around them.

use std::fmt::Write;
use std::sync::Arc;

use super::body::Body;
use crate::document::Run;
use crate::document::markup::{Remark, Revision};
use crate::formats::direction::runs_leftward;
use crate::formats::xml;

impl<'a> Body<'a> {
    /// The runs of a paragraph.
    pub(super) fn runs(&mut self, runs: &'a [Run]) {
        for (index, run) in runs.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| runs[before].remark.as_ref());
            let after = runs.get(index + 1).and_then(|after| after.remark.as_ref());
            if let Some(remark) = run.remark.as_deref().filter(|_| !is_same(before, run.remark.as_ref())) {
                let _ = write!(self.xml, "<w:commentRangeStart w:id=\"{}\"/>", self.remarks.len());
                self.remarks.push(remark);
            }
            self.linked(run);
            if run.remark.is_some() && !is_same(after, run.remark.as_ref()) {
                let id = self.remarks.len() - 1;
                let _ = write!(
                    self.xml,
                    "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:commentReference w:id=\"{id}\"/></w:r>"
                );
            }
        }
    }

    fn linked(&mut self, run: &'a Run) {
        let Some(target) = &run.link else { return self.tracked(run) };
        let id = self.relations.link(target);
        let _ = write!(self.xml, "<w:hyperlink r:id=\"rId{id}\" w:history=\"1\">");
        self.tracked(run);
        self.xml.push_str("</w:hyperlink>");
    }

    fn tracked(&mut self, run: &'a Run) {
        let Some(revision) = &run.revision else { return self.noted(run, false) };
        let element = if revision.deleted { "del" } else { "ins" };
        let _ = write!(self.xml, "<w:{element} ");
        self.signature(revision);
        self.xml.push('>');
        self.noted(run, revision.deleted);
        let _ = write!(self.xml, "</w:{element}>");
    }

    /// Number, author and time of a tracked change.
    pub(super) fn signature(&mut self, revision: &Revision) {
        self.revisions += 1;
        let _ = write!(self.xml, "w:id=\"{}\" w:author=\"", self.revisions);
        xml::attribute(&revision.author, &mut self.xml);
        let _ = write!(self.xml, "\" w:date=\"{}Z\"", revision.at.iso());
    }

    /// A run and the mark of its footnote.
    fn noted(&mut self, run: &'a Run, deleted: bool) {
        self.run(run, deleted);
        if let Some(note) = &run.footnote {
            self.footnotes.push(note);
            let _ = write!(
                self.xml,
                "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{}\"/></w:r>",
                self.footnotes.len()
            );
        }
    }

    pub(super) fn run(&mut self, run: &Run, deleted: bool) {
        if run.text.is_empty() {
            return;
        }
        self.xml.push_str("<w:r>");
        self.face(run);
        for (index, line) in run.text.split('\n').enumerate() {
            if index > 0 {
                self.xml.push_str("<w:br/>");
            }
            self.line(line, if deleted { "delText" } else { "t" });
        }
        self.xml.push_str("</w:r>");
    }

    fn face(&mut self, run: &Run) {
        let leftward = runs_leftward(&run.text);
        if !(run.bold || run.italic || run.code || run.link.is_some() || leftward) {
            return;
        }
        self.xml.push_str("<w:rPr>");
        if run.link.is_some() {
            self.xml.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
        } else if run.code {
            self.xml.push_str("<w:rStyle w:val=\"InlineCode\"/>");
        }
        if run.bold {
            self.xml.push_str("<w:b/><w:bCs/>");
        }
        if run.italic {
            self.xml.push_str("<w:i/><w:iCs/>");
        }
        if leftward {
            self.xml.push_str("<w:rtl/>");
        }
        self.xml.push_str("</w:rPr>");
    }

    fn line(&mut self, line: &str, element: &str) {
        for (index, text) in line.split('\t').enumerate() {
            if index > 0 {
                self.xml.push_str("<w:tab/>");
            }
            if !text.is_empty() {
                self.xml.push_str("<w:");
                self.xml.push_str(element);
                self.xml.push_str(" xml:space=\"preserve\">");
                xml::text(text, &mut self.xml);
                self.xml.push_str("</w:");
                self.xml.push_str(element);
                self.xml.push('>');
            }
        }
    }
}

/// Whether two runs are under one comment: then they share it.
fn is_same(one: Option<&Arc<Remark>>, other: Option<&Arc<Remark>>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if Arc::ptr_eq(one, other))
}
