//! The outline of a world: its people, mail, schedule and disk, while what the files hold is still left out. Each file
//! can be made alone. It is for answering who cannot wait for the whole world.

use crate::diag::Diagnostics;
use crate::eval::Fault;
use crate::plan::disk::Draft;
use crate::plan::types::{Document, Plan, Standing};
use crate::plan::{Planner, planned};
use crate::resolve::program::Program;
use crate::settings::Settings;

/// A plan whose documents are blank, and what each file is made from. Nothing else of it differs from the whole plan,
/// except that pieces of noise which tell of a document's content are missing, and facts that nobody has read yet.
pub(crate) struct Outline<'o> {
    planner: Planner<'o>,
    drafts: Vec<Draft>,
}

/// Plans the outline of the world of a seed and works on it. The program has been checked.
pub(crate) fn outlined<T>(
    program: &Program,
    sealed: &dyn Fn(u32, &str) -> bool,
    settings: &Settings,
    work: impl FnOnce(Outline<'_>) -> T,
) -> Result<T, Diagnostics> {
    let steps = |planner: &mut Planner<'_>| {
        planner.blank = true;
        let drafts = planner.run(sealed)?;
        planner.list_facts(sealed);
        Ok(drafts)
    };
    planned(program, settings, steps, |planner, drafts| work(Outline { planner, drafts }))
}

impl Outline<'_> {
    pub(crate) fn plan(&self) -> &Plan {
        &self.planner.plan
    }

    /// The file at that storage path. Nothing where no file of the spec stands: noise is made of other files.
    pub(crate) fn document(&mut self, path: &str) -> Result<Option<Document>, Fault> {
        let planner = &mut self.planner;
        let stands = |at: &usize| {
            let document = &planner.plan.documents[*at];
            document.stands == Standing::Disk && document.path == path
        };
        let drafts = self.drafts.iter().filter_map(|draft| Some((draft, *planner.document_of.get(&draft.item)?)));
        let Some((draft, at)) = drafts.into_iter().find(|(_, at)| stands(at)) else { return Ok(None) };
        planner.blank = false;
        let document = planner.document(planner.eval, draft);
        planner.blank = true;
        // Noise may have moved it, and says so by its name and time alone.
        let Document { path, saved, .. } = planner.plan.documents[at].clone();
        Ok(Some(Document { path, saved, ..document? }))
    }
}
