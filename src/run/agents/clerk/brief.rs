//! What a brief asks for, read from the list at its end.

/// One brief: files, mails, meetings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// Paths below the home folder, each with the least words or slides it must have.
    pub files: Vec<(String, u32)>,
    /// Names of readers, and the name of one file if only that is to be attached.
    pub mails: Vec<(Vec<String>, Option<String>)>,
    /// Names of guests and the first day, as it is written.
    pub meetings: Vec<(Vec<String>, String)>,
    made: usize,
    finished: bool,
}

impl Order {
    pub(super) fn is_done(&self) -> bool {
        self.finished
    }

    /// The next file to be made.
    pub(super) fn open_file(&self) -> Option<&str> {
        self.files.get(self.made).map(|(path, _)| path.as_str())
    }

    /// The least words or slides of that file.
    pub(super) fn least(&self) -> u32 {
        self.files.get(self.made).map_or(0, |(_, least)| *least)
    }

    pub(super) fn file_done(&mut self) {
        self.made += 1;
    }

    pub(super) fn finish(&mut self) {
        self.finished = true;
    }
}

/// The order of a mail, if it has one.
pub(super) fn orders(mail: &str) -> Option<Order> {
    let (_, list) = mail.split_once("To hand in by ")?;
    let mut order = Order::default();
    for line in list.lines().filter_map(|line| line.strip_prefix("- ")) {
        if let Some((_, rest)) = line.split_once("a mail to ") {
            let (readers, file) =
                rest.split_once(" with ").map_or((rest, None), |(readers, file)| (readers, Some(file)));
            order.mails.push((names(readers), file.map(str::to_owned)));
        } else if let Some(rest) = line.strip_prefix("a meeting with ") {
            let (guests, window) = rest.split_once(" between ").unwrap_or((rest, ""));
            let first = window.split(" and ").next().unwrap_or_default();
            order.meetings.push((names(guests), first.to_owned()));
        } else if line.contains(['/', '\\']) {
            let (path, limit) = line.split_once(" (").unwrap_or((line, ""));
            let least = limit.split(' ').next().and_then(|least| least.parse().ok()).unwrap_or(0);
            order.files.push((path.to_owned(), least));
        }
    }
    Some(order)
}

/// `A, B and C`.
fn names(text: &str) -> Vec<String> {
    text.split(" and ").flat_map(|part| part.split(", ")).map(|name| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_is_read() {
        let mail = "Please.\n\nTo hand in by 6 March 2026, 18:00:\n- Documents\\Close\\Memo.docx (60 to 900 words)\n\
                    - a mail to Ada Lee and Ben Roe\nOn the way:\n- draft by 3 March 2026, a mail to Ada Lee with Memo.docx\n\nAda";
        let order = orders(mail).expect("it has a list");
        assert_eq!(order.files, [("Documents\\Close\\Memo.docx".to_owned(), 60)]);
        assert_eq!(order.mails[0], (vec!["Ada Lee".to_owned(), "Ben Roe".to_owned()], None));
        assert_eq!(order.mails[1], (vec!["Ada Lee".to_owned()], Some("Memo.docx".to_owned())));
        assert_eq!(orders("Nothing to do."), None);
    }
}
