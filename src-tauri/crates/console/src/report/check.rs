//! Whether a report is as Waybill wrote it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::html;
use super::strict::Fields;
use crate::Error;

/// Most bytes of a file that are looked at to see what it is.
const BEGINNING: u64 = 4096;

/// What can be said of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportVerdict {
    /// It is a report, as Waybill wrote it; its hash in hexadecimal digits.
    Intact(String),
    /// It is, or was, a report, and something of it was changed; why.
    Altered(String),
    /// It is no report; why.
    NotAReport(String),
}

/// Checks a report, JSON or HTML, by the hash that it carries. The hash proves that nothing was changed by mistake or in part; it is no
/// signature: who changes the content and computes the hash anew is found out only by comparing the seal with that of the run.
///
/// # Errors
/// When the file cannot be read.
pub fn check_report(file: &Path) -> Result<ReportVerdict, Error> {
    let unreadable = |error: io::Error| Error::unreadable_file("Report", file, &error);
    let mut opened = File::open(file).map_err(unreadable)?;
    let mut beginning = Vec::new();
    opened.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(unreadable)?;
    opened.rewind().map_err(unreadable)?;
    let beginning = String::from_utf8_lossy(&beginning);
    if beginning.starts_with(html::BEGIN) {
        return check_html(BufReader::new(opened)).map_err(unreadable);
    }
    if beginning.trim_start().starts_with('{') {
        return Ok(check_json(BufReader::new(opened), beginning.contains("waybill.run/1")));
    }
    Ok(ReportVerdict::NotAReport("it is neither a JSON nor an HTML report of Waybill".to_owned()))
}

fn check_json(file: impl Read, looks_like_one: bool) -> ReportVerdict {
    let fields: Fields = match read_json(file) {
        Ok(fields) => fields,
        Err(error) if looks_like_one => return ReportVerdict::Altered(error.to_string()),
        Err(error) => return ReportVerdict::NotAReport(error.to_string()),
    };
    let text = |name: &str| fields.head.get(name).and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
    if text("schema").as_deref() != Some("waybill.run/1") {
        return ReportVerdict::NotAReport("its `schema` is not waybill.run/1".to_owned());
    }
    let Some(told) = text("sha256") else { return ReportVerdict::Altered("it carries no hash".to_owned()) };
    let Some(events) = fields.events else { return ReportVerdict::Altered("its events are not there".to_owned()) };
    let head = fields.head.iter().filter(|(name, _)| *name != "sha256");
    let head: Vec<String> = head.map(|(name, value)| format!("{}:{value}", serde_json::Value::from(name.as_str()))).collect();
    match events.finish(&format!("{{{}}}", head.join(","))) {
        Ok(found) => verdict(told, &found),
        Err(error) => ReportVerdict::Altered(error.to_string()),
    }
}

fn read_json(file: impl Read) -> serde_json::Result<Fields> {
    let mut reader = serde_json::Deserializer::from_reader(file);
    let fields = serde::Deserialize::deserialize(&mut reader)?;
    reader.end()?;
    Ok(fields)
}

fn check_html(mut file: impl Read) -> io::Result<ReportVerdict> {
    let (mut hash, mut kept, mut chunk) = (Sha256::new(), Vec::new(), [0; 65_536]);
    // The last line is held back: it names the hash over everything before it.
    loop {
        let many = file.read(&mut chunk)?;
        if many == 0 {
            break;
        }
        kept.extend_from_slice(&chunk[..many]);
        let ready = kept.len().saturating_sub(html::END_BYTES);
        hash.update(&kept[..ready]);
        kept.drain(..ready);
    }
    let end = String::from_utf8_lossy(&kept);
    Ok(match html::hash_in(&end) {
        Some(told) => verdict(told.to_owned(), &hex::encode(hash.finalize())),
        None => ReportVerdict::Altered("it does not end with its hash".to_owned()),
    })
}

fn verdict(told: String, found: &str) -> ReportVerdict {
    match told == found {
        true => ReportVerdict::Intact(told),
        false => ReportVerdict::Altered(format!("its hash is {told}, that of its content {found}")),
    }
}
