//! Which crate may know which.

use std::process::Command;

use serde_json::Value;

use crate::files::assert_none;

/// Each crate of ours with those of ours that it may know.
const ARROWS: &[(&str, &[&str])] = &[
    ("waybill-domain", &[]),
    ("waybill-pattern", &[]),
    ("waybill-load", &[]),
    ("waybill-store", &["waybill-domain"]),
    ("waybill-aws", &["waybill-domain"]),
    ("waybill-sandbox", &["waybill-domain", "waybill-pattern"]),
    ("waybill-setup", &["waybill-domain", "waybill-pattern", "waybill-aws"]),
    ("waybill-proof", &["waybill-domain"]),
    ("waybill-simulation", &["waybill-domain", "waybill-proof"]),
    ("waybill-delivery", &["waybill-domain", "waybill-proof", "waybill-pattern", "waybill-aws"]),
    ("waybill-diagnosis", &["waybill-domain", "waybill-pattern", "waybill-aws", "waybill-setup"]),
    (
        "waybill-console",
        &[
            "waybill-domain",
            "waybill-pattern",
            "waybill-load",
            "waybill-store",
            "waybill-aws",
            "waybill-sandbox",
            "waybill-setup",
            "waybill-delivery",
            "waybill-diagnosis",
        ],
    ),
    ("waybill-cli", &["waybill-console", "waybill-domain"]),
    ("waybill-desktop", &["waybill-console", "waybill-domain"]),
];

/// What one crate alone may know.
const OWNERS: [(&str, &str); 3] = [("tauri", "waybill-desktop"), ("clap", "waybill-cli"), ("rusqlite", "waybill-store waybill-sandbox")];

#[test]
fn crates_know_only_those_that_the_arrows_allow() {
    let packages = packages();
    let known: Vec<&str> = packages.iter().map(Package::name).collect();
    let unnamed = known.iter().filter(|name| !ARROWS.iter().any(|(from, _)| from == *name)).map(|name| format!("{name} has no arrows"));
    let wrong = packages.iter().flat_map(|package| {
        let allowed = ARROWS.iter().find(|(from, _)| *from == package.name()).map_or(&[][..], |(_, to)| to);
        let ours = package.shipped().into_iter().filter(|name| name.starts_with("waybill-") && !allowed.contains(&name.as_str()));
        ours.map(|name| format!("{} knows {name}", package.name())).collect::<Vec<_>>()
    });
    assert_none(&unnamed.chain(wrong).collect::<Vec<_>>(), "an arrow points the wrong way");
}

#[test]
fn the_window_the_command_line_and_sqlite_stay_in_their_crates() {
    let wrong = packages()
        .iter()
        .flat_map(|package| OWNERS.iter().filter_map(|(prefix, owners)| package.intrudes(prefix, owners)))
        .collect::<Vec<_>>();
    assert_none(&wrong, "a crate knows what only another may know");
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifests = crate::files::files("src-tauri/crates", &["toml"]);
    let without = manifests.iter().filter(|file| !file.text.contains("[lints]\nworkspace = true")).map(|file| file.path.clone());
    assert_none(&without.collect::<Vec<_>>(), "no [lints] workspace = true");
}

struct Package(Value);

impl Package {
    fn name(&self) -> &str {
        self.0["name"].as_str().unwrap()
    }

    /// Names of all dependencies that are built into the program.
    fn shipped(&self) -> Vec<String> {
        let dependencies = self.0["dependencies"].as_array().unwrap();
        dependencies.iter().filter(|one| one["kind"].is_null()).map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Says so when a package other than `owners` depends on `prefix` or a part of it, for building and testing too.
    fn intrudes(&self, prefix: &str, owners: &str) -> Option<String> {
        if owners.split(' ').any(|owner| owner == self.name()) {
            return None;
        }
        let dependencies = self.0["dependencies"].as_array().unwrap();
        let mut names = dependencies.iter().map(|one| one["name"].as_str().unwrap());
        let name = names.find(|name| *name == prefix || name.starts_with(&format!("{prefix}-")))?;
        Some(format!("{} knows {name}", self.name()))
    }
}

/// The packages of the workspace, as cargo reads them; nothing is fetched.
fn packages() -> Vec<Package> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--format-version=1", "--offline"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().iter().cloned().map(Package).collect()
}
