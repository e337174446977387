//! The headings of a document as readers list them beside the pages.

use pdf_writer::{Ref, TextStr};

use super::file::{File, points};
use super::layout::Bookmark;

/// Writes the outline and gives its object; none for a document of no more than a title.
pub(super) fn write(file: &mut File, headings: &[Bookmark], pages: &[Ref]) -> Option<Ref> {
    if headings.len() < 2 {
        return None;
    }
    let root = file.object();
    let entries: Vec<Ref> = headings.iter().map(|_| file.object()).collect();
    let tree = Tree::of(headings);
    for (at, heading) in headings.iter().enumerate() {
        let node = &tree.nodes[at];
        let beside = tree.children(node.parent);
        let mut item = file.pdf.outline_item(entries[at]);
        item.title(TextStr(&heading.title)).parent(node.parent.map_or(root, |parent| entries[parent]));
        if node.place > 0 {
            item.prev(entries[beside[node.place - 1]]);
        }
        if let Some(next) = beside.get(node.place + 1) {
            item.next(entries[*next]);
        }
        if let (Some(&first), Some(&last)) = (node.children.first(), node.children.last()) {
            item.first(entries[first]).last(entries[last]).count(node.below);
        }
        item.dest().page(pages[heading.page]).xyz(0.0, points(heading.y), None);
    }
    let mut outline = file.pdf.outline(root);
    if let (Some(&first), Some(&last)) = (tree.top.first(), tree.top.last()) {
        outline.first(entries[first]).last(entries[last]).count(headings.len() as i32);
    }
    Some(root)
}

/// Which heading stands below which.
#[derive(Default)]
struct Tree {
    top: Vec<usize>,
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    parent: Option<usize>,
    /// Its place among the children of its parent.
    place: usize,
    children: Vec<usize>,
    /// How many stand below it at any depth; all are shown open.
    below: i32,
}

impl Tree {
    fn of(headings: &[Bookmark]) -> Tree {
        let mut tree = Tree::default();
        // The headings that the next one may stand below, from the top down.
        let mut open: Vec<usize> = Vec::new();
        for (at, heading) in headings.iter().enumerate() {
            while open.last().is_some_and(|above| headings[*above].level >= heading.level) {
                open.pop();
            }
            for above in &open {
                tree.nodes[*above].below += 1;
            }
            let parent = open.last().copied();
            tree.nodes.push(Node { parent, place: tree.children(parent).len(), ..Node::default() });
            match parent {
                Some(parent) => tree.nodes[parent].children.push(at),
                None => tree.top.push(at),
            }
            open.push(at);
        }
        tree
    }

    fn children(&self, of: Option<usize>) -> &[usize] {
        of.map_or(&self.top, |at| &self.nodes[at].children)
    }
}
