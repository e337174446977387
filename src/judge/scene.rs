//! What happened up to a moment: all a verdict may depend on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::value::Moment;

/// SHA-256 in 64 hexadecimal digits, the name of a file's bytes.
pub(crate) type Digest = Arc<str>;

/// Where bytes are found by their digest.
pub(crate) trait Blobs {
    /// The bytes of that digest; nothing where they were lost, which is a verdict too.
    fn bytes(&self, digest: &str) -> Option<Arc<[u8]>>;
}

/// The computer and the correspondence as they stand at `now`. Paths are storage paths.
#[derive(Clone)]
pub(crate) struct Scene {
    pub now: Moment,
    /// Every file on the disk now.
    pub files: BTreeMap<String, Standing>,
    /// Every file of the image as the month began.
    pub original: Arc<BTreeMap<String, Digest>>,
    /// Files that the month itself brought, in order.
    pub changed: Vec<Changed>,
    /// In the order they were made.
    pub hand_ins: Vec<HandIn>,
    /// Mails that the owner sent, in order.
    pub sent: Vec<Sent>,
    /// Meetings that the owner booked and has not taken back.
    pub meetings: Vec<Meeting>,
    /// Replies that revealed something, by `person.tell`, with the moment they were delivered.
    pub told: BTreeMap<String, Moment>,
}

/// A file on the disk, and when it was last written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub digest: Digest,
    pub time: Moment,
}

/// A file that a scheduled change brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    pub at: Moment,
    /// Address of the change.
    pub change: String,
    pub path: String,
    pub digest: Digest,
}

/// One hand-in [O3]. `path` is where the file stood, or its name in the mail that attached it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HandIn {
    pub at: Moment,
    /// Address of the deliverable: `q1_reforecast.model`.
    pub deliverable: String,
    pub path: String,
    pub digest: Digest,
}

/// A mail as it left. Addresses are lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub at: Moment,
    pub id: String,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub subject: String,
    /// The whole text; `new` is what remains without quotes and signature.
    pub body: String,
    pub new: String,
    /// Names and digests.
    pub attachments: Vec<(String, Digest)>,
    /// The Message-ID it answers.
    pub answers: Option<String>,
}

/// A meeting in the owner's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    /// When it was booked.
    pub at: Moment,
    pub title: String,
    /// Addresses, the owner's included.
    pub who: Vec<String>,
    pub starts: Moment,
    /// Seconds.
    pub lasts: i64,
}
