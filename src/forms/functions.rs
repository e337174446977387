//! Every function, sampler, aggregate, filter, word of the run and predicate of the language.

use super::{Function, Group, Parameter, Phase, Type, Usage};

const TEXT_OR_NUMBER: &[Type] = &[Type::Text, Type::Number];
const ANY: &[Type] = &[Type::Any];
const NUMBER: &[Type] = &[Type::Number];
const TEXT: &[Type] = &[Type::Text];
const DAY: &[Type] = &[Type::Date, Type::Moment];
const SET: &[Type] = &[Type::Table, Type::List(&Type::Any)];
const PERSON: &[Type] = &[Type::Persona, Type::List(&Type::Persona)];
const DOCUMENT: &[Type] = &[Type::Deliver, Type::File, Type::Glob];

/// A parameter that must be given.
const fn need(name: &'static str, types: &'static [Type]) -> Parameter {
    Parameter { name, types, optional: false, named: false, repeated: false }
}

/// A parameter that may be left out.
const fn may(name: &'static str, types: &'static [Type]) -> Parameter {
    Parameter { name, types, optional: true, named: false, repeated: false }
}

/// A parameter that may be left out and is given by name.
const fn named(name: &'static str, types: &'static [Type]) -> Parameter {
    Parameter { name, types, optional: true, named: true, repeated: false }
}

/// Takes all further arguments.
const fn rest(name: &'static str, types: &'static [Type]) -> Parameter {
    Parameter { name, types, optional: false, named: false, repeated: true }
}

/// One entry; most are called and need facts alone.
const fn entry(
    name: &'static str,
    group: Group,
    parameters: &'static [Parameter],
    result: Type,
    doc: &'static str,
    example: &'static str,
    intentions: &'static [&'static str],
) -> Function {
    let phase = match group {
        Group::Draw => Phase::Draw,
        Group::Month | Group::Check => Phase::Run,
        _ => Phase::Value,
    };
    Function { name, group, usage: Usage::Call, parameters, result, phase, doc, example, intentions }
}

impl Function {
    const fn used(mut self, usage: Usage) -> Function {
        self.usage = usage;
        self
    }
}

/// An aggregate: `sum(t.c where …)`, `sum(x in t where …: e)`, with `by:` to order or group.
const fn aggregate(
    name: &'static str,
    result: Type,
    doc: &'static str,
    example: &'static str,
    intentions: &'static [&'static str],
) -> Function {
    const PARAMETERS: &[Parameter] = &[need("of", SET), named("by", ANY)];
    entry(name, Group::Aggregate, PARAMETERS, result, doc, example, intentions)
}

/// The functions, in the order of the reference.
pub(crate) static FUNCTIONS: &[Function] = &[
    // Calculating.
    entry("if", Group::Calculate, &[need("condition", &[Type::YesNo]), need("then", ANY), need("otherwise", ANY)], Type::Any,
        "The second value where the condition holds, else the third.",
        "if(c.code == \"4100\", brno_accrual, 0)", &["choose between two values", "only for some rows"]),
    entry("exists", Group::Calculate, &[need("row", &[Type::Row])], Type::YesNo,
        "Whether a table has a row with these keys.",
        "exists(actual(m, c))", &["ask whether a row is there"]),
    entry("round", Group::Calculate, &[need("number", NUMBER), may("places", NUMBER)], Type::Number,
        "The number rounded to that many places (none unless given), halves away from zero.",
        "round(total, 2)", &["round a number"]),
    entry("floor", Group::Calculate, &[need("number", NUMBER)], Type::Number,
        "The largest whole number that is not above it.", "floor(days / 7)", &["round a number down"]),
    entry("abs", Group::Calculate, &[need("number", NUMBER)], Type::Number,
        "The number without its sign.", "abs(actual - plan)", &["ignore the sign", "size of a difference"]),
    entry("load", Group::Calculate, &[need("path", TEXT)], Type::Data,
        "Reads a file beside this one when the spec is read: a table, a list, a map or a text.",
        "load(\"data/suppliers.yaml\")", &["read a data file", "load yaml json csv"]),
    entry("outside", Group::Calculate, &[need("name", TEXT), need("email", TEXT)], Type::Correspondent,
        "Somebody who is no persona, as sender or recipient; in `to: outside` anybody of another company.",
        "outside(\"Trade Weekly\", \"news@trade-weekly.example\")", &["a sender who is no persona", "a stranger"])
        .used(Usage::WordOrCall),
    // Dates and working days.
    entry("workday", Group::Calendar, &[need("number", NUMBER), need("month", &[Type::Month])], Type::Date,
        "The n-th working day of a month.", "workday(4, next(m))", &["the n-th working day", "date in a month"]),
    entry("workdays_after", Group::Calendar, &[need("date", DAY), need("number", NUMBER)], Type::Date,
        "The date that many working days later.", "workdays_after(raised, 15)", &["add working days to a date"]),
    entry("days_between", Group::Calendar, &[need("from", DAY), need("to", DAY)], Type::Number,
        "How many calendar days lie between two dates.", "days_between(raised, answered)", &["count days between dates"]),
    entry("dates", Group::Calendar, &[need("range", &[Type::Interval, Type::Month, Type::List(&Type::Any)]),
        named("on", TEXT), named("every", &[Type::Duration])], Type::List(&Type::Date),
        "The dates of a range: a weekday, \"workday\", \"wd4\" (each month's fourth) or \"any\"; holidays are left out.",
        "dates(2025-09..2026-03, on: \"Tue\", every: 2w)", &["every Tuesday", "repeat a date", "a series of days"]),
    entry("start", Group::Calendar, &[need("month", &[Type::Month])], Type::Date,
        "The first day of a month.", "start(2026-03)", &["first day of a month"]),
    entry("end", Group::Calendar, &[need("month", &[Type::Month])], Type::Date,
        "The last day of a month.", "end(2026-03)", &["last day of a month"]),
    entry("next", Group::Calendar, &[need("month", &[Type::Month])], Type::Month,
        "The month after.", "next(m)", &["the month after"]),
    entry("previous", Group::Calendar, &[need("month", &[Type::Month])], Type::Month,
        "The month before.", "previous(m)", &["the month before"]),
    entry("month", Group::Calendar, &[need("date", &[Type::Date, Type::Moment, Type::Month])], Type::Month,
        "The month of a date; as a filter, the month in words: March 2026.",
        "{{ m | month }}", &["month of a date", "print a month"]).used(Usage::Either),
    entry("year", Group::Calendar, &[need("date", &[Type::Date, Type::Moment, Type::Month])], Type::Number,
        "The year of a date or month.", "year(m)", &["year of a date"]).used(Usage::Either),
    // Tables and lists.
    aggregate("sum", Type::Number, "The total; of nothing 0.", "sum(actual(c: c).amount where month >= 2026-01)",
        &["add up", "total of a column"]),
    aggregate("count", Type::Number, "How many rows or items; of nothing 0.", "count(r in rfi where r.answered == none)",
        &["how many rows", "count items"]),
    Function {
        parameters: &[need("of", ANY), rest("more", ANY), named("by", ANY)],
        ..aggregate("min", Type::Any, "The smallest value, of a column or of several values.", "min(vo.raised)", &["smallest", "earliest"])
    },
    Function {
        parameters: &[need("of", ANY), rest("more", ANY), named("by", ANY)],
        ..aggregate("max", Type::Any, "The largest value, of a column or of several values.", "max(0, budget - actual)", &["largest", "latest"])
    },
    aggregate("mean", Type::Number, "The average.", "mean(actual.amount)", &["average"]),
    aggregate("first", Type::Any, "The first in the order of the table, or the first `by` a column.",
        "first(plan, by: total)", &["first row", "the one with the smallest"]),
    aggregate("last", Type::Any, "The last in the order of the table, or the last `by` a column.",
        "last(plan, by: total)", &["last row", "the one with the largest", "top item"]),
    aggregate("list", Type::List(&Type::Any), "The values as a list.", "list(c in centre: c.title, by: c.base)",
        &["collect values", "sort values"]),
    aggregate("any", Type::YesNo, "Whether it holds for at least one.", "any(v in vo: v.agreed == none)", &["at least one"]),
    aggregate("all", Type::YesNo, "Whether it holds for every one; in a check, all or nothing.",
        "all(p in package: p.budget > 0)", &["every one", "all or nothing"]),
    aggregate("each", Type::YesNo, "In a check, holds for every one, and each one that holds earns its part.",
        "each(c in centre: lookup(\"By centre\", c.code, \"Reforecast\") == plan(c).total within 1)",
        &["partial credit", "check every row"]),
    // Drawing.
    entry("around", Group::Draw, &[need("middle", NUMBER), need("spread", NUMBER), named("step", NUMBER)], Type::Number,
        "A bell around the middle; the spread is one standard deviation, as a share of it, cut at three.",
        "around(c.base, 6%, step: 0.01)", &["draw a number near another", "normal distribution"]),
    entry("between", Group::Draw, &[need("low", &[Type::Number, Type::Date, Type::Moment]), need("high", &[Type::Number, Type::Date, Type::Moment]),
        named("step", &[Type::Number, Type::Duration])], Type::Any,
        "Any value from the first to the second, both included, all alike.",
        "between(38_000, 61_000, step: 50)", &["draw a number in a range", "random date"]),
    entry("chance", Group::Draw, &[need("share", NUMBER)], Type::YesNo,
        "Yes with that chance.", "chance(75%)", &["draw yes or no", "sometimes"]),
    entry("pick", Group::Draw, &[need("from", &[Type::List(&Type::Any), Type::Map, Type::Table]), named("stream", TEXT)], Type::Any,
        "One of a list or table, or of `{ value: weight }`.",
        "pick({ 0: 50%, 1: 35%, 2: 15% })", &["choose one at random", "draw from a list", "weights"]),
    entry("sample", Group::Draw, &[need("number", NUMBER), need("from", SET)], Type::Any,
        "That many of a list or table, none twice.", "sample(3, supplier)", &["choose several at random"]),
    entry("shuffle", Group::Draw, &[need("of", SET)], Type::Any,
        "All of a list or table in a drawn order.", "shuffle(team)", &["random order"]),
    // Text.
    entry("lower", Group::Text, &[need("text", TEXT)], Type::Text, "The text in small letters.", "{{ site | lower }}",
        &["small letters"]).used(Usage::Either),
    entry("upper", Group::Text, &[need("text", TEXT)], Type::Text, "The text in capitals.", "{{ code | upper }}",
        &["capitals"]).used(Usage::Either),
    entry("lines", Group::Text, &[need("list", &[Type::List(&Type::Any)])], Type::Text,
        "The items of a list, each on its own line.", "{{ names | lines }}", &["one item a line"]).used(Usage::Either),
    entry("join", Group::Text, &[need("list", &[Type::List(&Type::Any)]), may("between", TEXT)], Type::Text,
        "The items of a list in one line, with \", \" or the given text between.", "{{ titles | join(\", \") }}",
        &["list in a sentence"]).used(Usage::Either),
    entry("money", Group::Text, &[need("number", NUMBER), may("style", TEXT_OR_NUMBER)], Type::Text,
        "An amount in the world's currency: with minor units, with `0` places, in thousands (`\"k\"`), or in another currency.",
        "{{ total | money }}, {{ total | money(\"k\") }}", &["print an amount", "currency", "in thousands"]).used(Usage::Filter),
    entry("day", Group::Text, &[need("date", DAY)], Type::Text, "A date in words: 6 March 2026.", "{{ due | day }}",
        &["print a date"]).used(Usage::Filter),
    entry("time", Group::Text, &[need("moment", &[Type::Moment, Type::Time])], Type::Text, "The time of day: 17:00.",
        "{{ due | time }}", &["print a time"]).used(Usage::Filter),
    entry("iso", Group::Text, &[need("date", DAY)], Type::Text, "A date as 2026-03-06.", "{{ d | iso }}",
        &["date in a file name"]).used(Usage::Filter),
    entry("ym", Group::Text, &[need("month", &[Type::Month, Type::Date, Type::Moment])], Type::Text,
        "A month as 2026-03.", "{{ m | ym }}", &["month in a file name"]).used(Usage::Filter),
    entry("ymd", Group::Text, &[need("date", DAY)], Type::Text, "A date as 20260306.", "IMG_{{ d | ymd }}",
        &["date without dashes"]).used(Usage::Filter),
    entry("pad", Group::Text, &[need("number", TEXT_OR_NUMBER), need("digits", NUMBER)], Type::Text,
        "A number with leading zeros.", "{{ n | pad(3) }}", &["leading zeros"]).used(Usage::Filter),
    entry("filename", Group::Text, &[need("text", TEXT)], Type::Text,
        "The text without characters that a file name cannot hold.", "{{ r.subject | filename }}", &["safe file name"]).used(Usage::Filter),
    entry("bullets", Group::Text, &[need("list", &[Type::List(&Type::Any)])], Type::Text,
        "A list as Markdown bullets.", "{{ risks | bullets }}", &["print a list"]).used(Usage::Filter),
    entry("grid", Group::Text, &[need("table", SET), may("columns", &[Type::Map, Type::List(&Type::Text)])], Type::Text,
        "Rows as a Markdown table; `columns` picks and names its columns.", "{{ plan | grid }}", &["print a table in prose"]).used(Usage::Filter),
    // Workbooks.
    entry("live", Group::Workbook, &[need("formula", NUMBER)], Type::Number,
        "Writes a formula and its true value: numbers, + − * / ( ), sum min max count if round, and `col`.",
        "live(col(\"Budget\") + col(\"Agreed\"))", &["a formula in a cell", "live total"]),
    entry("col", Group::Workbook, &[need("sheet or header", TEXT), may("header", TEXT)], Type::Any,
        "This row's cell below a header; inside an aggregate or with a sheet, all data cells below it.",
        "sum(col(\"Budget\", \"Amount\"))", &["refer to a column of a sheet"]),
    // Words of their place.
    entry("row", Group::Place, &[], Type::Row, "The row at hand, in `columns`.", "signed_by(row, end(m))", &["the whole row"])
        .used(Usage::Word),
    entry("stem", Group::Place, &[], Type::Text, "In `named`: the file's name without its extension.", "{{ stem }} (1){{ ext }}",
        &["name of a copy"]).used(Usage::Word),
    entry("ext", Group::Place, &[], Type::Text, "In `named`: the file's extension with its dot.", "{{ stem }} (1){{ ext }}",
        &["extension of a copy"]).used(Usage::Word),
    entry("nth", Group::Place, &[], Type::Number, "In `named` of versions: which one it is, the oldest is 1.",
        "{{ stem }} v{{ nth }}{{ ext }}", &["number of a version"]).used(Usage::Word),
    // Words of the run.
    entry("now", Group::Month, &[], Type::Moment, "The moment at which the condition is read.", "now >= wd4",
        &["not before a day", "only later"]).used(Usage::Word),
    entry("asked", Group::Month, &[rest("words", &[Type::Text, Type::List(&Type::Text)])], Type::YesNo,
        "A message to this person holds one of these phrases: whole words, whatever their endings, case and accents. Names of \
         people and places alone open nothing.", "asked(\"accrual\", \"line 2\")",
        &["when somebody asks", "open a topic"]),
    entry("attached", Group::Month, &[need("file", &[Type::Deliver, Type::File])], Type::YesNo,
        "The message carries that file.", "attached(report)", &["mail with an attachment", "react to a draft"]),
    entry("passes", Group::Month, &[need("deliverable", &[Type::Deliver])], Type::YesNo,
        "The deliverable meets its checks as it was sent; answered three times at most.", "passes(report)",
        &["react to good work", "accept or reject"]),
    entry("sent", Group::Month, &[named("to", PERSON), named("attached", DOCUMENT), named("mentions", ANY),
        named("by", &[Type::Moment, Type::Date])], Type::YesNo,
        "One mail of the owner satisfies all that is named.", "sent(to: priya, attached: model)",
        &["a mail was sent", "handed in by mail"]),
    entry("met", Group::Month, &[need("milestone", &[Type::Milestone])], Type::YesNo,
        "The milestone's checks hold now, or held at its `by`.", "not met(q1_reforecast.draft)",
        &["remind unless done", "milestone reached"]),
    entry("told", Group::Month, &[need("tell", &[Type::Tell])], Type::YesNo,
        "That answer was delivered.", "told(grant.accepted)", &["somebody answered", "was accepted"]),
    entry("untouched", Group::Month, &[need("files", &[Type::Glob, Type::File])], Type::YesNo,
        "All files there have the bytes the world gave them.", "untouched(\"Documents/Finance/Close/2025-*/**\")",
        &["must not be edited", "guard files"]),
    // Checks on what was made.
    entry("value", Group::Check, &[need("label", TEXT), named("row", TEXT_OR_NUMBER), named("col", TEXT)], Type::Number,
        "The number right of, below or after a label; all its occurrences must agree.",
        "value(\"Total opex\") == sum(plan.total) within 1", &["find a number in a workbook", "number beside a label", "find a number in a document"]),
    entry("lookup", Group::Check, &[need("sheet", TEXT), need("key", ANY), need("column", TEXT)], Type::Any,
        "The cell of a sheet in the row with this key (or list of keys) and below this header.",
        "lookup(\"By centre\", c.code, \"Reforecast\")", &["find a number in a workbook", "cell by row and column", "look up a row"]),
    entry("is_live", Group::Check, &[need("label", TEXT), named("from", &[Type::Text, Type::List(&Type::Text)])], Type::YesNo,
        "The number beside the label is a formula that really depends on the named inputs.",
        "is_live(\"Total opex\", from: [\"Run rate\", \"Accrual\"])", &["must be a formula", "no typed total"]),
    entry("rows", Group::Check, &[need("sheet", TEXT), need("key", TEXT)], Type::List(&Type::Any),
        "The keys that a sheet lists below a header.", "rows(\"RFIs\", \"No\") == list(rfi.n)", &["register is complete", "list of keys in a sheet"]),
    entry("same_rows", Group::Check, &[need("file", &[Type::File]), named("except", &[Type::List(&Type::Any)])], Type::YesNo,
        "All rows but the excepted ones stand as in that file of the world.",
        "same_rows(register, except: [withdrawn.q.n])", &["nothing else changed", "register unharmed"]),
    entry("ties", Group::Check, &[need("one", NUMBER), need("other", NUMBER)], Type::YesNo,
        "Two deliverables state one number alike.", "ties(model.value(\"Total\"), memo.value(\"Total\"))",
        &["two files agree", "numbers tie"]),
    entry("states", Group::Check, &[need("label", TEXT), need("fact", ANY)], Type::YesNo,
        "A sentence or row holds the label and the fact, and no rival value beside it.",
        "states(\"accrual\", brno_accrual)", &["says a number", "memo contains a figure"]),
    entry("mentions", Group::Check, &[need("fact", ANY)], Type::YesNo,
        "The text holds the fact: whole words, or the number at its printed precision.", "mentions(completion)",
        &["contains a word", "names a date"]),
    entry("avoids", Group::Check, &[need("fact", ANY), named("about", TEXT)], Type::YesNo,
        "The text does not hold the fact.", "avoids(old_total, about: \"budget\")", &["must not say", "wrong number is absent"]),
    entry("abstains", Group::Check, &[need("label", TEXT)], Type::YesNo,
        "The text says that something is not stated, and gives no value for it.", "abstains(\"delivery date\")",
        &["admits it is not known", "no invented number"]),
    entry("cites", Group::Check, &[need("source", &[Type::File, Type::Mail])], Type::YesNo,
        "The text names that file or mail as its source.", "cites(gl(2026-02))", &["names its source"]),
    entry("names", Group::Check, &[need("persona", &[Type::Persona]), named("as", TEXT)], Type::YesNo,
        "The text names that person, with that role.", "names(marek, as: \"controller\")", &["names a person"]),
    entry("date_near", Group::Check, &[need("label", TEXT)], Type::Date,
        "The date beside a label, in any common form.", "date_near(\"Completion\") == completion", &["find a date in a document"]),
    entry("section", Group::Check, &[need("heading", TEXT)], Type::YesNo,
        "The document has a section under such a heading.", "section(\"Risks\")", &["has a chapter", "has a heading"]),
    entry("before", Group::Check, &[need("first", TEXT), need("second", TEXT)], Type::YesNo,
        "The first heading or phrase stands before the second.", "before(\"Summary\", \"Details\")", &["order of sections"]),
    entry("words", Group::Check, &[], Type::Number, "How many words the document has.", "words in 400..900",
        &["length of a document"]).used(Usage::Word),
    entry("slides", Group::Check, &[], Type::Number, "How many slides the deck has.", "slides in 5..8",
        &["length of a deck"]).used(Usage::Word),
    entry("pages", Group::Check, &[], Type::Number, "How many pages the document has.", "pages in 1..2",
        &["length in pages"]).used(Usage::Word),
    entry("copied", Group::Check, &[], Type::Number,
        "The share of runs of eight words that stand in any one file of the world.", "copied <= 30%",
        &["own words", "not pasted"]).used(Usage::Word),
    entry("lasts", Group::Check, &[], Type::Duration, "How long the meeting takes.", "lasts >= 30m",
        &["length of a meeting"]).used(Usage::Word),
    entry("plots", Group::Check, &[need("label", TEXT), need("table", SET)], Type::YesNo,
        "A chart has a series of that name that equals the column.", "plots(\"Reforecast\", plan.total)", &["chart shows the numbers"]),
    entry("picks", Group::Check, &[need("label", TEXT), need("set", &[Type::List(&Type::Any)])], Type::Any,
        "The one option of the set that stands beside the label.", "picks(\"Supplier\", list(supplier.name)) == best.name",
        &["chooses the right option", "decision"]),
    entry("ranks", Group::Check, &[need("list", &[Type::List(&Type::Any)])], Type::YesNo,
        "The items stand in this order.", "ranks(list(c in centre: c.title, by: c.base))", &["right order", "ranking"]),
    entry("never_sent", Group::Check, &[need("what", ANY), named("to", &[Type::Persona, Type::List(&Type::Persona), Type::Correspondent])], Type::YesNo,
        "No mail carries or says this, to these people or `outside`.", "never_sent(cost_feb, to: grant)",
        &["must stay in house", "not leaked"]),
    entry("replied", Group::Check, &[need("mail", &[Type::Mail]), named("by", &[Type::Moment, Type::Date])], Type::YesNo,
        "The owner answered that mail.", "replied(kickoff, by: wd2)", &["answered a mail"]),
    entry("booked", Group::Check, &[named("who", PERSON), named("within", &[Type::Interval]), named("lasts", &[Type::Duration])], Type::YesNo,
        "One meeting satisfies all that is named.", "booked(who: [grant], within: wd13..wd16, lasts: 30m)", &["a meeting is in the calendar"]),
    entry("filed", Group::Check, &[need("deliverable", &[Type::Deliver, Type::File]), named("under", &[Type::Glob])], Type::YesNo,
        "The file stands below that folder.", "filed(report, under: \"Documents/Reports\")", &["in the right folder"]),
    entry("unchanged", Group::Check, &[need("files", &[Type::Glob, Type::File])], Type::YesNo,
        "All files there read as the world gave them, whatever their bytes.", "unchanged(\"Documents/Contract/**\")",
        &["same content", "guard content"]),
    entry("updated", Group::Check, &[need("path", &[Type::Glob, Type::File]), named("only", ANY)], Type::YesNo,
        "The file was changed, and only where it should be.", "updated(register, only: [withdrawn.q.n])", &["edited in place"]),
    entry("revised", Group::Check, &[need("deliverable", &[Type::Deliver]), named("after", &[Type::Change])], Type::YesNo,
        "The last hand-in follows the change.", "revised(report, after: policy)", &["reacts to a change"]),
];
