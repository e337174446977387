//! The registry of diagnostics: every code with the page that `worldc explain` prints. A test holds the whole source
//! against it, so a code cannot be used without a page.

/// The page of one code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    /// What happened and why it is refused.
    pub(crate) why: &'static str,
    /// What an author wrote when it happened.
    pub(crate) example: &'static str,
    pub(crate) way_out: &'static str,
}

/// The page of that code.
pub(crate) fn page(code: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.code.eq_ignore_ascii_case(code))
}

const fn page_of(
    code: &'static str,
    title: &'static str,
    why: &'static str,
    example: &'static str,
    way_out: &'static str,
) -> Page {
    Page { code, title, why, example, way_out }
}

/// All pages, by code.
pub(crate) static PAGES: &[Page] = &[
    // Reading a text.
    page_of(
        "E0001",
        "The edition is missing or unknown",
        "The first word of a file says which edition of the language it is written in, so that a world can be rebuilt when the language has moved on.",
        "world w { … }        # without `worldspec 1` above it",
        "Begin the file with `worldspec 1`.",
    ),
    page_of(
        "E0002",
        "A bracket is never closed",
        "Every `{`, `[` and `(` needs its partner. The mark shows where the missing one was expected at the latest.",
        "table t { a = 1\nlet y = 2",
        "Add the missing bracket; `worldc fmt` shows by its indentation how a file was understood.",
    ),
    page_of(
        "E0003",
        "A bracket closes nothing",
        "There is one closing bracket more than opening ones.",
        "let x = (1 + 2))",
        "Remove it, or add the bracket that should open it.",
    ),
    page_of(
        "E0004",
        "Nested too deeply",
        "Blocks, brackets and tags may stand 200 levels deep in each other. More is nearly always a slip or a machine's output.",
        "let x = ((((…))))",
        "Give a part of it a name with `let`, and use the name.",
    ),
    page_of(
        "E0005",
        "The file is too large",
        "Specs are read as a whole; beyond the limit they would be data rather than a spec.",
        "a .world file of many megabytes",
        "Move rows into a data file and `load` it.",
    ),
    page_of(
        "E0006",
        "A text is never closed",
        "A text between `\"` ends on its line; one between `\"\"\"` may run over several.",
        "let x = \"Nordlicht",
        "Add the missing quote, or use `\"\"\"` for several lines.",
    ),
    page_of(
        "E0007",
        "Something cannot stand here",
        "The words before were understood; this one does not continue them.",
        "let x = 1 +\nlet y = 2",
        "Look at the mark: something is missing before it, or the marked word is one too many.",
    ),
    page_of(
        "E0008",
        "Wrong quotes",
        "Texts stand between straight double quotes, so that an apostrophe needs no escape.",
        "let x = 'a'",
        "Write `\"a\"`.",
    ),
    page_of(
        "E0009",
        "A tag in a text cannot be read",
        "Between `{{` and `}}` stands a value with filters; between `{%` and `%}` stands `for … in`, `if`, `elif`, `else`, `endif` or `endfor`.",
        "say = \"It is {{ total | }}\"",
        "Correct the tag. Text and bodies follow the same rules.",
    ),
    page_of(
        "E0010",
        "This literal means nothing",
        "Dates, times, working days and numbers are checked as they are read: a month has its days, a number at most 28 digits.",
        "let x = 2026-02-29",
        "Correct the date, time or number.",
    ),
    page_of(
        "E0011",
        "A name without its value",
        "A property is written `name = value`; `name ~ distribution` draws.",
        "persona p { role: \"CFO\" }",
        "Write `role = \"CFO\"`.",
    ),
    page_of(
        "E0012",
        "No comma here",
        "Properties and blocks follow each other without commas; commas stand in lists and arguments only.",
        "persona p { role = \"CFO\", tone = \"brief\" }",
        "Remove the comma.",
    ),
    page_of(
        "E0013",
        "A word of the syntax as a name",
        "`for`, `in`, `where` and their like build sentences and cannot name anything.",
        "let for = 1",
        "Choose another name.",
    ),
    page_of(
        "E0014",
        "An unknown escape",
        "In a text `\\n`, `\\t`, `\\\"` and `\\\\` have a meaning, nothing else after `\\`.",
        "let path = \"C:\\Users\"",
        "Double the backslash; paths in specs are written with `/` anyway.",
    ),
    page_of(
        "E0015",
        "A word of other languages",
        "The language has no `if … else`, `while` or `import` blocks: it states facts.",
        "let x = a else b",
        "Choose a value with `if(condition, value, otherwise)`, rows with `where`, files with `use`.",
    ),
    page_of(
        "E0016",
        "One word too many in a head",
        "A block begins with its kind, at most one name, parameters and a string.",
        "persona p q { }",
        "Remove the extra word.",
    ),
    page_of(
        "E0017",
        "Comparisons cannot be chained",
        "Two values are compared at a time, and `within` follows `==`.",
        "check 1 < words < 9",
        "Write `1 < words and words < 9`, or `words in 1..9`.",
    ),
    page_of(
        "E0018",
        "An import in the wrong place",
        "`use` lines stand at the top of a file, below the edition, so that a reader sees at once what it stands on.",
        "let x = 1\nuse \"lib/a.world\" as a",
        "Move the line up.",
    ),
    page_of(
        "E0019",
        "An argument with the wrong sign",
        "Arguments get their values by `:`, because `=` states facts and `==` compares.",
        "around(100, 5%, step = 1)",
        "Write `step: 1`.",
    ),
    // Names and forms.
    page_of(
        "E0101",
        "Nothing has that name",
        "A bare name is looked up in loop variables and parameters, then in the columns of its table, then in its objective or chat, then at the top level of its file. Imported files see nothing of the importer but `world`.",
        "let x = actaul",
        "Correct the spelling, declare it, or write the path of what you mean (`q1_reforecast.due`).",
    ),
    page_of(
        "E0102",
        "That thing has no such part",
        "After the dot stands a property, a column, or a block inside the thing.",
        "jana.manger",
        "See the properties with `worldc explain persona` (or the block at hand).",
    ),
    page_of(
        "E0103",
        "A name that could mean two things",
        "Where two things of one name are in reach, nobody could say which one a reader means.",
        "table plan for c in centre { code = \"x\"  y = code }",
        "Rename one of them, or write the path: `c.code`.",
    ),
    page_of(
        "E0104",
        "Arguments that do not fit",
        "A function, table, template or phrase is called with the parameters it declares: positional ones first, named ones by their names.",
        "workday(4)",
        "Look at its parameters with `worldc explain workday`.",
    ),
    page_of(
        "E0105",
        "A fact that needs itself",
        "Facts may use each other in any order, but not in a ring: none of them could be computed first. The message prints the ring.",
        "let a = b + 1\nlet b = a - 1",
        "State one of them without the others.",
    ),
    page_of(
        "E0106",
        "A property is missing",
        "Every form has a few properties without which it would mean nothing.",
        "file \"memo.docx\" { saved = 2026-01-05 }",
        "Add the property; its help line shows how it is written.",
    ),
    page_of(
        "E0107",
        "Files that import each other in a ring",
        "What a file means must not depend on itself. The note prints the ring.",
        "a.world: use \"b.world\" as b      b.world: use \"a.world\" as a",
        "Move what both need into a third file.",
    ),
    page_of(
        "E0108",
        "A calculation in a text",
        "Every printed number must have a name, so that checks and `worldc why` can point at it. Bodies print, call, filter, loop and branch; arithmetic, `set` and `where` stand outside.",
        "body = \"{{ a + b }}\"",
        "Write `let total = a + b` and print `{{ total }}`.",
    ),
    page_of(
        "E0110",
        "An unknown property",
        "A block is a form to fill in, and this one has no such line.",
        "persona p { manger = priya }",
        "Take the property that is offered, or see all with `worldc explain persona`.",
    ),
    page_of(
        "E0111",
        "A spec without a world",
        "The `world` block says whose computer this is, where and when. Imported libraries have none and cannot be built.",
        "worldspec 1\nlet x = 1",
        "Add a `world` block, or name the spec that imports this file.",
    ),
    page_of(
        "E0112",
        "Declared twice",
        "A name means one thing in its scope. Names of files, mails and events are global to a spec, wherever they stand.",
        "let a = 1\nlet a = 2",
        "Rename one of them.",
    ),
    page_of(
        "E0113",
        "A word of the language as a name",
        "Functions and words that can stand anywhere keep their meaning at the top level of every file. Columns may be called as you like.",
        "let sum = 1",
        "Choose another name.",
    ),
    page_of(
        "E0114",
        "A block in the wrong place",
        "Each block stands where it means something: a `tell` in a persona, a `deliver` in an objective. Imported files hold tables, `let`, `secret`, `phrases`, templates and schemas only.",
        "tell t { … }        # at the top level",
        "Move it; the help line says where it stands.",
    ),
    page_of(
        "E0115",
        "A head that does not fit",
        "Some blocks need a name, some a string, some take parameters.",
        "deliver \"memo.docx\" { }        # without a name",
        "Write the head as in the example of its page.",
    ),
    page_of(
        "E0116",
        "A loop that cannot be here",
        "Blocks that exist once (the world, objectives, templates) take no `for`, and a loop holds blocks, not properties.",
        "for m in 2025-01..2025-12 { saved = end(m) }",
        "Put the loop around the block, or after its name.",
    ),
    page_of(
        "E0117",
        "A line that belongs into another block",
        "`require` stands in tables and at the top level, `check` in deliverables, milestones and objectives, `rubric` in deliverables; properties stand in blocks, rows between `|` in tables.",
        "check words in 400..900        # at the top level",
        "Move it into its block; to state a fact at the top level, use `let`.",
    ),
    page_of(
        "E0118",
        "A table that does not hold together",
        "A table has its rows in one way: typed between `|` below a header, one for each turn of `for`, or loaded by `from`. Every typed row has a cell for each header.",
        "table t { | a | b |\n | 1 | }",
        "Add the missing cells (`none` where there is nothing), or split the table in two.",
    ),
    page_of(
        "E0119",
        "A schema that does not fit",
        "`from` of an objective and `background` name a schema, with one argument for each of its parameters; its body must fit the block it stands for.",
        "objective o { from = finance.monthly_close(2026-02) }        # which takes four",
        "Give it its arguments; the cause shows where it is declared.",
    ),
    page_of(
        "E0120",
        "A property that cannot be drawn",
        "`~` is allowed where chance makes sense for a single block; structure and deadlines are stated.",
        "change c { at ~ between(wd1, wd5) }",
        "Write `=`; a drawn value can be a fact of its own: `let x ~ …`.",
    ),
    page_of(
        "E0121",
        "Not one of the words it may hold",
        "Some properties choose from a short list, for example the operating system or the kind of a chart; locales, languages and currencies are those that worldc knows.",
        "os = \"window\"",
        "Take one of the words that are offered.",
    ),
    page_of(
        "E0122",
        "A file that cannot be read",
        "Specs, data and bodies are UTF-8 files of limited size beside the spec; a world may read 2,000 of them. `std/…` is built in.",
        "use \"lib/finanze.world\" as finance",
        "Correct the path (it is relative to the file that says it), or save the file as UTF-8.",
    ),
    page_of(
        "E0123",
        "A path that means nothing",
        "Paths are relative, with `/` between folders, inside the folder of the spec, so that a world is one folder that can be copied. `load` takes its path in quotes: files are read before anything is computed.",
        "load(\"../../secrets.yaml\")",
        "Move the file into the folder of the spec.",
    ),
    page_of(
        "E0124",
        "An unknown block",
        "The first word of a block says what kind of thing it declares.",
        "persno p { }",
        "Take the word that is offered; `worldc explain blocks` lists them.",
    ),
    page_of(
        "E0126",
        "A property set twice",
        "One of the two values would be lost silently. A schema's properties count as the block's own.",
        "persona p { role = \"a\"  role = \"b\" }",
        "Remove one of them.",
    ),
    // Types.
    page_of(
        "E0201",
        "An operation that does not fit its values",
        "Numbers are added to numbers, durations to dates and moments; nothing is converted silently.",
        "2026-03-02 + 5",
        "Say the unit: `2026-03-02 + 5d`, or working days with `workdays_after`.",
    ),
    page_of(
        "E0202",
        "Values that cannot be compared",
        "Comparison needs an order between the two types; every comparison with `none` except `==` and `!=` is false.",
        "actual.amount > \"10\"",
        "Compare values of one type; a number in quotes is text.",
    ),
    page_of(
        "E0203",
        "A value of another type is wanted",
        "Each property, argument and place takes the types that its page names.",
        "replies = \"1 day\"",
        "Write a value of that type: `replies = 1d`.",
    ),
    page_of(
        "E0204",
        "Nothing to run over",
        "`for`, `rows` and aggregates run over tables, lists, and ranges of numbers, days or months.",
        "for x in 5 { … }",
        "Write a range `1..5`, a list, or the name of a table.",
    ),
    page_of(
        "E0205",
        "A table asked in the wrong way",
        "`t(k1, k2)` with all keys is a row; `t(k1: v)` with some of them, by name, is a table; `t where …` selects; `t.column` is a list.",
        "actual(c).amount        # of a table with the keys month and c",
        "Give all keys, or name the one you give: `actual(c: c)`.",
    ),
    page_of(
        "E0206",
        "A draw in the wrong form",
        "After `~` stands a distribution: `around`, `between`, `chance`, `pick`, `sample`, `shuffle`, a text, or a `let` that draws.",
        "let x ~ 5",
        "Write `let x = 5`, or a distribution.",
    ),
    page_of(
        "E0207",
        "A column with two types",
        "A column holds one type (or `none`), so that it can be added up, compared and printed in one way.",
        "table t { | n | \n | 1 | \n | \"two\" | }",
        "Give every cell the same type.",
    ),
    page_of(
        "E0208",
        "A row of a data file that does not fit",
        "All rows of a file have the columns of its first row, and each column one type. ISO dates are dates, `2026-03` is a month, unquoted decimals are exact numbers, anything quoted is text.",
        "- name: A\n  days: 3\n- name: B\n  days: soon",
        "Correct the marked line; leave a value empty where there is none.",
    ),
    page_of(
        "E0209",
        "A draw after `=`",
        "`=` fixes, `~` draws: a reader sees at the sign where chance comes in.",
        "let x = pick([1, 2])",
        "Write `let x ~ pick([1, 2])`.",
    ),
    page_of(
        "E0210",
        "A word outside its place",
        "`live` and `col` stand in the cells and columns of a sheet; `now`, `asked`, `met` and other words of the run stand in `when`, `by` and checks.",
        "let x = now",
        "Move it to where it can be known.",
    ),
    page_of(
        "E0211",
        "Weights that do not add up",
        "Weights of `pick` are shares and add up to 100 %.",
        "pick({ 0: 50%, 1: 35% })",
        "Correct the weights, or name the value that has the rest.",
    ),
    page_of(
        "E0212",
        "Phrases outside a document",
        "Phrases are drawn by the document they stand in; outside a text there is no such document.",
        "let x = greeting",
        "Print the phrase in a body, mail, post or `say`.",
    ),
    page_of(
        "E0213",
        "A date that does not exist",
        "A month has 18 to 23 working days, the calendar runs from 1900 to 2100.",
        "workday(25, 2026-02)",
        "Take a day that the month has.",
    ),
    page_of(
        "E0214",
        "Weights that do not add up",
        "Weights of `pick` are shares and add up to 100 %.",
        "pick({ 0: 50%, 1: 35% })",
        "Correct the weights, or name the value that has the rest.",
    ),
    page_of(
        "E0215",
        "A template without content",
        "A template has a `body` for prose, or `sheet` and `chart` blocks for a workbook.",
        "template note { title = \"Note\" }",
        "Add a `body` or a `sheet`.",
    ),
    page_of(
        "E0216",
        "Not the address of a cell",
        "Cells are named by column letters and row number.",
        "cells = { \"6B\": 1 }",
        "Write it like `\"B6\"`.",
    ),
    page_of(
        "E0217",
        "Formulas in a ring",
        "A formula that stands on itself has no value.",
        "cells = { \"A1\": live(col(\"A\") + 1) }",
        "Let one of them stand on data only.",
    ),
    page_of(
        "E0218",
        "A sheet or column that is not in this workbook",
        "`col(\"Sheet\", \"Header\")` names a sheet and a header of the same template.",
        "live(sum(col(\"Budgt\", \"Amount\")))",
        "Correct the name.",
    ),
    page_of(
        "E0219",
        "A format that cannot be written yet",
        "The extension decides the format, and this one has no writer in this version.",
        "file \"deck.key\" { … }",
        "Choose another extension; `worldc explain file` lists the formats.",
    ),
    page_of(
        "E0220",
        "A format that cannot hold this content",
        "Prose makes docx, pdf, html, md, txt and eml; sheets make xlsx, csv and json.",
        "file \"memo.docx\" { from = budget_book(t) }",
        "Change the extension, or the template.",
    ),
    page_of(
        "E0221",
        "An event without a day",
        "`at` with a time of day alone says when on each day of `on`; without `on` there is no day.",
        "event \"Weekly\" { who = [jana]  at = 10:00 }",
        "Add `on = dates(…)`, or write a moment: `at = wd4 10:00`.",
    ),
    page_of(
        "E0230",
        "A data file of the wrong shape",
        "A table is loaded from a list of mappings (or CSV, or JSON lines), `pick` and `for` also take a plain list, a persona takes a mapping.",
        "table t { from = load(\"jana.yaml\") }",
        "Begin each row with `- `, and give it `name: value` lines.",
    ),
    page_of(
        "E0231",
        "A data file that cannot be read",
        "The file is not well-formed YAML, JSON or CSV at the marked place.",
        "[{\"a\": 1}, ",
        "Correct the file at this place.",
    ),
    page_of(
        "E0232",
        "Two rows with one key",
        "The first column of a loaded or typed table is its key; rows, draws and references are found by it.",
        "code,title\n4100,Assembly\n4100,Machining",
        "Give each row its own key, or put another column first.",
    ),
    // Secrecy.
    page_of(
        "E0301",
        "A secret in the open",
        "What the agent must find out stands in no file, mail or name that is there before somebody tells it. Sealing follows arithmetic: what is computed from a secret is secret, rounded or not.",
        "secret accrual ~ between(1, 9)\ntemplate memo { body = \"It was {{ accrual }}.\" }\nfile \"memo.docx\" { from = memo  saved = 2026-01-05 }",
        "Let a persona reveal it with `tell`, date the text in the month, or declare the fact with `let` if it is no secret.",
    ),
    page_of(
        "E0302",
        "A secret decides what is in the open",
        "A choice between two texts, a `where`, or the existence of a file shows the secret as well as printing it would.",
        "let word = if(accrual > 40_000, \"large\", \"small\")",
        "Decide by open facts, or move the text into a `tell` or a mail of the month.",
    ),
    page_of(
        "E0303",
        "A secret in a name",
        "Names of files and folders, subjects and titles are seen before anything is opened.",
        "file \"Accrual {{ accrual }}.xlsx\" { … }",
        "Name it after something that is not a secret.",
    ),
    page_of(
        "E0304",
        "A secret in a number or order of things",
        "How many rows there are, and in which order, can be counted and seen.",
        "rows = list(v in vo: v.n, by: v.secret_rank)",
        "Count and sort by open facts.",
    ),
    page_of(
        "E0305",
        "A secret that is none",
        "It is computed from open facts only, so whoever has the files can compute it too.",
        "secret total = sum(actual.amount)",
        "Declare it with `let`, or let it stand on a secret that is drawn.",
    ),
    // Solvability.
    page_of(
        "E0402",
        "A secret that cannot be learnt in time",
        "Everything an objective needs must be told by somebody, or arrive by mail, before the first check that wants it, with the teller's delay, hours and absence counted.",
        "check states(\"accrual\", brno_accrual)        # and nobody tells it",
        "Add a `tell`, move its `now >= …` forward, or move `due`.",
    ),
    page_of(
        "E0403",
        "An objective that nobody asks for",
        "The agent learns of its work from mails: every objective names the mail that asks for it.",
        "objective o { due = wd5 17:00  deliver … }",
        "Add `brief = …` with the name of a mail.",
    ),
    page_of(
        "E0404",
        "A change that changes nothing",
        "The file would have the same bytes before and after.",
        "change c { at = wd3 09:00 }",
        "Put a `file` in it that differs, or say `remove` or `move`.",
    ),
    page_of(
        "E0405",
        "A file dated in the month on the disk",
        "The disk is how the month begins; what is saved later is not there yet.",
        "folder \"a\" { file \"b.txt\" { from = t  saved = wd5 } }",
        "Let it appear then: `change name { at = wd5 09:00  file … }`.",
    ),
    page_of(
        "E0406",
        "A check finer than what was asked for",
        "If numbers are asked for in thousands, a right answer is up to half a thousand away from the fact.",
        "check value(\"Total\") == total within 1        # asked for in thousands",
        "Allow half of the last printed place: `within 500`.",
    ),
    page_of(
        "E0407",
        "Moments in the wrong order",
        "A brief arrives before its objective is due, a milestone is read before it or says `due + …`.",
        "objective o { brief = late_mail  due = wd1 09:00 }",
        "Move one of the two.",
    ),
    page_of(
        "E0410",
        "A check on something nobody was told",
        "A path, sheet, label, limit, recipient or date that decides about credit must be visible to the agent before `due`: in the brief and its thread, in a `tell`, or in an existing file of the same template.",
        "check lookup(\"Summary\", \"B6\", \"Total\") == total",
        "Say it in the brief, or put an empty form with these labels on the disk.",
    ),
    page_of(
        "E0411",
        "A secret nobody points at",
        "Somebody would tell it, but nothing the agent can see names her or the topic, so nobody would think of asking.",
        "tell moved { when = asked(\"payroll\") … }        # and no file or mail speaks of payroll",
        "Name her or a word of the topic in the brief; where wording is too subtle to be seen, say `hints = [payroll_move]`.",
    ),
    page_of(
        "E0412",
        "A claim without a condition",
        "Words like \"over\", \"below\" or \"rose\" beside a fact are true at some seeds and false at others.",
        "body = \"{{ c.title }} ran over its budget.\"",
        "Say it only where it holds: `phrases p(c) = { \"…\": condition, … }`, or `{% if condition %}`.",
    ),
    // This seed.
    page_of(
        "E0501",
        "A calculation without a result",
        "Division by zero, a number of more than 28 digits, or a date outside 1900 to 2100. The message prints the operands.",
        "let rate = total / count(rows)        # and there are no rows",
        "Guard it: `if(count(rows) > 0, …, none)`.",
    ),
    page_of(
        "E0502",
        "A row that never met its `require`",
        "A row is drawn again until its conditions hold, at most 100 times.",
        "amount ~ around(100, 1%)  require amount > 200",
        "Widen the distribution, or loosen the condition.",
    ),
    page_of(
        "E0503",
        "A table without this row",
        "The table was asked with keys that it does not have at this seed.",
        "actual(2027-01, c)",
        "Ask for a key it has, or `exists(…)` first.",
    ),
    page_of(
        "E0504",
        "Two people of one name",
        "Drawn names stayed alike after 100 tries; mail addresses and accounts would clash.",
        "many personas from one short list of names",
        "Use a larger list, or fix a name.",
    ),
    page_of(
        "E0505",
        "No phrase is true here",
        "Each wording has a condition, and none of them holds for these facts.",
        "phrases p(x) = { \"over\": x > 1, \"under\": x < 1 }        # and x is 1",
        "Add a wording for the case that is left.",
    ),
    page_of(
        "E0506",
        "A block that does not exist at this seed",
        "Its `at` or `saved` is `none`, or its `where` is not true, and something else stands on it.",
        "attach = [letter]        # which was never written",
        "Guard what stands on it with the same condition.",
    ),
    page_of(
        "E0507",
        "Nothing to draw from",
        "The list or table is empty at this seed, or nothing in it has any weight.",
        "pick(vo where signed)",
        "Make sure something is left with `require count(…) >= 1`.",
    ),
    page_of(
        "E0508",
        "A name that a system cannot hold",
        "Windows forbids `< > : \" / \\ | ? *` and names such as CON; every system forbids `/`.",
        "file \"Q1: plan.docx\" { … }",
        "Leave the character out, or make a drawn name safe with `| filename`.",
    ),
    page_of(
        "E0509",
        "Two files at one path",
        "One of them would overwrite the other. Windows and macOS do not tell capitals from small letters.",
        "file \"a.txt\" { … }  file \"A.txt\" { … }",
        "Give one of them another name or folder; in a loop, print the loop variable in the name.",
    ),
    page_of(
        "E0510",
        "A secret printed by chance",
        "After rendering, the value of a secret was found in an open file or mail, where no open fact explains it.",
        "a drawn secret that equals an invoice number",
        "Widen the range it is drawn from, or leave this seed out.",
    ),
    page_of(
        "E0511",
        "This seed does not meet a `require`",
        "A condition at the top level of the spec does not hold for this seed.",
        "require accrual > 3% of total",
        "Build another seed (`worldc seeds` lists which pass), or make the condition likelier.",
    ),
    page_of(
        "E0512",
        "Mail in the wrong order",
        "An answer is later than its question, and a mail later than the files it carries. Moments that were drawn or computed did not keep that order at this seed.",
        "mail answer { re = ask  at = ask.at - 1h  body = \"…\" }",
        "Send the answer later, or save the file before the mail.",
    ),
    page_of(
        "E0590",
        "A limit of the compiler",
        "A world may take so much and no more: rows of a table, members of a family, steps of a calculation, bytes of a text. The message names the limit.",
        "for n in 1..1_000_000_000_000 { … }",
        "Make the loops smaller.",
    ),
    page_of(
        "E0591",
        "A draw without a seed",
        "Something that must be known before the seed stands on a draw.",
        "knob k = 1        # compared with a drawn value",
        "State it, or let it stand on knobs and fixed facts only.",
    ),
    page_of(
        "E0592",
        "A setting that does not fit",
        "`--set name=value` changes a `knob` of the spec to a value of its type, one of its list if it has one.",
        "worldc build spec --set mes=200%",
        "Correct the name or the value.",
    ),
    // The image.
    page_of(
        "E0601",
        "The image cannot be written",
        "The disk is full, or the folder may not be written to. Nothing is left behind.",
        "worldc build spec --out /readonly",
        "Make room, or choose another folder with `--out`.",
    ),
    page_of(
        "E0602",
        "A file cannot be read",
        "The system refused to read it.",
        "worldc show image",
        "Look at its rights and at the disk.",
    ),
    page_of(
        "E0603",
        "Something is there already",
        "A build never overwrites what it did not make itself without being told.",
        "worldc build spec --out existing",
        "Say `--force`, or choose another folder with `--out`.",
    ),
    page_of(
        "E0604",
        "Not a world image",
        "An image is a folder that `worldc build` wrote, with its `manifest.json`.",
        "worldc show Documents",
        "Name the folder of an image.",
    ),
    page_of(
        "E0605",
        "A damaged image",
        "A file is missing, new or changed: its hash is not the one in `manifest.json`.",
        "worldc verify image",
        "Build it again; the same spec and seed give the same bytes.",
    ),
    page_of(
        "E0606",
        "The image has no such thing",
        "No file, fact or place has this name.",
        "worldc why image nothing.docx",
        "List what there is with `worldc show image`.",
    ),
    page_of(
        "E0607",
        "A path that must not be written",
        "It would leave the image's folder, or cannot exist on every system.",
        "a drawn folder called `..`",
        "Correct the name in the spec.",
    ),
    page_of(
        "E0608",
        "A document that cannot be made",
        "The format cannot hold this content; the message says why.",
        "a sheet with more than 1,048,576 rows",
        "Make it smaller, or choose another format.",
    ),
    // Warnings.
    page_of(
        "W0101",
        "Typed initials beside a drawn name",
        "Two or three capitals in brackets in a file's name look like somebody's initials, and names are drawn: they would not match.",
        "file \"Budget v2 (TB).xlsx\" { … }",
        "Print them, `({{ tomas.initials }})`, or declare the code in a table.",
    ),
    page_of(
        "W0102",
        "A typed number in a text",
        "A number that comes from no fact cannot be checked, moves with nothing, and may contradict the facts.",
        "body = \"Spending was 4,200.\"",
        "Declare it with `let` and print its name.",
    ),
    page_of(
        "W0510",
        "A secret's value that an open fact explains",
        "The value of a secret stands in an open file, but another fact printed it there. The agent cannot tell.",
        "a drawn secret of 4,100 beside the cost centre 4100",
        "Nothing needs to be done; widen its range if you mind.",
    ),
];

#[cfg(test)]
mod tests {
    use super::PAGES;

    /// Adds every `"E0…"` and `"W0…"` in the sources below `folder`.
    fn used(folder: &std::path::Path, into: &mut std::collections::BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                used(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                codes(&std::fs::read_to_string(&path).unwrap_or_default(), into);
            }
        }
    }

    fn codes(text: &str, into: &mut std::collections::BTreeSet<String>) {
        for quoted in text.split('"') {
            let code = quoted.strip_prefix(['E', 'W']).unwrap_or_default();
            if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) {
                into.insert(quoted.to_string());
            }
        }
    }

    #[test]
    fn every_code_has_a_page() {
        let mut all = std::collections::BTreeSet::new();
        used(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        let missing: Vec<&String> = all.iter().filter(|code| super::page(code).is_none()).collect();
        assert!(missing.is_empty(), "codes without a page: {missing:?}");
    }

    #[test]
    fn pages_are_sorted_and_full() {
        assert!(PAGES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for page in PAGES {
            let parts = [page.title, page.why, page.example, page.way_out];
            assert!(parts.iter().all(|part| !part.is_empty()), "{}", page.code);
        }
    }
}
