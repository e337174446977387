//! The command-line twin of the tools, for agents with a shell. It knows a socket and nothing else: no compiler, no grader, no
//! world.

mod arguments;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::ExitCode;

use serde_json::{Value as Json, json};

const HELP: &str = "\
Usage: world [--socket PATH] [TOOL [VALUE | NAME=VALUE | --NAME VALUE]...]

  world                        who you are, and the tools
  world help TOOL              what a tool takes
  world read_mail ab12@x       values go to the arguments in their order
  world send_mail to=a@x subject=Hello body=-   - reads the text from standard input
  world search_text --path . --text accrual

A list is given by naming the argument several times, or as JSON. The socket is $WORLD_SOCKET if it is not said.
Exit codes: 0 done, 1 refused, 2 the command line is wrong, 75 nobody answers.";

/// Why nothing was done.
enum Failure {
    Usage(String),
    Nobody(String),
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match obey(&words) {
        Ok(refused) => ExitCode::from(u8::from(refused)),
        Err(Failure::Usage(why)) => complain(&why, 2),
        Err(Failure::Nobody(why)) => complain(&why, 75),
    }
}

fn complain(why: &str, code: u8) -> ExitCode {
    // If standard error is closed, the code still tells.
    let _told = writeln!(io::stderr(), "{why}");
    ExitCode::from(code)
}

/// Does what the words ask; whether it was refused.
fn obey(words: &[String]) -> Result<bool, Failure> {
    let (socket, words) = socket(words)?;
    if matches!(words, [word] if word == "--help" || word == "-h") {
        return Ok(print(HELP, ""));
    }
    let mut server = Server::connect(&socket)?;
    let hello = server.ask(&json!({"hello": true}))?;
    let tools = hello["hello"]["tools"].as_array().cloned().unwrap_or_default();
    let find = |name: &str| {
        let found = tools.iter().find(|tool| tool["name"] == name);
        found.ok_or_else(|| Failure::Usage(format!("there is no tool {name:?}; `world` lists them")))
    };
    match words {
        [] => Ok(print(&overview(&hello["hello"], &tools), "")),
        [word, name] if word == "help" => Ok(print(&page(find(name)?), "")),
        [name, rest @ ..] => {
            let arguments = arguments::read(&find(name)?["inputSchema"], rest, &mut whole_input);
            let arguments = arguments.map_err(Failure::Usage)?;
            let answer = server.ask(&json!({"tool": name, "arguments": arguments}))?;
            let word = |name: &str| answer[name].as_str().unwrap_or_default();
            print(word("text"), word("clock"));
            Ok(answer["refused"] == Json::Bool(true))
        }
    }
}

/// Where the socket is, and the words behind.
fn socket(words: &[String]) -> Result<(String, &[String]), Failure> {
    match words {
        [flag, path, rest @ ..] if flag == "--socket" => Ok((path.clone(), rest)),
        #[expect(clippy::disallowed_methods, reason = "an agent's shell says where the run is; no run depends on it")]
        rest => match std::env::var("WORLD_SOCKET") {
            Ok(path) => Ok((path, rest)),
            Err(_) => Err(Failure::Usage(format!("neither --socket nor WORLD_SOCKET says where the run is\n\n{HELP}"))),
        },
    }
}

/// Prints what was said, and the clock's line where it does not mix with it. Always false: nothing was refused.
fn print(text: &str, clock: &str) -> bool {
    // A reader that has gone away, as `head` does, wants no more.
    let _said = writeln!(io::stdout(), "{text}");
    if !clock.is_empty() {
        let _said = writeln!(io::stderr(), "{clock}");
    }
    false
}

fn whole_input() -> Result<String, String> {
    let mut text = String::new();
    match io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(format!("standard input is no text: {error}")),
    }
}

fn overview(hello: &Json, tools: &[Json]) -> String {
    let line = |tool: &Json| {
        let word = |name: &str| tool[name].as_str().unwrap_or_default().to_owned();
        format!("  {:<26} {}\n", word("name"), word("description"))
    };
    let orientation = hello["orientation"].as_str().unwrap_or_default();
    format!("{orientation}\nTools:\n{}", tools.iter().map(line).collect::<String>())
}

/// What a tool is for and what it takes.
fn page(tool: &Json) -> String {
    let schema = &tool["inputSchema"];
    let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let line = |(name, property): (&String, &Json)| {
        let about = property["description"].as_str().unwrap_or_default();
        let kind = property["type"].as_str().unwrap_or("JSON");
        let optional = if required(name) { "" } else { ", optional" };
        format!("  {name} ({kind}{optional}): {about}\n")
    };
    let lines = schema["properties"].as_object().into_iter().flatten().map(line);
    let word = |name: &str| tool[name].as_str().unwrap_or_default();
    format!("{}\n{}\n{}", word("name"), word("description"), lines.collect::<String>())
}

/// A connection to the run.
#[cfg(unix)]
struct Server(BufReader<std::os::unix::net::UnixStream>);

#[cfg(unix)]
impl Server {
    fn connect(path: &str) -> Result<Server, Failure> {
        let stream = std::os::unix::net::UnixStream::connect(path);
        stream.map(BufReader::new).map(Server).map_err(|error| Failure::Nobody(format!("{path}: {error}")))
    }

    fn ask(&mut self, message: &Json) -> Result<Json, Failure> {
        let gone = |error: io::Error| Failure::Nobody(format!("the run does not answer: {error}"));
        writeln!(self.0.get_mut(), "{message}").map_err(gone)?;
        let mut line = String::new();
        self.0.read_line(&mut line).map_err(gone)?;
        serde_json::from_str(&line).map_err(|_| Failure::Nobody("the run has ended".to_owned()))
    }
}

#[cfg(not(unix))]
struct Server(BufReader<io::Empty>);

#[cfg(not(unix))]
impl Server {
    fn connect(_: &str) -> Result<Server, Failure> {
        Err(Failure::Nobody("this system has no Unix sockets: use MCP".to_owned()))
    }

    fn ask(&mut self, _: &Json) -> Result<Json, Failure> {
        Self::connect("").map(|_| Json::Null)
    }
}
