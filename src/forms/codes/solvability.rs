//! E04xx: work that nobody could do.

use super::Page;

pub(super) const PAGES: &[Page] = &[
    Page {
        code: "E0402",
        title: "A secret that cannot be learnt in time",
        why: "Everything an objective needs must be told by somebody, or arrive by mail, before the first check that wants it, with the teller's delay, hours and absence counted.",
        example: "check states(\"accrual\", brno_accrual)        # and nobody tells it",
        way_out: "Add a `tell`, move its `now >= …` forward, or move `due`.",
    },
    Page {
        code: "E0403",
        title: "An objective that nobody asks for",
        why: "The agent learns of its work from mails: every objective names the mail that asks for it.",
        example: "objective o { due = wd5 17:00  deliver … }",
        way_out: "Add `brief = …` with the name of a mail.",
    },
    Page {
        code: "E0404",
        title: "A change that changes nothing",
        why: "The file would have the same bytes before and after.",
        example: "change c { at = wd3 09:00 }",
        way_out: "Put a `file` in it that differs, or say `remove` or `move`.",
    },
    Page {
        code: "E0405",
        title: "A file dated in the month on the disk",
        why: "The disk is how the month begins; what is saved later is not there yet.",
        example: "folder \"a\" { file \"b.txt\" { from = t  saved = wd5 } }",
        way_out: "Let it appear then: `change name { at = wd5 09:00  file … }`.",
    },
    Page {
        code: "E0406",
        title: "A check finer than what was asked for",
        why: "If numbers are asked for in thousands, a right answer is up to half a thousand away from the fact.",
        example: "check value(\"Total\") == total within 1        # asked for in thousands",
        way_out: "Allow half of the last printed place: `within 500`.",
    },
    Page {
        code: "E0407",
        title: "Moments in the wrong order",
        why: "A brief arrives before its objective is due, a milestone is read before it or says `due + …`.",
        example: "objective o { brief = late_mail  due = wd1 09:00 }",
        way_out: "Move one of the two.",
    },
    Page {
        code: "E0410",
        title: "A check on something nobody was told",
        why: "A path, sheet, label, limit, recipient or date that decides about credit must be visible to the agent before `due`: in the brief and its thread, in a `tell`, or in an existing file of the same template.",
        example: "check lookup(\"Summary\", \"B6\", \"Total\") == total",
        way_out: "Say it in the brief, or put an empty form with these labels on the disk.",
    },
    Page {
        code: "E0411",
        title: "A secret nobody points at",
        why: "Somebody would tell it, but nothing the agent can see names her or the topic, so nobody would think of asking.",
        example: "tell moved { when = asked(\"payroll\") … }        # and no file or mail speaks of payroll",
        way_out: "Name her or a word of the topic in the brief; where wording is too subtle to be seen, say `hints = [payroll_move]`.",
    },
    Page {
        code: "E0412",
        title: "A claim without a condition",
        why: "Words like \"over\", \"below\" or \"rose\" beside a fact are true at some seeds and false at others.",
        example: "body = \"{{ c.title }} ran over its budget.\"",
        way_out: "Say it only where it holds: `phrases p(c) = { \"…\": condition, … }`, or `{% if condition %}`.",
    },
    Page {
        code: "E0413",
        title: "A topic that is only a name",
        why: "Everybody writes names without asking anything, so a phrase made of nothing but names of people or places opens no topic. Places are the texts in columns `site`, `city`, `town`, `country` and `location`.",
        example: "tell accrual { when = asked(\"Brno\")  … }",
        way_out: "Add what is asked about: `asked(\"Brno accrual\", \"unbilled work\")`.",
    },
    Page {
        code: "E0414",
        title: "A deliverable that nobody can compose",
        why: "Every world is proven by an oracle that hands in right answers. Without a `solution` it composes them from the checks: `and`, `each` and `all` of predicates, and of comparisons of one reading with one value. `or`, `any`, `!=`, a negated comparison, two readings compared and calculating with a reading leave open what to write; a negated predicate (`not mentions(x)`) does not.",
        example: "deliver memo \"Memo.docx\" { check mentions(cause) or section(\"Risks\") }",
        way_out: "Add `solution = template(…)`, or split the check into parts of which each says what must stand there.",
    },
];
