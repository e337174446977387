//! The one table of forms: every block, property and function of the language, its type and its meaning. The checker,
//! the formatter, completion, `worldc explain` and the generated reference all read it.

mod blocks;
pub(crate) mod codes;
mod explain;
mod functions;
mod nearest;
mod reference;
pub(crate) mod tools;

pub(crate) use blocks::BLOCKS;
pub(crate) use explain::explain;
pub(crate) use functions::FUNCTIONS;
pub(crate) use nearest::did_you_mean;

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a block or binding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    World,
    Brand,
    Persona,
    Hand,
    Tell,
    Table,
    Let,
    Secret,
    Knob,
    Phrases,
    Template,
    Sheet,
    Chart,
    Photo,
    Screenshot,
    Logo,
    Folder,
    File,
    Noise,
    Versions,
    Reviewed,
    Duplicates,
    Abandoned,
    Misfiled,
    Clutter,
    Mail,
    Mailbox,
    Chat,
    Post,
    Event,
    Change,
    Schema,
    Objective,
    Deliver,
    Milestone,
    Late,
    Trap,
    /// `table { column = wrong }` inside a trap.
    Replace,
}

impl Kind {
    /// Every kind, in the order of the reference.
    #[cfg(test)]
    pub(crate) const ALL: [Kind; 38] = [
        Kind::World,
        Kind::Brand,
        Kind::Persona,
        Kind::Hand,
        Kind::Tell,
        Kind::Table,
        Kind::Let,
        Kind::Secret,
        Kind::Knob,
        Kind::Phrases,
        Kind::Template,
        Kind::Sheet,
        Kind::Chart,
        Kind::Photo,
        Kind::Screenshot,
        Kind::Logo,
        Kind::Folder,
        Kind::File,
        Kind::Noise,
        Kind::Versions,
        Kind::Reviewed,
        Kind::Duplicates,
        Kind::Abandoned,
        Kind::Misfiled,
        Kind::Clutter,
        Kind::Mail,
        Kind::Mailbox,
        Kind::Chat,
        Kind::Post,
        Kind::Event,
        Kind::Change,
        Kind::Schema,
        Kind::Objective,
        Kind::Deliver,
        Kind::Milestone,
        Kind::Late,
        Kind::Trap,
        Kind::Replace,
    ];

    /// The word that begins it in a spec.
    pub(crate) fn keyword(self) -> &'static str {
        form(self).keyword
    }

    /// Whether it is written `let name = …` rather than as a block.
    pub(crate) fn is_binding(self) -> bool {
        matches!(self, Kind::Let | Kind::Secret | Kind::Knob | Kind::Phrases)
    }
}

/// A type of value, in the author's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Any,
    Number,
    Text,
    YesNo,
    Date,
    Month,
    Time,
    Moment,
    Duration,
    /// `09:00..17:30`, `wd13..wd16`.
    Interval,
    List(&'static Type),
    /// `{ key: value }`.
    Map,
    Row,
    Table,
    Persona,
    /// A persona, or a stranger made by `outside(name, email)`.
    Correspondent,
    File,
    Mail,
    Change,
    Deliver,
    Milestone,
    Tell,
    /// A template with its arguments.
    Content,
    /// A schema with its arguments.
    Schema,
    /// A path with `*`, `**` and `?`.
    Glob,
    /// A condition that may use words of the run.
    Condition,
    /// What `load("…")` brings.
    Data,
}

impl Type {
    /// The name an author reads in errors and in the reference.
    pub(crate) fn words(self) -> String {
        match self {
            Type::List(of) => format!("list of {}", of.plural()),
            other => other.singular().to_string(),
        }
    }

    fn singular(self) -> &'static str {
        match self {
            Type::Any => "anything",
            Type::Number => "number",
            Type::Text => "text",
            Type::YesNo => "yes/no",
            Type::Date => "date",
            Type::Month => "month",
            Type::Time => "time",
            Type::Moment => "moment",
            Type::Duration => "duration",
            Type::Interval => "interval",
            Type::List(_) => "list",
            Type::Map => "map { key: value }",
            Type::Row => "row",
            Type::Table => "table",
            Type::Persona => "persona",
            Type::Correspondent => "persona or outside(…)",
            Type::File => "file",
            Type::Mail => "mail",
            Type::Change => "change",
            Type::Deliver => "deliverable",
            Type::Milestone => "milestone",
            Type::Tell => "tell",
            Type::Content => "template with its arguments",
            Type::Schema => "schema with its arguments",
            Type::Glob => "path with * and **",
            Type::Condition => "condition",
            Type::Data => "loaded data",
        }
    }

    fn plural(self) -> String {
        match self {
            Type::Any => "values".to_string(),
            Type::Correspondent => "personas or outside(…)".to_string(),
            other => format!("{}s", other.singular()),
        }
    }
}

/// Several types in the author's words: "date or moment".
pub(crate) fn type_words(types: &[Type]) -> String {
    let words: Vec<String> = types.iter().map(|one| one.words()).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// Whether a part of a block's head must, may or must not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Required,
    Optional,
    Forbidden,
    /// Must be there and names something declared elsewhere (`mailbox jana`).
    Reference,
}

/// Which properties a block takes beside those of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Free {
    No,
    /// Columns of a table, with or without `secret`.
    Columns,
    /// Facts that a trap replaces.
    Facts,
    /// Properties of the block the schema will stand in.
    OfTarget,
}

/// One kind of block or binding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) kind: Kind,
    pub(crate) keyword: &'static str,
    /// Whether it may stand at the top level of a spec.
    pub(crate) top: bool,
    /// Whether it may stand at the top level of an imported file.
    pub(crate) library: bool,
    /// The blocks it may stand in.
    pub(crate) parents: &'static [Kind],
    pub(crate) name: Slot,
    pub(crate) params: Slot,
    /// The string of the head, described by `label_doc`.
    pub(crate) label: Slot,
    pub(crate) label_doc: &'static str,
    /// Whether `for x in t` may follow the head or surround the block.
    pub(crate) loops: bool,
    pub(crate) properties: &'static [Property],
    pub(crate) free: Free,
    /// `require`, `check`, `rubric`.
    pub(crate) rules: &'static [&'static str],
    pub(crate) doc: &'static str,
    pub(crate) example: &'static str,
}

impl Form {
    /// The property of that name, if the author may set it.
    pub(crate) fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name == name && !property.derived)
    }

    /// The property of that name, set or derived, as a path may read it.
    pub(crate) fn readable(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

/// One property of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) types: &'static [Type],
    pub(crate) required: bool,
    /// What holds when it is left out, as text for people; empty when nothing does.
    pub(crate) default: &'static str,
    /// Whether `~` may stand instead of `=`.
    pub(crate) draw: bool,
    /// Computed by worldc: it can be read by a path but not set.
    pub(crate) derived: bool,
    /// The words it may hold; empty when any value of its type will do.
    pub(crate) choices: &'static [&'static str],
    pub(crate) doc: &'static str,
    pub(crate) example: &'static str,
}

/// When a function can be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// From facts alone.
    Value,
    /// Only after `~`, or inside another distribution.
    Draw,
    /// Only in `when`, `by` and checks, while the month runs or at its grading.
    Run,
}

/// How a function is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// `name(arguments)`.
    Call,
    /// `{{ value | name(arguments) }}`; the value is the first parameter.
    Filter,
    /// As a call and as a filter.
    Either,
    /// `name` alone.
    Word,
    /// Alone or with arguments.
    WordOrCall,
}

/// A function, sampler, aggregate, filter, word of the run or predicate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    pub(crate) usage: Usage,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) result: Type,
    pub(crate) phase: Phase,
    pub(crate) doc: &'static str,
    pub(crate) example: &'static str,
    /// What an author wants to do, in plain words, for `worldc explain "find a number"`.
    pub(crate) intentions: &'static [&'static str],
}

/// The chapter of the reference a function stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Calculate,
    Calendar,
    Aggregate,
    Draw,
    Text,
    Workbook,
    Place,
    Month,
    Check,
}

impl Group {
    /// All groups in the order of the reference, with their titles.
    pub(crate) const ALL: [(Group, &'static str); 9] = [
        (Group::Calculate, "Calculating"),
        (Group::Calendar, "Dates and working days"),
        (Group::Aggregate, "Tables and lists"),
        (Group::Draw, "Drawing"),
        (Group::Text, "Text"),
        (Group::Workbook, "Workbooks"),
        (Group::Place, "Words of their place"),
        (Group::Month, "Words of the run"),
        (Group::Check, "Checks on what was made"),
    ];
}

/// One parameter of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) types: &'static [Type],
    pub(crate) optional: bool,
    /// Given as `name: value` only.
    pub(crate) named: bool,
    /// Takes all further arguments.
    pub(crate) repeated: bool,
}

/// A table in chapters.
pub(crate) struct Chapters<T: 'static>(&'static [&'static [T]]);

impl<T: 'static> Chapters<T> {
    /// Its rows, chapter after chapter.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static T> {
        self.0.iter().copied().flatten()
    }
}

/// The form of a kind.
pub(crate) fn form(kind: Kind) -> &'static Form {
    BLOCKS.iter().find(|form| form.kind == kind).expect("a test proves that every kind has a form")
}

/// The form of a keyword as written at the start of a block.
pub(crate) fn form_named(keyword: &str) -> Option<&'static Form> {
    BLOCKS.iter().find(|form| form.keyword == keyword)
}

/// The function of that name.
pub(crate) fn function(name: &str) -> Option<&'static Function> {
    static BY_NAME: LazyLock<BTreeMap<&str, &Function>> =
        LazyLock::new(|| FUNCTIONS.iter().map(|function| (function.name, function)).collect());
    BY_NAME.get(name).copied()
}

/// Whether a name is a word of the run: known only while the month runs or at its grading.
pub(crate) fn is_run_word(name: &str) -> bool {
    function(name).is_some_and(|function| function.phase == Phase::Run)
}

/// Whether what stands in a block reads that property of it by its bare name [N1].
pub(crate) fn is_bare(kind: Kind, property: &str) -> bool {
    matches!((kind, property), (Kind::Objective, "due") | (Kind::Chat, "who") | (Kind::Clutter, "count"))
}

/// Whether no file may declare that name at its top level [N1]. Predicates of checks are not barred: they are called
/// with arguments in checks only, so `let booked = 2` stays possible.
pub(crate) fn reserved(name: &str) -> bool {
    let barred = |function: &Function| match function.usage {
        Usage::Filter => false,
        Usage::Word | Usage::WordOrCall => true,
        Usage::Call | Usage::Either => function.phase != Phase::Run || function.group == Group::Month,
    };
    name == "world" || function(name).is_some_and(barred)
}

/// Whether a call of that name is a built-in function.
pub(crate) fn is_function(name: &str) -> bool {
    function(name).is_some_and(|function| function.usage != Usage::Filter)
}

/// Whether blocks of a kind may have that property, set or derived.
pub(crate) fn has_property(kind: Kind, name: &str) -> bool {
    form(kind).readable(name).is_some()
}

#[cfg(test)]
mod tests;
