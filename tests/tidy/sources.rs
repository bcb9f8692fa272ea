//! Rules for single source files.

use crate::files::{SourceFile, assert_none, files};

const LONGEST: usize = 600;
const LONGEST_MAIN: usize = 60;

#[test]
fn no_file_is_too_long_to_read() {
    let folders = [files("src-tauri", &["rs"]), files("tests", &["rs"]), files("ui/src", &["ts", "tsx", "css"])];
    let lines = |file: &SourceFile| file.text.lines().count();
    let longest = |file: &SourceFile| if file.path.ends_with("src/main.rs") { LONGEST_MAIN } else { LONGEST };
    let long =
        folders.iter().flatten().filter(|file| lines(file) > longest(file)).map(|file| format!("{}: {} lines", file.path, lines(file)));
    assert_none(&long.collect::<Vec<_>>(), "a file is too long (a main.rs fits on one screen, no other passes 600 lines)");
}

#[test]
fn shipped_code_neither_unwraps_nor_leaves_work_undone() {
    const FORBIDDEN: [&str; 6] = [".unwrap()", ".unwrap_err()", "todo!(", "unimplemented!(", "TODO", "FIXME"];
    let sources = files("src-tauri", &["rs"]);
    let for_tests = modules_for_tests(&sources);
    let shipped = sources.iter().filter(|file| is_shipped(&file.path) && !for_tests.iter().any(|module| file.path.starts_with(module)));
    let found = shipped.flat_map(|file| {
        let numbered = shipped_part(&file.text).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let bad = numbered.filter(|(_, line)| FORBIDDEN.iter().any(|word| line.contains(word)));
        bad.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim())).collect::<Vec<_>>()
    });
    assert_none(&found.collect::<Vec<_>>(), "shipped code says expect(\"why it cannot fail\") or handles it, and is finished");
}

#[test]
fn libraries_answer_with_typed_errors() {
    let sources = files("src-tauri/crates", &["rs"]);
    let libraries = sources.iter().filter(|file| is_shipped(&file.path) && !file.path.contains("/cli/"));
    let found = libraries.flat_map(|file| {
        let numbered = shipped_part(&file.text).lines().enumerate();
        let bad = numbered.filter(|(_, line)| line.contains("pub fn") && line.contains("-> Result<") && line.contains(", String>"));
        bad.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim())).collect::<Vec<_>>()
    });
    assert_none(&found.collect::<Vec<_>>(), "a text is no error type");
}

/// Everything that is built into a program: no test, example or bench.
fn is_shipped(path: &str) -> bool {
    let folders = ["/tests/", "/examples/", "/benches/"];
    !folders.iter().any(|folder| path.contains(folder)) && !path.ends_with("/tests.rs")
}

/// Paths, without the ending, of modules that are built for tests only.
fn modules_for_tests(sources: &[SourceFile]) -> Vec<String> {
    let of_file = |file: &SourceFile| {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let names = file.text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(name, _)| name);
        names.filter(|name| !name.contains(char::is_whitespace)).map(|name| format!("{folder}/{name}.")).collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_file).collect()
}

/// A file without its tests, which stand last.
fn shipped_part(text: &str) -> &str {
    let tests = ["mod tests {", "pub(crate) mod tests {"].iter().find_map(|module| text.find(&format!("\n#[cfg(test)]\n{module}")));
    tests.map_or(text, |at| &text[..at])
}
