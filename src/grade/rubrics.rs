//! What no check can tell: lines that a judge reads and scores. They stay apart until her file is merged [G1]:
//!
//! ```json
//! {"journal": "<hash of the run's journal>",
//!  "scores": [{"objective": "q1_reforecast", "part": "draft", "rubric": "<its text>", "score": 0.75, "why": "…"}]}
//! ```
//!
//! `part` is left out for a line of the objective itself, `why` if there is nothing to say; `grade.json` lists all lines. A
//! line counts beside the checks of its part by its weight, a check by 1; where the checks earn nothing, it earns nothing.

use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Number;

use super::{Graded, Report, reward};
use crate::diag::Diagnostic;

/// One line of an objective or of a part of it.
#[derive(Clone, Debug)]
pub(crate) struct RubricRow {
    pub weight: Decimal,
    pub text: String,
    pub judged: Option<Judged>,
}

/// What a judge made of it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// From 0 to 1.
    pub score: Decimal,
    pub why: Option<String>,
}

/// A judge's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    journal: String,
    scores: Vec<Score>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Score {
    objective: String,
    part: Option<String>,
    rubric: String,
    score: Number,
    why: Option<String>,
}

/// The weighted scores of those that were judged.
pub(super) fn judged(rows: &[RubricRow]) -> impl Iterator<Item = (Decimal, Decimal)> {
    rows.iter().filter_map(|row| Some((row.weight, row.judged.as_ref()?.score)))
}

/// The report with the scores of a judge's file in it.
pub(super) fn merged(mut report: Report, path: &Path, text: &str) -> Result<Report, Diagnostic> {
    let wrong = |why: &str| unfit(path, why);
    let file: File = serde_json::from_str(text).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    if file.journal != report.journal {
        return Err(wrong(&format!("is about the journal {}, not {}", file.journal, report.journal)));
    }
    for said in file.scores {
        let score = said.score.to_string().parse::<Decimal>().ok();
        let score = score.filter(|score| (Decimal::ZERO..=Decimal::ONE).contains(score) && score.scale() <= 6);
        let score = score.ok_or_else(|| wrong(&format!("has the score {}", said.score)))?;
        let row =
            find(&mut report, &said).ok_or_else(|| wrong(&format!("scores {:?}, which nobody asks", said.rubric)))?;
        if row.judged.replace(Judged { score, why: said.why }).is_some() {
            return Err(wrong(&format!("scores {:?} twice", said.rubric)));
        }
    }
    report.objectives.iter_mut().for_each(Graded::settle);
    report.reward = reward(&report.objectives);
    Ok(report)
}

fn find<'r>(report: &'r mut Report, said: &Score) -> Option<&'r mut RubricRow> {
    let graded = report.objectives.iter_mut().find(|graded| graded.name == said.objective)?;
    let rows = match &said.part {
        None => &mut graded.rubrics,
        Some(name) => &mut graded.parts.iter_mut().find(|part| part.name == *name)?.rubrics,
    };
    rows.iter_mut().find(|row| row.text == said.rubric)
}

fn unfit(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0629", format!("{} {why}", path.display())).help(
        "`worldrun grade --json` lists the lines to be scored; a score is a number from 0 to 1 with at most six places",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::{LivedBy, Part};

    fn row(weight: i64, text: &str) -> RubricRow {
        RubricRow { weight: weight.into(), text: text.to_owned(), judged: None }
    }

    /// An objective of a part that earns half by its checks and one that earns nothing.
    fn report() -> Report {
        let part = |name: &str, checks: &[i64], rubrics| Part {
            name: name.to_owned(),
            weight: Decimal::ONE,
            score: Decimal::ZERO,
            rows: checks.iter().map(|score| super::super::tests::row(Decimal::from(*score))).collect(),
            rubrics,
        };
        let mut graded = Graded {
            name: "goal".to_owned(),
            weight: Decimal::ONE,
            score: Decimal::ZERO,
            credit: Decimal::ONE,
            guards: Vec::new(),
            parts: vec![part("one", &[1, 0], vec![row(2, "clear")]), part("two", &[0], vec![row(1, "short")])],
            rubrics: vec![row(2, "kind")],
            traps: Vec::new(),
        };
        graded.settle();
        Report {
            image: String::new(),
            journal: "j".to_owned(),
            lived: LivedBy::default(),
            reward: graded.score,
            objectives: vec![graded],
            daily: Vec::new(),
        }
    }

    fn with(text: &str) -> Result<Decimal, Diagnostic> {
        merged(report(), Path::new("judge.json"), text).map(|report| report.reward)
    }

    #[test]
    fn a_judges_scores_count_beside_the_checks() {
        assert_eq!(report().reward, Decimal::new(25, 2));
        let file = r#"{"journal": "j", "scores": [
            {"objective": "goal", "part": "one", "rubric": "clear", "score": 1, "why": "it is"},
            {"objective": "goal", "part": "two", "rubric": "short", "score": 1},
            {"objective": "goal", "rubric": "kind", "score": 0.5}]}"#;
        // (3/4 + 0 + 2·1/2) / 4
        assert_eq!(with(file).expect("it fits"), Decimal::new(4375, 4));
    }

    #[test]
    fn a_file_that_does_not_fit_is_refused() {
        let score = |score: &str| {
            format!(r#"{{"journal": "j", "scores": [{{"objective": "goal", "rubric": "kind", "score": {score}}}]}}"#)
        };
        let twice = score("1").replace("}]", r#"}, {"objective": "goal", "rubric": "kind", "score": 0}]"#);
        let wrong =
            ["", "{}", r#"{"journal": "k", "scores": []}"#, &score("2"), &score("-0.5"), &score("0.1234567"), &twice];
        for text in wrong.into_iter().chain([score("1").replace("kind", "nice").as_str(), &score("\"1\"")]) {
            assert_eq!(with(text).expect_err(text).code, "E0629", "{text}");
        }
    }
}
