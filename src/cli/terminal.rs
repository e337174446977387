//! Where a command's words go: colours, progress, and quiet ends.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::outcome::{Done, Failure};

/// What is known about the place the process writes to.
pub(super) struct Terminal {
    colours: bool,
    progress: bool,
    questions: bool,
}

impl Terminal {
    /// Standard output and standard error of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "NO_COLOR and TERM choose colours on a terminal, never bytes of a world"
    )]
    pub(super) fn of_this_process() -> Terminal {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let terminal = io::stderr().is_terminal();
        Terminal { colours: terminal && !plain, progress: terminal, questions: terminal && io::stdin().is_terminal() }
    }

    /// Whether what is shown on standard error may have colours.
    pub(super) fn colours(&self) -> bool {
        self.colours
    }

    /// A bar over `length` steps, drawn only where a person watches.
    pub(super) fn progress(&self, length: u64, doing: &str) -> Progress {
        Progress::new(length, doing, self.progress)
    }

    /// Whether a person can be asked.
    pub(super) fn can_ask(&self) -> bool {
        self.questions
    }

    /// Asks one question and returns the answer, empty if the person takes what stands in brackets.
    pub(super) fn ask(&self, question: &str, default: &str) -> Result<String, Failure> {
        write(&mut io::stderr(), &format!("{question} [{default}]: "));
        let mut line = String::new();
        match io::stdin().read_line(&mut line) {
            Ok(0) | Err(_) => Err(Failure::Wrong("the questions were not answered; nothing is written".into())),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }

    /// A sentence in between.
    pub(super) fn say(&self, sentence: &str) {
        write(&mut io::stderr(), &format!("{sentence}\n"));
    }

    /// A line on standard output for whoever waits for it before the command is done.
    #[cfg(feature = "run")]
    pub(super) fn announce(&self, line: &str) {
        write(&mut io::stdout(), &format!("{line}\n"));
    }

    /// Prints what a command has to say.
    pub(super) fn finish(&self, done: Done) -> ExitCode {
        write(&mut io::stderr(), &done.remarks);
        match write(&mut io::stdout(), &done.text) {
            Written::Failed(reason) => self.fail(&Failure::Temporary(format!("the output was cut: {reason}"))),
            _ if done.no => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }

    /// Prints why a command failed.
    pub(super) fn fail(&self, failure: &Failure) -> ExitCode {
        match failure {
            Failure::Json(text, _) => write(&mut io::stdout(), text),
            Failure::Findings(findings) => write(&mut io::stderr(), &findings.picture(self.colours)),
            Failure::Wrong(sentence) | Failure::Temporary(sentence) => {
                let word = if self.colours { "\u{1b}[1m\u{1b}[91merror\u{1b}[0m" } else { "error" };
                write(&mut io::stderr(), &format!("{word}: {sentence}\n"))
            }
        };
        ExitCode::from(failure.code())
    }

    /// Prints help, a version, or what is wrong with the command line.
    pub(super) fn usage(&self, help: &clap::Error) -> ExitCode {
        if help.use_stderr() && std::env::args_os().any(|word| word == "--json") {
            let sentence = help.to_string();
            let sentence = sentence.trim_end().strip_prefix("error: ").unwrap_or(&sentence).to_owned();
            return self.fail(&Failure::Wrong(sentence).in_json());
        }
        // clap prints help and versions to standard output; a reader that has gone away is no error.
        let _closed = help.print();
        ExitCode::from(if help.use_stderr() { 2 } else { 0 })
    }
}

/// What became of a text.
enum Written {
    Whole,
    /// The reader has gone away, as `head` does; that ends quietly.
    Closed,
    Failed(String),
}

/// Writes all of `text`.
fn write(out: &mut dyn Write, text: &str) -> Written {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Written::Whole,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Written::Closed,
        Err(error) => Written::Failed(crate::disk::reason(&error)),
    }
}

/// How far long work has come. It shows on standard error and decides nothing.
pub(super) struct Progress {
    bar: indicatif::ProgressBar,
}

impl Progress {
    /// A bar, or nothing where nobody watches.
    fn new(length: u64, doing: &str, shown: bool) -> Progress {
        let bar = if shown { indicatif::ProgressBar::new(length) } else { indicatif::ProgressBar::hidden() };
        if let Ok(style) =
            indicatif::ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}  {per_sec:0}  {eta} left")
        {
            bar.set_style(style);
        }
        bar.set_message(doing.to_owned());
        Progress { bar }
    }

    /// That much is done.
    pub(super) fn at(&self, done: u64) {
        self.bar.set_position(done);
    }

    /// One more step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
