//! Whether every objective can be solved: what it needs can be learnt in time, and something points there [S3].

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Operator, Rule, RuleKind};
use crate::value::Moment;

use super::Checker;
use super::known::{Family, Known, Secret, Type};
use super::timing::{block_named, enclosing};
use super::visibility::{Seen, all_seen};
use super::walk::each_expr;

/// Something that reveals secrets during the month.
struct Channel {
    block: DeclarationId,
    secrets: Vec<Secret>,
    at: Option<Moment>,
}

/// A secret wanted by a check, with the moment at which that is read.
struct Wanted {
    span: Span,
    by: Option<Moment>,
}

impl Checker<'_> {
    /// Checks every objective.
    pub(crate) fn check_objectives(&mut self) {
        let program = self.program;
        let seen = all_seen(program, &self.clock);
        let objectives = program.declarations.iter().filter(|block| block.kind == Kind::Objective);
        for objective in objectives {
            if self.brief_in_time(objective) {
                self.check_stands(objective, &seen);
                self.check_needs(objective, &seen);
            }
        }
    }

    /// The blocks of an objective, itself first.
    fn parts_of(&self, objective: &Declaration) -> Vec<DeclarationId> {
        let mut parts = vec![objective.id];
        let mut index = 0;
        while let Some(id) = parts.get(index).copied() {
            parts.extend(&self.program.get(id).children);
            index += 1;
        }
        parts
    }

    /// When a part of an objective is read: a milestone at its `by`, all else at `due`.
    fn deadline(&self, part: &Declaration) -> Option<Moment> {
        let (block, name) = match enclosing(self.program, part.id, Kind::Milestone) {
            Some(milestone) => (milestone, "by"),
            None => (enclosing(self.program, part.id, Kind::Objective)?, "due"),
        };
        self.moment_of(block, name)
    }

    fn check_stands(&mut self, objective: &Declaration, seen: &[Seen]) {
        for id in self.parts_of(objective) {
            let part = self.program.get(id);
            let due = self.deadline(part);
            self.check_composable(part);
            for rule in part.rules.iter().filter(|rule| rule.kind == RuleKind::Check) {
                self.check_visible(&rule.condition, seen, due);
                self.check_tolerance(objective, rule, seen);
            }
        }
    }

    /// The brief comes before anything is due; without that nothing else can be said.
    fn brief_in_time(&mut self, objective: &Declaration) -> bool {
        let Some(due) = self.deadline(objective) else { return true };
        if let Some(brief) = self.brief_of(objective)
            && let Some(at) = brief.field("at")
            && self.moment_of(brief, "at").is_some_and(|moment| moment >= due)
        {
            let (span, place) = (at.value.span, self.place_of(objective.id));
            self.emit(
                Diagnostic::error("E0407", span, "this brief arrives when its objective is already due")
                    .label("too late")
                    .cause(objective.field("due").map_or(place, |field| field.value.span), "due here")
                    .help("send the brief earlier, or move `due`"),
            );
            return false;
        }
        self.check_milestones(objective, due);
        true
    }

    fn check_milestones(&mut self, objective: &Declaration, due: Moment) {
        let program = self.program;
        let place = objective.field("due").map_or(objective.head, |field| field.value.span);
        for milestone in objective.children.iter().map(|id| program.get(*id)) {
            let Some(by) =
                milestone.field("by").filter(|_| milestone.kind == Kind::Milestone && due_is_plain(objective))
            else {
                continue;
            };
            let own = self.moment_of(milestone, "by");
            if own.is_some_and(|moment| moment > due) && !names_due(&by.value) {
                self.emit(
                    Diagnostic::error(
                        "E0407",
                        by.value.span,
                        format!("the {} is read after its objective is due", self.named(milestone.id)),
                    )
                    .label("after `due`")
                    .cause(place, "due here")
                    .help("move it before `due`; what follows a hand-in says so: `by = due + 2d`"),
                );
            }
        }
    }

    pub(super) fn brief_of(&self, objective: &Declaration) -> Option<&'_ Declaration> {
        let brief = block_named(self.program, objective, &objective.field("brief")?.value)?;
        (brief.kind == Kind::Mail).then_some(brief)
    }

    /// The secrets an objective needs: those its checks and traps stand on.
    fn wanted(&mut self, objective: &Declaration) -> BTreeMap<Secret, Wanted> {
        let mut wanted = BTreeMap::new();
        for id in self.parts_of(objective) {
            let part = self.program.get(id);
            let by = self.deadline(part);
            for known in self.quietly(|checker| checker.known_of_part(part)) {
                for (secret, entry) in known.seal {
                    let kept = wanted.entry(secret).or_insert(Wanted { span: entry.span, by });
                    if by.is_some() && (kept.by.is_none() || by < kept.by) {
                        *kept = Wanted { span: entry.span, by };
                    }
                }
            }
        }
        wanted
    }

    fn known_of_part(&mut self, part: &Declaration) -> Vec<Known> {
        let family = Family::plain(part.id);
        let scope = self.scope_of(&family);
        match part.kind {
            Kind::Trap => {
                part.fields.iter().map(|field| self.lookup(&field.name.name, field.name.span, &scope)).collect()
            }
            Kind::Replace => Vec::new(),
            _ => {
                let checks = part.rules.iter().filter(|rule| rule.kind == RuleKind::Check);
                checks.map(|rule: &Rule| self.infer(&rule.condition, &scope.of_run())).collect()
            }
        }
    }

    fn check_needs(&mut self, objective: &Declaration, seen: &[Seen]) {
        let wanted = self.wanted(objective);
        if wanted.is_empty() {
            return;
        }
        let brief = self.brief_of(objective).map(|brief| brief.id);
        let channels = self.channels(brief);
        for (secret, wanted) in wanted {
            self.check_need(objective, &secret, &wanted, &channels, seen);
        }
    }

    fn check_need(
        &mut self,
        objective: &Declaration,
        secret: &Secret,
        wanted: &Wanted,
        channels: &[Channel],
        seen: &[Seen],
    ) {
        let mut showing: Vec<&Channel> = channels.iter().filter(|channel| channel.secrets.contains(secret)).collect();
        showing.sort_by_key(|channel| channel.at);
        let early = |channel: &Channel| match (channel.at, wanted.by) {
            (Some(at), Some(by)) => at < by,
            _ => true,
        };
        match (showing.as_slice(), showing.iter().any(|channel| early(channel))) {
            ([], _) => self.unlearnable(secret, wanted),
            ([first, ..], false) => self.too_late(objective, secret, wanted, first),
            _ => self.must_be_pointed_at(objective, secret, wanted, &showing, seen),
        }
    }

    fn unlearnable(&mut self, secret: &Secret, wanted: &Wanted) {
        let name = self.secret_name(secret);
        self.emit(
            Diagnostic::error("E0402", wanted.span, format!("nobody can learn the secret `{name}`, and this needs it"))
                .label("stands on the secret")
                .cause(self.secret_place(secret), "declared secret here")
                .help(format!(
                    "let somebody reveal it: `tell topic {{ when = asked(\"…\")  say = \"… {{{{ {name} }}}} …\" }}`"
                )),
        );
    }

    fn too_late(&mut self, objective: &Declaration, secret: &Secret, wanted: &Wanted, first: &Channel) {
        let name = self.secret_name(secret);
        let from = first.at.map(spoken).unwrap_or_default();
        let due = objective.field("due").map_or(objective.head, |field| field.value.span);
        let by = wanted.by.map(spoken).unwrap_or_default();
        self.emit(
            Diagnostic::error(
                "E0402",
                wanted.span,
                format!("the secret `{name}` can be learnt only after this is read"),
            )
            .label(format!("read on {by}"))
            .cause(self.place_of(first.block), format!("known from {from} at the earliest"))
            .cause(due, "the objective is due here")
            .help("let it be known earlier, or move the deadline"),
        );
    }

    /// Something the agent can see in time names the teller or the topic.
    fn must_be_pointed_at(
        &mut self,
        objective: &Declaration,
        secret: &Secret,
        wanted: &Wanted,
        showing: &[&Channel],
        seen: &[Seen],
    ) {
        let program = self.program;
        let tells: Vec<&Declaration> = showing.iter().map(|channel| program.get(channel.block)).collect();
        if tells.iter().any(|block| block.kind != Kind::Tell) || self.is_hinted(secret) {
            return;
        }
        let pointed = tells.iter().any(|tell| self.points_at(tell, wanted.by, seen));
        if pointed {
            return;
        }
        let Some(tell) = tells.first() else { return };
        let name = self.secret_name(secret);
        let teller = tell.parent.map(|id| self.name_of(id)).unwrap_or_default();
        let mut error = Diagnostic::error("E0411", self.place_of(tell.id), format!("nothing the agent can see points at the secret `{name}`"))
            .label(format!("only {teller} says it, and only when asked"))
            .cause(wanted.span, "needed here")
            .help(format!("name `{{{{ {teller}.first }}}}` or one of the topic's words in the brief, or say `hints = [{name}]` where it is hinted"));
        if let Some(brief) = self.brief_of(objective) {
            error = error.cause(self.place_of(brief.id), "the brief names neither her nor the topic");
        }
        self.emit(error);
    }

    fn is_hinted(&self, secret: &Secret) -> bool {
        let name = self.name_of(secret.declaration);
        let hints = self.program.declarations.iter().filter_map(|block| block.field("hints"));
        let mut found = false;
        for hint in hints {
            each_expr(&hint.value, &mut |expr| found |= matches!(&expr.kind, ExprKind::Name(own) if **own == *name));
        }
        found
    }

    /// All that reveals secrets during the month.
    fn channels(&mut self, brief: Option<DeclarationId>) -> Vec<Channel> {
        let program = self.program;
        let begins = brief.and_then(|brief| {
            let brief = program.get(brief);
            self.moment_of(brief, "at")
        });
        let begins = begins.max(self.clock.starts);
        let mut channels = Vec::new();
        for block in &program.declarations {
            let known = self.quietly(|checker| checker.revealed(block));
            if let Some(known) = known.filter(Known::sealed) {
                let at = self.revealed_at(block, begins);
                channels.push(Channel { block: block.id, secrets: self.secrets_of(&known), at });
            }
        }
        channels
    }

    /// What a block shows when it is there.
    fn revealed(&mut self, block: &Declaration) -> Option<Known> {
        let names: &[&str] = match block.kind {
            Kind::Tell => &["say", "attach"],
            Kind::Mail if self.reaches_owner(block) => &["subject", "body", "attach"],
            Kind::Post => &["body"],
            Kind::Event => &["body"],
            Kind::File if enclosing(self.program, block.id, Kind::Change).is_some() => &["from"],
            _ => return None,
        };
        let family = Family::plain(block.id);
        let mut known = Known::of(Type::Text);
        for name in names.iter().filter(|name| block.field(name).is_some()) {
            let shown = self.field_of(&family, name, block.head);
            known.add(&self.with_contents(&shown, block.head));
        }
        for child in block.children.clone() {
            if self.program.get(child).kind == Kind::File {
                let shown = self.field_of(&Family::plain(child), "from", block.head);
                known.add(&self.with_contents(&shown, block.head));
            }
        }
        Some(known)
    }

    /// Attached files show what stands in them.
    fn with_contents(&mut self, shown: &Known, span: Span) -> Known {
        let mut known = shown.clone();
        for family in attached_families(&shown.ty) {
            let block = self.program.get(family.declaration);
            match block.kind {
                Kind::Template => known.add(&self.content_of(&family, span)),
                Kind::File => {
                    let from = self.field_of(&Family::plain(block.id), "from", span);
                    known.add(&from);
                    for inner in attached_families(&from.ty) {
                        known.add(&self.content_of(&inner, span));
                    }
                }
                _ => {}
            }
        }
        known
    }

    fn reaches_owner(&self, mail: &Declaration) -> bool {
        let Some(to) = mail.field("to") else { return true };
        let world = self.program.get(self.program.world);
        let owner = world.field("owner").and_then(|field| block_named(self.program, world, &field.value));
        let lists = [Some(to), mail.field("cc")];
        let mut stated = true;
        let mut found = false;
        for field in lists.into_iter().flatten() {
            let ExprKind::List(items) = &field.value.kind else {
                stated = false;
                continue;
            };
            found |= items.iter().any(|item| {
                block_named(self.program, mail, item).map(|person| person.id) == owner.map(|owner| owner.id)
            });
        }
        found || !stated
    }

    /// The earliest moment at which a block is there.
    fn revealed_at(&self, block: &Declaration, begins: Option<Moment>) -> Option<Moment> {
        let program = self.program;
        match block.kind {
            Kind::Tell => {
                let person = program.parent(block)?;
                let answered = self.clock.answered(program, person, begins?)?;
                let bound = block.field("when").and_then(|when| self.not_before(block, &when.value));
                match bound {
                    Some(bound) if bound > answered => self.clock.answered(program, &without_delay(person), bound),
                    _ => Some(answered),
                }
            }
            Kind::File => {
                let change = enclosing(program, block.id, Kind::Change)?;
                self.moment_of(change, "at")
            }
            _ => self.moment_of(block, "at"),
        }
    }

    /// The lower bound that `now >= …` in a condition sets.
    fn not_before(&self, block: &Declaration, condition: &Expr) -> Option<Moment> {
        match &condition.kind {
            ExprKind::Binary(Operator::And, left, right) => {
                self.not_before(block, left).max(self.not_before(block, right))
            }
            ExprKind::Binary(Operator::GreaterEqual | Operator::Greater, left, right) => match &left.kind {
                ExprKind::Name(name) if &**name == "now" => self.clock.moment(self.program, block, right),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The same person answering at once: for what she comes back with by herself.
fn without_delay(person: &Declaration) -> Declaration {
    let mut person = person.clone();
    for field in person.fields.iter_mut().filter(|field| &*field.name.name == "replies") {
        field.value.kind = ExprKind::Duration(crate::value::Duration(0));
    }
    person
}

/// The files and templates behind a value.
fn attached_families(ty: &Type) -> Vec<Family> {
    match ty {
        Type::Row(family) | Type::Rows(family) | Type::Applied(family) => vec![family.clone()],
        Type::List(of) => attached_families(of),
        _ => Vec::new(),
    }
}

/// "Tue 3 Mar 10:42".
fn spoken(moment: Moment) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = moment.date();
    let (_, month, day) = date.ymd();
    let (hour, minute, _) = moment.time().hms();
    let weekday = DAYS.get(date.weekday() as usize).copied().unwrap_or_default();
    let month = MONTHS.get(month.saturating_sub(1) as usize).copied().unwrap_or_default();
    format!("{weekday} {day} {month} {hour:02}:{minute:02}")
}

fn due_is_plain(objective: &Declaration) -> bool {
    objective.field("due").is_some()
}

/// `by = due + 2d` is after the hand-in on purpose.
fn names_due(expr: &Expr) -> bool {
    let mut found = false;
    each_expr(expr, &mut |inner| found |= matches!(&inner.kind, ExprKind::Name(name) if &**name == "due"));
    found
}
