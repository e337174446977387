//! Reading files: the spec, what it imports, the texts and data they load.

use std::sync::Arc;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use super::program::{Module, ModuleId, Target};
use super::{Resolver, library, path};
use crate::diag::Diagnostic;
use crate::forms;
use crate::source::{SourceId, Span};
use crate::syntax::{Import, parse};

/// The largest spec or body of text, in bytes.
const LARGEST_TEXT: usize = 4 << 20;
/// The largest data file, in bytes.
const LARGEST_DATA: usize = 16 << 20;
/// How many files one world may read.
const MOST_FILES: usize = 2_000;

/// What a file is read for, which decides how large it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Text,
    Data,
}

impl Resolver<'_> {
    /// Reads a file of the language and all it imports; `None` when that was reported.
    pub(super) fn read_module(&mut self, path: &str, asked: Option<Span>) -> Option<ModuleId> {
        match self.by_path.get(path) {
            Some(Some(id)) => return Some(*id),
            Some(None) => {
                self.report_ring(path, asked);
                return None;
            }
            None => {}
        }
        let source = self.read_text(path, asked, Purpose::Text)?;
        let id = self.add_module(path);
        self.by_path.insert(path.to_string(), None);
        let (tree, found) = parse(&self.sources, source);
        self.found.extend(found);
        let imports = tree.as_ref().map(|tree| tree.imports.clone()).unwrap_or_default();
        self.trees[id.0 as usize] = tree;
        imports.iter().for_each(|import| self.import(id, path, import));
        self.by_path.insert(path.to_string(), Some(id));
        Some(id)
    }

    fn add_module(&mut self, path: &str) -> ModuleId {
        let std = path.starts_with("std/");
        let shown = if std { path.to_string() } else { format!("{}{path}", self.folder) };
        self.modules.push(Module { path: shown, std, names: IndexMap::new() });
        self.trees.push(None);
        ModuleId(self.modules.len() as u32 - 1)
    }

    fn import(&mut self, importer: ModuleId, base: &str, import: &Import) {
        let span = import.path.span;
        let path = match path::join(base, &import.path.value) {
            Ok(path) if path.ends_with(".world") => path,
            Ok(_) => {
                let error = Diagnostic::error("E0123", span, "only `.world` files can be used");
                return self.report(error.help("read data with `load(\"…\")` instead"));
            }
            Err(reason) => return self.report(Diagnostic::error("E0123", span, reason)),
        };
        self.trail.push((base.to_string(), span));
        let module = self.read_module(&path, Some(span));
        self.trail.pop();
        match module {
            Some(module) => self.name_import(importer, import, module),
            None => drop(self.unread.insert((importer, import.name.name.clone()))),
        }
    }

    fn name_import(&mut self, importer: ModuleId, import: &Import, module: ModuleId) {
        let name = &import.name;
        if forms::reserved(&name.name) {
            return self.report(super::name::barred(name));
        }
        let names = &mut self.modules[importer.0 as usize].names;
        if names.insert(name.name.clone(), Target::Module(module)).is_some() {
            let message = format!("two files are imported as `{}`", name.name);
            self.report(
                Diagnostic::error("E0112", name.span, message).help("give one of them another name after `as`"),
            );
        }
    }

    fn report_ring(&mut self, path: &str, asked: Option<Span>) {
        let span = asked.unwrap_or_default();
        let start = self.trail.iter().position(|(file, _)| file == path).unwrap_or(0);
        let ring: Vec<&str> = self.trail[start..].iter().map(|(file, _)| file.as_str()).chain([path]).collect();
        let mut error = Diagnostic::error("E0107", span, "these files import each other in a ring")
            .label("closes the ring")
            .note(ring.join(" → "))
            .help("move what both need into a third file");
        for (_, cause) in self.trail[start..].iter().filter(|(_, cause)| *cause != span) {
            error = error.cause(*cause, "part of the ring");
        }
        self.report(error);
    }

    /// A file's text as a source, read once; `None` when that was reported.
    pub(super) fn read_text(&mut self, path: &str, asked: Option<Span>, purpose: Purpose) -> Option<SourceId> {
        if let Some(known) = self.texts.get(path) {
            return *known;
        }
        let text = match self.fetch(path, purpose) {
            Ok(text) => Some(text),
            Err((code, reason)) => {
                self.report(unreadable(code, reason, asked));
                None
            }
        };
        let shown = if path.starts_with("std/") { path.to_string() } else { format!("{}{path}", self.folder) };
        let source = text.map(|text| self.sources.add(shown, text));
        self.texts.insert(path.to_string(), source);
        source
    }

    fn fetch(&mut self, path: &str, purpose: Purpose) -> Result<Arc<str>, (&'static str, String)> {
        let bytes = self.bytes(path)?;
        let most = if purpose == Purpose::Data { LARGEST_DATA } else { LARGEST_TEXT };
        if bytes.len() > most {
            return Err(("E0122", format!("`{path}` is larger than {} MB, the most that is read", most >> 20)));
        }
        if self.inputs.len() >= MOST_FILES {
            return Err(("E0122", format!("a world may read {MOST_FILES} files, and `{path}` is one more")));
        }
        self.inputs.insert(path.to_string(), hexadecimal(&Sha256::digest(&bytes)));
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        match String::from_utf8(bytes) {
            // Lines of data and bodies end alike wherever they were saved.
            Ok(text) if !path.ends_with(".world") && text.contains('\r') => Ok(text.replace("\r\n", "\n").into()),
            Ok(text) => Ok(text.into()),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Err(("E0122", format!("`{path}` is not UTF-8 text: byte {at} is no character; save it as UTF-8")))
            }
        }
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, (&'static str, String)> {
        if path.starts_with("std/") {
            let near = || forms::did_you_mean(path, library::paths());
            return library::embedded(path).map(<[u8]>::to_vec).ok_or_else(|| {
                let hint = near().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                ("E0122", format!("the library has no `{path}`{hint}"))
            });
        }
        self.files.read(path).map_err(|why| (if why.may_pass { LATER } else { "E0122" }, why.reason))
    }
}

fn unreadable(code: &'static str, reason: String, asked: Option<Span>) -> Diagnostic {
    let Some(span) = asked else { return Diagnostic::global(code, reason) };
    let way_out = match code {
        LATER => "nothing is wrong with the spec; try again",
        _ => "paths are relative to the file that says them; `std/…` is built in",
    };
    Diagnostic::error(code, span, reason).label("asked for here").help(way_out)
}

/// The code of what the system could not read now.
const LATER: &str = "E0609";

/// Bytes as hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
