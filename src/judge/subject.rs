//! What a check is about: the file, mail or meeting of a deliverable, as it stood when it counted.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::image::script::{Correspondent, Deliver, Objective, Person, Target};
use crate::judge::Frame;
use crate::judge::pages::Pages;
use crate::judge::scene::{Digest, Meeting, Sent};
use crate::plan::path::matches;

/// The deliverable that words without another one are about.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub objective: &'a Objective,
    pub deliver: Option<&'a Deliver>,
    /// The mail or meeting that is tried as the deliverable.
    pub mail: Option<&'a Sent>,
    pub meeting: Option<&'a Meeting>,
    /// The pages of the deliverable's file, read once.
    pub pages: &'a OnceCell<Result<Pages, String>>,
}

/// A file that counts, by its name for evidence.
#[derive(Clone, Debug)]
pub(crate) struct Handed {
    pub path: String,
    pub digest: Digest,
    pub bytes: Arc<[u8]>,
}

/// The deliverable of an address: `q1_reforecast.model`.
pub(crate) fn deliver<'a>(frame: Frame<'a>, address: &str) -> Option<(&'a Objective, &'a Deliver)> {
    frame.script.objectives.iter().find_map(|objective| {
        let name = address.strip_prefix(objective.name.as_str())?.strip_prefix('.')?;
        Some((objective, objective.delivers.iter().find(|deliver| deliver.name == name)?))
    })
}

/// What was handed in for a deliverable, or why there is nothing that counts [O3].
pub(crate) fn handed(frame: Frame<'_>, objective: &Objective, deliver: &Deliver) -> Result<Handed, String> {
    let Target::File { file } = &deliver.target else { return Err("it is no file".to_owned()) };
    let address = format!("{}.{}", objective.name, deliver.name);
    let handed = frame.scene.hand_ins.iter().rfind(|handed| handed.deliverable == address);
    let (path, digest) = match handed {
        Some(handed) => (handed.path.clone(), handed.digest.clone()),
        None => {
            latest(frame, file).ok_or_else(|| format!("nothing was handed in, and {} does not exist", name(file)))?
        }
    };
    if is_given(frame, &digest) {
        return Err(format!("{} is the file as it was given, not a work of one's own", name(&path)));
    }
    match frame.blobs.bytes(&digest) {
        Some(bytes) => Ok(Handed { path, digest, bytes }),
        None => Err(format!("the bytes of {} are lost", name(&path))),
    }
}

/// The last file whose path fits; of several the one written last.
fn latest(frame: Frame<'_>, glob: &str) -> Option<(String, Digest)> {
    let folded = glob.to_lowercase();
    let fits = frame.scene.files.iter().filter(|(path, _)| *path == glob || matches(&folded, &path.to_lowercase()));
    let newest = fits.max_by_key(|(path, file)| (file.time, *path))?;
    Some((newest.0.clone(), newest.1.digest.clone()))
}

/// Whether the bytes are those of a file of the image or of a scheduled change.
fn is_given(frame: Frame<'_>, digest: &Digest) -> bool {
    frame.scene.original.values().any(|given| given == digest)
        || frame.scene.changed.iter().any(|changed| changed.digest == *digest)
}

/// Whether a mail attaches a deliverable: a file of its name that is a work of one's own and answers something of what was
/// asked. An empty file under the right name is none.
pub(crate) fn attaches(frame: Frame<'_>, mail: &Sent, objective: &Objective, deliver: &Deliver) -> bool {
    let Target::File { file } = &deliver.target else { return false };
    let pattern = name(file).to_lowercase();
    let fits = |(name, digest): &&(String, Digest)| matches(&pattern, &name.to_lowercase()) && !is_given(frame, digest);
    mail.attachments.iter().filter(fits).any(|(name, digest)| {
        let bytes = frame.blobs.bytes(digest);
        bytes.is_some_and(|bytes| super::deliverable::answers_something(frame, objective, deliver, name, &bytes))
    })
}

/// The name of a file without its folder.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The person an address names: `priya` or `persona[priya]`.
pub(crate) fn person<'a>(frame: Frame<'a>, address: &str) -> Option<&'a Person> {
    let id = address.strip_prefix("persona[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
    frame.script.person(id)
}

/// The address of somebody a target names, in lower case.
pub(crate) fn email(frame: Frame<'_>, who: &Correspondent) -> String {
    match who {
        Correspondent::Person(id) => {
            frame.script.person(id).map(|person| person.email.to_lowercase()).unwrap_or_default()
        }
        Correspondent::Outside { email, .. } => email.to_lowercase(),
    }
}
