//! The index as a table that databases read (Parquet): the same rows with the same names, one column each.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value as Json;

use super::fault;
use super::row::Row;
use super::rows::Rows;
use crate::diag::Diagnostic;
use crate::image::fault::unwritable;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Figure,
    YesOrNo,
    /// A list or a map as JSON.
    Json,
}

use Kind::{Figure, Json as Parts, Text, Whole, YesOrNo};

/// Every member of a row, in the order of the table. All but those of every row may be empty.
const COLUMNS: &[(&str, Kind)] = &[
    ("world", Text),
    ("spec", Text),
    ("member", Text),
    ("seed", Whole),
    ("recipe", Text),
    ("status", Text),
    ("code", Text),
    ("message", Text),
    ("root", Text),
    ("public_root", Text),
    ("knobs", Parts),
    ("schemas", Parts),
    ("salted", YesOrNo),
    ("edition", Whole),
    ("receipt", Text),
    ("split", Text),
    ("persona", Text),
    ("profession", Text),
    ("company", Text),
    ("country", Text),
    ("language", Text),
    ("os", Text),
    ("month", Text),
    ("files", Whole),
    ("folders", Whole),
    ("bytes", Whole),
    ("people", Whole),
    ("past_mails", Whole),
    ("scheduled", Whole),
    ("objectives", Whole),
    ("delivers", Whole),
    ("checks", Whole),
    ("traps", Whole),
    ("tells", Whole),
    ("secrets", Whole),
    ("decoys", Whole),
    ("shape", Text),
    ("proven", YesOrNo),
    ("floor", Figure),
    ("oracle", Figure),
    ("clerk", Figure),
    ("oracle_turns", Whole),
    ("oracle_hours", Figure),
    ("slack_hours", Figure),
    ("sources_needed", Whole),
    ("guess_rate", Figure),
    ("fails", Parts),
    ("shard", Text),
    ("folder", Text),
    ("offset", Whole),
    ("length", Whole),
    ("sealed_offset", Whole),
    ("sealed_length", Whole),
];

/// So many rows stand together in the table and are in memory at once.
const GROUP: usize = 1_024;

/// Writes the table to what stands at that path.
pub(super) fn write<W: Write + Send>(rows: &Rows, to: W, path: &Path) -> std::result::Result<(), Diagnostic> {
    let fault = |error: ParquetError| match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => unwritable(path, &error),
            Err(error) => fault::unpackable(&error.to_string()),
        },
        error => fault::unpackable(&error.to_string()),
    };
    let properties = WriterProperties::builder().set_created_by("worldc".to_owned()).build();
    let schema = schema().map_err(fault)?;
    let mut writer = SerializedFileWriter::new(to, schema, Arc::new(properties)).map_err(fault)?;
    let as_json = |row: Row| serde_json::to_value(row).expect("names and numbers have a JSON form");
    let mut rows = rows.iter().map(|row| row.map(as_json)).peekable();
    // A table without rows has a group too.
    loop {
        let group = rows.by_ref().take(GROUP).collect::<std::result::Result<Vec<_>, _>>()?;
        add(&mut writer, &group).map_err(fault)?;
        if rows.peek().is_none() {
            break;
        }
    }
    writer.close().map(|_| ()).map_err(fault)
}

fn add<W: Write + Send>(writer: &mut SerializedFileWriter<W>, rows: &[Json]) -> Result<()> {
    let mut group = writer.next_row_group()?;
    for (name, kind) in COLUMNS {
        let values: Vec<&Json> = rows.iter().filter_map(|row| row.get(name)).collect();
        let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.get(name).is_some())).collect();
        let mut column = group.next_column()?.expect("the schema has every column");
        fill(column.untyped(), *kind, &values, &levels)?;
        column.close()?;
    }
    group.close().map(|_| ())
}

fn schema() -> Result<TypePtr> {
    let column = |(name, kind): &(&str, Kind)| -> Result<TypePtr> {
        let (physical, logical) = match kind {
            Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Parts => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
            Whole => (Physical::INT64, Some(LogicalType::integer(64, false))),
            Figure => (Physical::DOUBLE, None),
            YesOrNo => (Physical::BOOLEAN, None),
        };
        let column = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        Ok(Arc::new(column.with_logical_type(logical).build()?))
    };
    let columns = COLUMNS.iter().map(column).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder("worlds").with_fields(columns).build()?))
}

fn fill(column: &mut ColumnWriter<'_>, kind: Kind, values: &[&Json], levels: &[i16]) -> Result<()> {
    let levels = Some(levels);
    match column {
        ColumnWriter::ByteArrayColumnWriter(column) => {
            let text = |value: &&Json| match (kind, value) {
                (Text, Json::String(text)) => ByteArray::from(text.as_str()),
                (_, value) => ByteArray::from(value.to_string().as_str()),
            };
            column.write_batch(&values.iter().map(text).collect::<Vec<_>>(), levels, None)?;
        }
        ColumnWriter::Int64ColumnWriter(column) => {
            // The column says that its numbers have no sign.
            let number = |value: &&Json| value.as_u64().unwrap_or_default().cast_signed();
            column.write_batch(&values.iter().map(number).collect::<Vec<_>>(), levels, None)?;
        }
        ColumnWriter::DoubleColumnWriter(column) => {
            let number = |value: &&Json| value.as_f64().unwrap_or_default();
            column.write_batch(&values.iter().map(number).collect::<Vec<_>>(), levels, None)?;
        }
        ColumnWriter::BoolColumnWriter(column) => {
            column.write_batch(&values.iter().map(|value| **value == true).collect::<Vec<_>>(), levels, None)?;
        }
        _ => return Err(ParquetError::General("the schema has no such column".to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use parquet::file::reader::SerializedFileReader;

    use super::*;
    use crate::fleet::row::{Figure, Proof, Row, Status};

    fn rows() -> Vec<Row> {
        let built = r#"{
            "world": "w@18446744073709551615", "spec": "w", "member": "m", "seed": 18446744073709551615, "recipe": "r", "status": "built",
            "root": "a", "public_root": "b", "knobs": {"mess": "2"}, "schemas": ["lib.close"], "salted": false, "edition": 1, "receipt": "r",
            "split": "train", "persona": "p", "profession": "p", "company": "c", "country": "DE", "language": "en",
            "os": "linux", "month": "2026-03", "files": 1, "folders": 2, "bytes": 3, "people": 4, "past_mails": 5,
            "scheduled": 6, "objectives": 7, "delivers": 8, "checks": 9, "traps": 10, "tells": 11, "secrets": 12,
            "decoys": 13, "shape": "s", "proven": true, "floor": 0, "oracle": 1, "clerk": 0.25, "oracle_turns": 14,
            "oracle_hours": 12.5, "slack_hours": 3, "sources_needed": 15, "guess_rate": 0.1, "fails": ["none"],
            "shard": "0of1", "folder": "f", "offset": 16, "length": 17, "sealed_offset": 18, "sealed_length": 19
        }"#;
        let built: Row = serde_json::from_str(built).expect("it is a row");
        let bare = Row { about: None, proof: None, place: None, status: Status::Rejected, ..built.clone() };
        vec![built, Row { code: Some("E0511".into()), message: Some("no".into()), ..bare }]
    }

    #[test]
    fn every_member_of_a_row_is_a_column() {
        let rows = rows().into_iter().map(|row| serde_json::to_value(row).expect("it has a form"));
        let members: BTreeSet<String> = rows
            .flat_map(|row| row.as_object().into_iter().flat_map(|row| row.keys().cloned()).collect::<Vec<_>>())
            .collect();
        assert_eq!(members, COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect());
    }

    #[test]
    fn the_table_reads_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rows.jsonl");
        let lines = rows().into_iter().map(|row| serde_json::to_string(&row).expect("it has a form") + "\n");
        std::fs::write(&path, lines.collect::<String>()).expect("it is ours");
        let kept = Rows::read(vec![path.clone()], "r").expect("they are whole");
        let table = || {
            let mut bytes = Vec::new();
            write(&kept, &mut bytes, &path).expect("it is written");
            bytes
        };
        let bytes = table();
        assert_eq!(table(), bytes);
        let mut file = tempfile::tempfile().expect("a file");
        std::io::Write::write_all(&mut file, &bytes).expect("it takes them");
        let reader = SerializedFileReader::new(file).expect("it is a table");
        let read: Vec<String> = reader.into_iter().map(|row| row.expect("it is a row").to_string()).collect();
        assert!(
            read[0].contains("seed: 18446744073709551615") && read[0].contains("oracle_hours: 12.5"),
            "{}",
            read[0]
        );
        assert!(read[0].contains(r#"schemas: "["lib.close"]""#) && read[0].contains("proven: true"), "{}", read[0]);
        assert!(read[1].contains("root: null") && read[1].contains(r#"code: "E0511""#), "{}", read[1]);
    }

    #[test]
    fn figures_are_exact_in_rows() {
        let proof = rows().remove(0).proof.expect("it was proven");
        assert_eq!(proof.oracle_hours, Figure("12.5".parse().expect("a number")));
        let text = serde_json::to_string(&proof).expect("it has a form");
        assert_eq!(serde_json::from_str::<Proof>(&text).expect("it reads back"), proof);
        assert!(text.contains(r#""guess_rate":0.1"#), "{text}");
    }
}
