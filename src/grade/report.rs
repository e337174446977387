//! A report for programs and for people: `grade.json`, `reward.json`, and a table.

use serde_json::{Value as Json, json};

use rust_decimal::Decimal;

use crate::grade::rubrics::RubricRow;
use crate::grade::{Graded, LivedBy, Part, Report};
use crate::judge::deliverable::Row;

impl Report {
    /// `grade.json`: every row with its evidence.
    pub(crate) fn json(&self) -> Json {
        json!({
            "image": self.image,
            "journal": self.journal,
            "lived": self.lived.json(),
            "reward": figure(self.reward),
            "objectives": self.objectives.iter().map(objective).collect::<Vec<_>>(),
            "daily": self.daily.iter().map(|(day, reward)| json!([day, figure(*reward)])).collect::<Vec<_>>(),
        })
    }

    /// `reward.json`: finite numbers only.
    pub(crate) fn reward_json(&self) -> Json {
        let mut numbers = json!({"reward": figure(self.reward)});
        for graded in &self.objectives {
            numbers[graded.name.as_str()] = figure(graded.score);
        }
        numbers
    }

    /// A table that a person can read: what was lost comes with what was seen.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("reward {}\n{}", self.reward, self.lived.text());
        for graded in &self.objectives {
            text += &format!("\n{}  {}\n", graded.name, graded.score);
            text += &graded
                .guards
                .iter()
                .filter(|row| !row.verdict.held())
                .map(|row| line("guard", row))
                .collect::<String>();
            for (name, why) in &graded.traps {
                text += &format!("  the answer of one who {why} ({name})\n");
            }
            for part in &graded.parts {
                text += &format!("  {}  {} (weight {})\n", part.name, part.score, part.weight);
                text += &part.rows.iter().map(|row| line("", row)).collect::<String>();
                text += &part.rubrics.iter().map(judged).collect::<String>();
            }
            text += &graded.rubrics.iter().map(judged).collect::<String>();
        }
        text
    }
}

impl LivedBy {
    fn json(&self) -> Json {
        let LivedBy { face, shell, confined, turns, end } = self;
        json!({"face": face, "shell": shell, "confined": confined, "turns": turns, "end": end})
    }

    fn text(&self) -> String {
        let shell = if self.shell { ", with a shell" } else { "" };
        let open = if self.confined == Some(false) { ", not confined" } else { "" };
        format!("{} turns{shell}{open}, {}\n", self.turns, if self.end.is_empty() { "not ended" } else { self.end })
    }
}

/// A number as JSON spells it, without a detour over a binary fraction.
fn figure(value: Decimal) -> Json {
    serde_json::from_str(&value.normalize().to_string()).unwrap_or(Json::Null)
}

fn objective(graded: &Graded) -> Json {
    json!({
        "name": graded.name,
        "weight": figure(graded.weight),
        "score": figure(graded.score),
        "guards": graded.guards.iter().map(row).collect::<Vec<_>>(),
        "parts": graded.parts.iter().map(part).collect::<Vec<_>>(),
        "rubrics": rubrics(&graded.rubrics),
        "traps": Json::from_iter(graded.traps.iter().map(|(name, why)| json!({"name": name, "why": why}))),
    })
}

fn part(part: &Part) -> Json {
    json!({
        "name": part.name,
        "weight": figure(part.weight),
        "score": figure(part.score),
        "checks": part.rows.iter().map(row).collect::<Vec<_>>(),
        "rubrics": rubrics(&part.rubrics),
    })
}

fn row(row: &Row) -> Json {
    let mut json = json!({
        "check": row.sentence,
        "message": row.message,
        "score": figure(row.verdict.score.round_dp(6)),
        "evidence": row.verdict.evidence.iter().map(|seen| json!([seen.place, seen.said])).collect::<Vec<_>>(),
    });
    if row.people {
        json["people"] = Json::from("people?");
    }
    json
}

fn rubrics(rubrics: &[RubricRow]) -> Json {
    let row = |row: &RubricRow| {
        let mut json = json!({"weight": figure(row.weight), "text": row.text});
        if let Some(judged) = &row.judged {
            json["score"] = figure(judged.score);
            json["why"] = Json::from(judged.why.clone());
        }
        json
    };
    rubrics.iter().map(row).collect()
}

fn line(kind: &str, row: &Row) -> String {
    let mark = match row.verdict.score {
        score if score == Decimal::ONE => "+",
        score if score == Decimal::ZERO => "-",
        _ => "~",
    };
    let people = if row.people { "  people?" } else { "" };
    let mut text = format!("    {mark} {kind}{}{}{people}\n", if kind.is_empty() { "" } else { " " }, row.sentence);
    if !row.verdict.held() {
        for seen in row.verdict.evidence.iter().take(3) {
            let said: String = seen.said.chars().take(100).collect();
            text += &format!("        {}  {said}\n", seen.place);
        }
    }
    text
}

/// A line that a judge scores; `?` before she has.
fn judged(row: &RubricRow) -> String {
    let score = row.judged.as_ref().map_or("?".to_owned(), |judged| judged.score.normalize().to_string());
    format!("    {score} (weight {}) {}\n", row.weight, row.text)
}
