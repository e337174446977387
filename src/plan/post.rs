//! What people say in chats, before the month and during it.

use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::blocks::chronological;
use crate::plan::disk::moment_of;
use crate::plan::types::Post;
use crate::plan::world::property_span;
use crate::resolve::program::Declaration;
use crate::value::{Item, usual};

impl Planner<'_> {
    /// Messages of the chats, history and scheduled.
    pub(super) fn plan_posts(&mut self) -> Outcome<()> {
        let posts = self.each_of(Kind::Post, |planner, declaration, item| planner.post(declaration, item))?;
        self.plan.posts = chronological(posts, |post| (post.at, &post.address));
        Ok(())
    }

    fn post(&self, declaration: &Declaration, item: Item) -> Outcome<Option<Post>> {
        let at = self.property(item, "at")?;
        let Some(at) = moment_of(&at, usual::MORNING) else { return Ok(None) };
        let from = self.property(item, "from")?;
        let from = self
            .person_of(&from)
            .ok_or_else(|| self.eval.type_fault(property_span(declaration, "from"), "a persona", &from))?;
        let typist = self.typist(&self.address(item), self.plan.people[from].habits.typos);
        Ok(Some(Post {
            address: self.address(item),
            channel: self.channel(declaration, item)?,
            from,
            at,
            body: typist.mistype(self.printed(item, "body")?),
            when: self.condition(item, declaration)?,
            background: self.in_background(declaration),
        }))
    }

    /// The name of the chat a post stands in.
    fn channel(&self, declaration: &Declaration, item: Item) -> Outcome<String> {
        let chat = self.eval.program.ancestors(declaration).find(|block| block.kind == Kind::Chat);
        match chat.and_then(|chat| chat.label.as_ref()) {
            Some(label) => Ok(self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?.text),
            None => Ok("general".to_string()),
        }
    }
}
