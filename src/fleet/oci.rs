//! A fleet as container images (OCI image layout 1.0): what an agent lives in under `open/`, what grades her under `sealed/`,
//! so that no registry that has the one needs the other. Mounted at one place they are the image that `worldc build` writes.
//!
//! An image has a layer of what all worlds of its spec have in common, where there is any, and one of its own. Everything in
//! it is of the story: times, order and numbers of owners are fixed, so a fleet has the same digests however it is kept and
//! wherever it is exported. In another fleet a world may have others, since other worlds have something else in common.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use serde_json::{Value as Json, json};

use super::fault;
use super::folder::Folder;
use super::index::Index;
use super::pack::{END, Half, Halves, archived};
use super::row::{Row, tag};
use super::rows::Rows;
use crate::Image;
use crate::diag::Diagnostic;
use crate::disk::whole::write_whole;
use crate::image::fault::{unreadable, unwritable};
use crate::image::hash::sha256;
use crate::image::json::canonical;

/// The folder of a container that an image stands in.
const PLACE: &str = "world";
/// As `gzip` does it by itself; zlib-rs is pinned, so that a layer has one digest.
const LEVEL: u32 = 6;

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// The list of a layout's images.
const INDEX: &str = "index.json";
/// Where it says what one is called.
const TAG: &str = "org.opencontainers.image.ref.name";

/// What the images of a world are called. An agent's says nothing but what it is, so that equal worlds are one image [L1]; a
/// grader's says which world it is, so that every world has its own.
pub(crate) fn tags(row: &Row) -> Halves<String> {
    let root = row.root().unwrap_or_default();
    Halves { open: tag(root).to_owned(), sealed: tag(&sha256(format!("{root} {}", row.world).as_bytes())).to_owned() }
}

/// Writes every world of the fleet below `out`; `step` hears of each as it is done.
pub(crate) fn export(folder: &Folder, index: &Index, out: &Path, step: &dyn Fn()) -> Result<(), Diagnostic> {
    let specs = index.specs()?;
    if specs.is_empty() {
        return Err(fault::nothing_built(&folder.index()));
    }
    let own: Vec<Halves<String>> =
        index.built(|_| true)?.iter().map(|row| Ok(tags(&row?))).collect::<Result<_, _>>()?;
    let layouts = Halves::try_of(|half| {
        Layout::of(&out.join(half.name()), &own.iter().map(|tags| tags.of(half).as_str()).collect())
    })?;
    for half in Half::BOTH {
        layouts.of(half).begin()?;
    }
    // By their tags, so that their order says nothing of the seeds either [L1].
    let mut images: Halves<BTreeMap<String, Json>> = Halves::default();
    for spec in specs {
        let rows = index.built(|row| row.spec == spec)?;
        let common = common(folder, &rows)?;
        let mut bases: Option<Halves<Option<Layer>>> = None;
        folder.each(&rows, &mut |row, image| {
            let image = image?;
            if bases.is_none() {
                bases = Some(Halves::try_of(|half| layouts.of(half).base(&image, half, &common))?);
            }
            for half in Half::BOTH {
                let base = bases.as_ref().and_then(|bases| bases.of(half).clone());
                let own =
                    layouts.of(half).layer(&image, &|path| Half::of_file(path) == half && !common.contains(path))?;
                let layers: Vec<Layer> = base.into_iter().chain([own]).collect();
                let image = layouts.of(half).image(&row, &image, half, &layers)?;
                images.of_mut(half).insert(tags(&row).of(half).clone(), image);
            }
            step();
            Ok(())
        })?;
    }
    for half in Half::BOTH {
        layouts.of(half).finish(std::mem::take(images.of_mut(half)))?;
    }
    Ok(())
}

/// The files that all these worlds have at one place, with the same bytes and the same time.
fn common(folder: &Folder, rows: &Rows) -> Result<BTreeSet<String>, Diagnostic> {
    let mut common: Option<BTreeMap<String, (String, Option<i64>)>> = None;
    folder.each(rows, &mut |_, image| {
        let image = image?;
        let sealed = image.sealed_index()?.into_iter().map(|entry| (entry.path, entry.sha256));
        let open = image.manifest().entries.iter().filter(|entry| !entry.is_folder());
        let all = open.map(|entry| (entry.path.clone(), entry.sha256.clone())).chain(sealed);
        let files: BTreeMap<_, _> = all.map(|(path, hash)| (path.clone(), (hash, image.saved(&path)))).collect();
        match &mut common {
            None => common = Some(files),
            Some(common) => common.retain(|path, what| files.get(path) == Some(what)),
        }
        Ok(())
    })?;
    // One world has nothing in common with others.
    Ok(common.filter(|_| rows.len() > 1).unwrap_or_default().into_keys().collect())
}

/// A layer as a manifest and a configuration name it.
#[derive(Clone)]
struct Layer {
    descriptor: Json,
    /// The digest of the tar, before it was compressed.
    diff_id: String,
}

/// A folder of images.
struct Layout {
    path: PathBuf,
}

impl Layout {
    /// The place of a layout: new, or begun, perhaps by another process a moment ago, and with no images but some of these.
    fn of(path: &Path, own: &BTreeSet<&str>) -> Result<Layout, Diagnostic> {
        let names = path.read_dir().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name()));
        let begun = |name: &str| name == "blobs" || name.starts_with("oci-layout");
        let is_foreign = names.map(|name| name.to_string_lossy().into_owned()).any(|name| !begun(&name));
        // Looked for last: whoever began it writes this before anything that is foreign without it.
        if is_foreign && !path.join("oci-layout").exists() {
            return Err(fault::no_layout(path));
        }
        match standing(&path.join(INDEX), path)?.into_iter().find(|name| !own.contains(name.as_str())) {
            Some(other) => Err(fault::other_images(path, &other)),
            None => Ok(Layout { path: path.to_owned() }),
        }
    }

    /// Makes room for images.
    fn begin(&self) -> Result<(), Diagnostic> {
        let blobs = self.path.join("blobs/sha256");
        fs::create_dir_all(&blobs).map_err(|error| unwritable(&blobs, &error))?;
        write(&self.path.join("oci-layout"), canonical(&json!({ "imageLayoutVersion": "1.0.0" })).as_bytes())
    }

    /// Keeps bytes under their digest and says how they are found. What stands there counts only if it is the same: a copy
    /// may have torn it.
    fn blob(&self, media_type: &str, bytes: &[u8]) -> Result<Json, Diagnostic> {
        let digest = sha256(bytes);
        let path = self.path.join("blobs/sha256").join(&digest);
        if fs::read(&path).ok().as_deref() != Some(bytes) {
            write(&path, bytes)?;
        }
        Ok(json!({ "mediaType": media_type, "digest": format!("sha256:{digest}"), "size": bytes.len() }))
    }

    fn layer(&self, image: &Image, keep: &dyn Fn(&str) -> bool) -> Result<Layer, Diagnostic> {
        let mut tar = archived(image, PLACE, keep)?;
        tar.extend(END);
        let mut gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::new(LEVEL));
        let bytes = gzip.write_all(&tar).and_then(|()| gzip.finish()).expect("memory takes what is written");
        Ok(Layer { descriptor: self.blob(LAYER, &bytes)?, diff_id: format!("sha256:{}", sha256(&tar)) })
    }

    /// The layer of what worlds have in common, if there is any.
    fn base(&self, image: &Image, half: Half, common: &BTreeSet<String>) -> Result<Option<Layer>, Diagnostic> {
        match common.iter().any(|path| Half::of_file(path) == half) {
            true => self.layer(image, &|path| Half::of_file(path) == half && common.contains(path)).map(Some),
            false => Ok(None),
        }
    }

    /// The entry of a world in the list of images.
    fn image(&self, row: &Row, image: &Image, half: Half, layers: &[Layer]) -> Result<Json, Diagnostic> {
        let mut labels = json!({ "worldc.root": image.root(), "worldc.public-root": image.public_root() });
        if half == Half::Sealed {
            labels["worldc.world"] = row.world.clone().into();
            labels["worldc.recipe"] = row.recipe.clone().into();
        }
        let config = json!({
            "architecture": "amd64", "os": "linux", "config": { "Labels": labels },
            "rootfs": { "type": "layers", "diff_ids": layers.iter().map(|layer| &layer.diff_id).collect::<Vec<_>>() },
        });
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": self.blob(CONFIG, canonical(&config).as_bytes())?,
            "layers": layers.iter().map(|layer| &layer.descriptor).collect::<Vec<_>>(), "annotations": labels,
        });
        let mut entry = self.blob(MANIFEST, canonical(&manifest).as_bytes())?;
        entry["annotations"] = json!({ TAG: tags(row).of(half) });
        Ok(entry)
    }

    /// From now on the layout has these images.
    fn finish(&self, images: BTreeMap<String, Json>) -> Result<(), Diagnostic> {
        let media_type = "application/vnd.oci.image.index.v1+json";
        let images: Vec<Json> = images.into_values().collect();
        let index = json!({ "schemaVersion": 2, "mediaType": media_type, "manifests": images });
        write(&self.path.join(INDEX), canonical(&index).as_bytes())
    }
}

/// What the images are called that a layout has by now; one without a tag by its digest.
fn standing(index: &Path, layout: &Path) -> Result<Vec<String>, Diagnostic> {
    let bytes = match fs::read(index) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(|error| unreadable(index, &error))?,
    };
    let list: Json = serde_json::from_slice(&bytes).map_err(|_| fault::no_layout(layout))?;
    let images = list["manifests"].as_array().ok_or_else(|| fault::no_layout(layout))?;
    let name = |image: &Json| image["annotations"][TAG].as_str().or(image["digest"].as_str()).map(str::to_owned);
    images.iter().map(|image| name(image).ok_or_else(|| fault::no_layout(layout))).collect()
}

/// Puts bytes in a file's place in one step.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    write_whole(path, bytes, true).map_err(|error| unwritable(path, &error))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::{Making, Pack, Recipe, Seeds, Source};
    use super::*;
    use crate::Settings;

    fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(path).expect("it is ours").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.path().is_dir() {
                true => found.extend(files(&entry.path()).into_iter().map(|(path, b)| (format!("{name}/{path}"), b))),
                false => drop(found.insert(name, fs::read(entry.path()).expect("it is ours"))),
            }
        }
        found
    }

    fn json(bytes: &[u8]) -> Json {
        serde_json::from_slice(bytes).expect("it is JSON")
    }

    /// The bytes that a descriptor names.
    fn blob<'l>(layout: &'l BTreeMap<String, Vec<u8>>, descriptor: &Json) -> &'l [u8] {
        let digest = descriptor["digest"].as_str().expect("a digest").trim_start_matches("sha256:");
        let bytes = &layout[&format!("blobs/sha256/{digest}")];
        assert_eq!((sha256(bytes).as_str(), descriptor["size"].as_u64()), (digest, Some(bytes.len() as u64)));
        bytes
    }

    /// The images of a layout in its order, each with its tag.
    fn entries(layout: &BTreeMap<String, Vec<u8>>) -> Vec<(String, Json)> {
        let images = json(&layout["index.json"])["manifests"].as_array().expect("a list").clone();
        let tag = |image: &Json| image["annotations"][TAG].as_str().expect("it has a tag").to_owned();
        images.into_iter().map(|image| (tag(&image), image)).collect()
    }

    /// What the layers of an image put into a container, by path.
    fn unpacked(layout: &BTreeMap<String, Vec<u8>>, entry: &Json) -> BTreeMap<String, Vec<u8>> {
        let blob = |descriptor: &Json| blob(layout, descriptor);
        let manifest = json(blob(entry));
        let config = json(blob(&manifest["config"]));
        let mut files = BTreeMap::new();
        for (at, layer) in manifest["layers"].as_array().expect("layers").iter().enumerate() {
            let mut tar = Vec::new();
            flate2::read::GzDecoder::new(blob(layer)).read_to_end(&mut tar).expect("it is gzip");
            assert_eq!(config["rootfs"]["diff_ids"][at], format!("sha256:{}", sha256(&tar)));
            for entry in tar::Archive::new(&tar[..]).entries().expect("a tar") {
                let mut entry = entry.expect("an entry");
                let path = entry.path().expect("a path").to_string_lossy().into_owned();
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).expect("it is whole");
                if entry.header().entry_type().is_file() {
                    assert!(files.insert(path, bytes).is_none(), "no layer hides another's file");
                }
            }
        }
        files
    }

    /// A fleet of three small worlds.
    fn made(path: &Path, pack: Pack) -> (Folder, Index) {
        made_of(path, pack, &["hello"], (1, 3))
    }

    /// A fleet of one small spec under these names.
    fn made_of(path: &Path, pack: Pack, names: &[&str], seeds: (u64, u64)) -> (Folder, Index) {
        let spec = crate::load(Path::new("specs/hello.world")).and_then(crate::check).expect("it is right");
        let sources = names.iter().map(|name| Source::of((*name).into(), &spec)).collect();
        let recipe = Recipe::of(sources, Seeds::Ranges(vec![seeds]), &Settings::default());
        let spec = std::sync::Arc::new(spec);
        let (recipe, specs) = (recipe.packed(pack), &vec![spec; names.len()]);
        let making = Making { threads: 1, ..Making::of(&recipe, specs) };
        let index = making.run(path, &|_| ()).expect("it is made");
        (Folder::open(path).expect("it stands"), index)
    }

    #[test]
    fn agents_and_graders_have_images_of_their_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut layouts = Vec::new();
        for pack in [Pack::Folders, Pack::Shard] {
            let (fleet, index) = made(&folder.path().join(format!("{pack:?}")), pack);
            let out = folder.path().join(format!("oci {pack:?}"));
            export(&fleet, &index, &out, &|| ()).expect("it is written");
            export(&fleet, &index, &out, &|| ()).expect("it is written once more");
            layouts.push((files(&out.join("open")), files(&out.join("sealed")), index));
        }
        assert!(layouts[0].0 == layouts[1].0 && layouts[0].1 == layouts[1].1, "digests depend on the fleet alone");
        let (open, sealed, index) = layouts.remove(1);
        let (agents, graders): (BTreeMap<_, _>, BTreeMap<_, _>) =
            (entries(&open).into_iter().collect(), entries(&sealed).into_iter().collect());
        for row in index.rows.iter() {
            let row = row.expect("it is whole");
            let tags = tags(&row);
            let (of_agent, of_grader) =
                (unpacked(&open, &agents[&tags.open]), unpacked(&sealed, &graders[&tags.sealed]));
            assert!(of_agent.keys().all(|path| path.starts_with("world/disk/") || path.starts_with("world/mail/")));
            let whole = of_agent.into_iter().chain(of_grader);
            let whole = whole.map(|(path, bytes)| (path.trim_start_matches("world/").to_owned(), bytes.into()));
            assert_eq!(Some(Image::of_files(whole.collect()).expect("together they are whole").root()), row.root());
        }
        let foreign =
            export(&Folder::open(&folder.path().join("Shard")).expect("it stands"), &index, folder.path(), &|| ());
        assert!(foreign.is_ok(), "open/ and sealed/ are new beside what stands there");
        fs::remove_file(folder.path().join("open/oci-layout")).expect("removed");
        let fleet = Folder::open(&folder.path().join("Shard")).expect("it stands");
        assert_eq!(export(&fleet, &index, folder.path(), &|| ()).expect_err("no layout").code, "E0603");
    }

    #[test]
    fn the_order_of_images_says_nothing_of_their_seeds() {
        let folder = tempfile::tempdir().expect("a folder");
        let (fleet, index) = made_of(&folder.path().join("fleet"), Pack::Folders, &["hello"], (1, 6));
        export(&fleet, &index, folder.path(), &|| ()).expect("it is written");
        let open = entries(&files(&folder.path().join("open")));
        assert!(open.len() == 6 && open.is_sorted_by_key(|(tag, _)| tag.clone()), "{open:#?}");
    }

    /// Two worlds of one root are one image for agents; each of them is graded by its own.
    #[test]
    fn every_world_is_found_by_its_tags() {
        let folder = tempfile::tempdir().expect("a folder");
        let (fleet, index) = made_of(&folder.path().join("fleet"), Pack::Folders, &["anna", "ben"], (1, 2));
        export(&fleet, &index, folder.path(), &|| ()).expect("it is written");
        let [open, sealed] = ["open", "sealed"].map(|half| files(&folder.path().join(half)));
        let tags_of = |layout| entries(layout).into_iter().map(|(tag, _)| tag).collect::<Vec<_>>();
        let (mut agents, mut graders) = (tags_of(&open), tags_of(&sealed));
        assert_eq!((agents.len(), graders.len()), (2, 4));
        agents.dedup();
        graders.dedup();
        assert_eq!((agents.len(), graders.len()), (2, 4), "no tag stands for two images");
        let mut worlds: Vec<Json> = entries(&sealed)
            .iter()
            .map(|(_, entry)| json(blob(&sealed, entry))["annotations"]["worldc.world"].clone())
            .collect();
        worlds.sort_by_key(Json::to_string);
        assert_eq!(worlds, ["anna@1", "anna@2", "ben@1", "ben@2"]);
    }

    #[test]
    fn the_images_of_another_fleet_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = |name: &str, seeds| made_of(&folder.path().join(name), Pack::Folders, &["hello"], seeds);
        let (small, other, grown) = (made("small", (1, 3)), made("other", (3, 5)), made("grown", (1, 5)));
        let out = folder.path().join("oci");
        let exported = |(fleet, index): &(Folder, Index)| export(fleet, index, &out, &|| ());
        exported(&small).expect("it is written");
        let before = files(&out);
        let refused = exported(&other).expect_err("two of the three that stand there are none of its worlds");
        assert_eq!(refused.code, "E0603");
        assert!(files(&out) == before, "nothing was changed");
        exported(&grown).expect("all that stand there are its worlds too");
        assert_eq!(entries(&files(&out.join("open"))).len(), 5);
        // Of an export that was interrupted one layout may be there alone.
        fs::remove_dir_all(out.join("open")).expect("it is ours");
        assert_eq!(exported(&other).expect_err("the graders' images are another fleet's").code, "E0603");
        assert!(!out.join("open").exists(), "nothing was begun");
        exported(&grown).expect("it goes on");
        for text in ["{}", "half", r#"{"manifests":[{"digest":"sha256:0"}]}"#] {
            fs::write(out.join("sealed/index.json"), text).expect("it is ours");
            assert_eq!(
                exported(&grown).expect_err("what stands there is no list of its images").code,
                "E0603",
                "{text}"
            );
        }
    }

    /// The blobs of a layout in order.
    fn blobs(layout: &Path) -> Vec<PathBuf> {
        let listing = fs::read_dir(layout.join("blobs/sha256")).expect("it is ours");
        let mut blobs: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
        blobs.sort();
        blobs
    }

    #[test]
    fn a_blob_that_is_not_its_digest_is_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (fleet, index) = made(&folder.path().join("fleet"), Pack::Folders);
        let out = folder.path().join("oci");
        export(&fleet, &index, &out, &|| ()).expect("it is written");
        let whole = files(&out);
        for half in Half::BOTH {
            let blobs = blobs(&out.join(half.name()));
            let length = fs::metadata(&blobs[0]).expect("it is ours").len();
            fs::write(&blobs[0], vec![0; usize::try_from(length).expect("it is small")]).expect("written");
            fs::write(&blobs[1], "half").expect("written");
        }
        export(&fleet, &index, &out, &|| ()).expect("it is written once more");
        assert!(files(&out) == whole, "neither what has the right length nor what has not is trusted");
    }

    #[test]
    fn exports_side_by_side_have_temporary_names_of_their_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let (fleet, index) = made(&folder.path().join("fleet"), Pack::Folders);
        let [alone, beside] = ["alone", "beside"].map(|name| folder.path().join(name));
        export(&fleet, &index, &alone, &|| ()).expect("it is written");
        let blob = blobs(&alone.join("open")).remove(0);
        let of_another = beside.join("open/blobs/sha256").join(blob.file_name().expect("it has one"));
        let of_another = of_another.with_extension("unfinished");
        fs::create_dir_all(of_another.parent().expect("it has one")).expect("made");
        fs::write(beside.join("open/oci-layout.1.unfinished"), "").expect("written");
        fs::write(&of_another, "half").expect("written");
        export(&fleet, &index, &beside, &|| ()).expect("it is written");
        assert_eq!(fs::read(&of_another).ok().as_deref(), Some(&b"half"[..]), "another process is not done with it");
    }

    #[test]
    fn what_cannot_take_its_place_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let layout = Layout::of(folder.path(), &BTreeSet::new()).expect("it is new");
        layout.begin().expect("there is room");
        let taken = folder.path().join("blobs/sha256").join(sha256(b"layer"));
        fs::create_dir_all(taken.join("in the way")).expect("made");
        assert_eq!(layout.blob(LAYER, b"layer").expect_err("a folder stands there").code, "E0601");
        assert_eq!(blobs(folder.path()), [taken]);
    }

    #[test]
    fn a_fleet_without_worlds_leaves_a_layout_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (fleet, index) = made(&folder.path().join("fleet"), Pack::Folders);
        let out = folder.path().join("oci");
        export(&fleet, &index, &out, &|| ()).expect("it is written");
        let whole = files(&out);
        let refused = export(&fleet, &Index::of(Rows::read(Vec::new(), "").expect("there are none")), &out, &|| ())
            .expect_err("it has no world");
        assert_eq!(refused.code, "E0620");
        assert!(files(&out) == whole, "what was exported before stays");
    }
}
