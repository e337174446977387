//! What colleagues say besides what they were written to say. English, as the specs' own prose is.

use crate::image::script::Person;
use crate::value::Date;
use crate::value::language::Language;
use crate::value::letter::is_signed;

/// The body of a reply: what is told, above what stands below all her mails unless she is `short` [W1].
pub(crate) fn told(person: &Person, said: &[&str], short: bool) -> String {
    let said = said.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n\n");
    let sign_off = person.sign_off.text.trim();
    let signed = is_signed(&said, &person.name, &[&person.first, &person.last, &person.initials]);
    if short || signed || sign_off.is_empty() { said } else { format!("{said}\n\n{sign_off}") }
}

/// For a question that opened no topic. It names nothing that the sender did not write.
pub(crate) fn question(subject: &str, short: bool) -> String {
    let subject = subject.trim_start_matches("Re: ").trim();
    match subject.is_empty() {
        _ if short => "What exactly?".to_owned(),
        true => "I am not sure what you need from me. Which figure or paper is it about?".to_owned(),
        false => format!("About \"{subject}\": what exactly do you need from me?"),
    }
}

/// For what may be told later only.
pub(crate) fn not_yet(language: &str, again: Option<Date>) -> String {
    match again.map(|date| day(language, date)) {
        Some(day) => format!("I cannot say yet. Ask me again on {day}."),
        None => "I cannot say yet.".to_owned(),
    }
}

/// The automatic note of somebody who is away [W2].
pub(crate) fn absent(language: &str, back: Date, deputy: Option<&Person>) -> String {
    let back = day(language, back);
    match deputy {
        Some(deputy) => format!("I am away and back on {back}. In urgent cases please turn to {}.", deputy.name),
        None => format!("I am away and back on {back}."),
    }
}

fn day(language: &str, date: Date) -> String {
    Language::named(language).map_or_else(|| date.to_string(), |language| language.day(date))
}
