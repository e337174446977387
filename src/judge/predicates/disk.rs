//! What became of the files: places, bytes, contents.

use crate::formats::read;
use crate::image::files::extension;
use crate::image::script::Given;
use crate::judge::Frame;
use crate::judge::condition::Call;
use crate::judge::subject::{Subject, deliver, handed, name};
use crate::judge::verdict::{Evidence, Verdict};
use crate::plan::path::matches;

/// `untouched(glob)`: the files are byte for byte where and what they were.
pub(super) fn untouched(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let globs = call.texts();
    let wrong = moved(frame, &globs, &|_, now, then| now == then);
    Verdict::of(wrong.is_empty(), wrong)
}

/// `unchanged(glob)`: their content, as readers see it, is what it was.
pub(super) fn unchanged(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let globs = call.texts();
    let text = |path: &str, digest: &str| {
        let bytes = frame.blobs.bytes(digest)?;
        let extract = read::read(&bytes, &extension(path)).ok()?;
        Some(extract.lines.iter().map(|line| line.seen().into_owned()).collect::<Vec<_>>())
    };
    let same = |path: &str, now: &str, then: &str| {
        now == then || text(path, now).is_some() && text(path, now) == text(path, then)
    };
    let wrong = moved(frame, &globs, &same);
    Verdict::of(wrong.is_empty(), wrong)
}

/// The files of the image under the globs that are gone or not the same; what a change brought counts as given.
fn moved(frame: Frame<'_>, globs: &[&str], same: &dyn Fn(&str, &str, &str) -> bool) -> Vec<Evidence> {
    let fits = |path: &str| globs.iter().any(|glob| matches(&glob.to_lowercase(), &path.to_lowercase()));
    let mut wrong = Vec::new();
    for (path, then) in frame.scene.original.iter().filter(|(path, _)| fits(path)) {
        let brought = frame.scene.changed.iter().rfind(|changed| changed.path == *path).map(|changed| &changed.digest);
        let then = brought.unwrap_or(then);
        match frame.scene.files.get(path) {
            Some(now) if same(path, &now.digest, then) => {}
            Some(_) => wrong.push(Evidence::new(path.as_str(), "was changed")),
            None => wrong.push(Evidence::new(path.as_str(), "is not there any more")),
        }
    }
    wrong
}

/// `filed(d, under: folder)`: the deliverable stands below that folder.
pub(super) fn filed(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let folder = match call.named_value("under") {
        Some(Given::Text(folder)) => folder.trim_end_matches(['/', '*']).to_lowercase(),
        _ => String::new(),
    };
    let Some((objective, deliver)) = deliver(frame, call.text(0)) else {
        return Verdict::no("there is no such deliverable");
    };
    match handed(frame, objective, deliver) {
        Ok(file) => {
            let below = |path: &String| path.to_lowercase().starts_with(&format!("{folder}/"));
            let found = frame.scene.files.iter().find(|(path, there)| there.digest == file.digest && below(path));
            let said = found.map_or("does not stand there".to_owned(), |(path, _)| path.clone());
            Verdict::of(found.is_some(), vec![Evidence::new(name(&file.path), said)])
        }
        Err(why) => Verdict::no(why),
    }
}

/// `updated(path, only: …)`: the file was changed, and nothing but what is named.
pub(super) fn updated(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let path = call.text(0);
    let (Some(then), Some(now)) = (frame.scene.original.get(path), frame.scene.files.get(path)) else {
        return Verdict::no(format!("{} is not there", name(path)));
    };
    let lines = |digest: &str| {
        let bytes = frame.blobs.bytes(digest)?;
        let extract = read::read(&bytes, &extension(path)).ok()?;
        let lines = extract.lines.iter().map(|line| (line.place.to_string(), line.seen().into_owned()));
        Some(lines.collect::<std::collections::BTreeMap<_, _>>())
    };
    let (Some(then), Some(now)) = (lines(then), lines(&now.digest)) else {
        return Verdict::no(format!("{} cannot be read", name(path)));
    };
    let allowed: Vec<String> = match call.named_value("only") {
        Some(Given::List(items)) => items.iter().map(crate::judge::compare::spoken).collect(),
        Some(one) => vec![crate::judge::compare::spoken(one)],
        None => Vec::new(),
    };
    let changed: Vec<&String> =
        then.keys().chain(now.keys()).filter(|place| then.get(*place) != now.get(*place)).collect();
    let beyond =
        changed.iter().find(|place| !allowed.is_empty() && !allowed.iter().any(|only| place.ends_with(only.as_str())));
    let evidence = changed.iter().map(|place| Evidence::new(place.as_str(), "changed")).collect();
    Verdict::of(!changed.is_empty() && beyond.is_none(), evidence)
}

/// `revised(d, after: change)`: the last hand-in follows the change.
pub(super) fn revised(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let after = match call.named_value("after") {
        Some(Given::Named(change) | Given::Text(change)) => {
            frame.scene.changed.iter().find(|changed| changed.change == *change).map(|changed| changed.at)
        }
        Some(Given::Moment(moment)) => Some(*moment),
        _ => None,
    };
    let last = frame.scene.hand_ins.iter().rfind(|handed| handed.deliverable == call.text(0));
    match (last, after) {
        (Some(last), Some(after)) => {
            Verdict::of(last.at >= after, vec![Evidence::new(last.at.iso(), name(&last.path))])
        }
        _ => Verdict::no("it was not handed in after that"),
    }
}
