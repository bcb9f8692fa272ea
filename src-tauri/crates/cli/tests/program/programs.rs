//! The program as the system sees it.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::Waybill;

#[test]
fn it_links_no_gui_library() {
    let Ok(answer) = Command::new("ldd").arg(env!("CARGO_BIN_EXE_waybill")).output() else {
        return eprintln!("skipped: there is no ldd here");
    };
    let listed = String::from_utf8_lossy(&answer.stdout).to_lowercase();
    assert!(listed.contains("libc"), "{answer:?}");
    for library in ["gtk", "webkit", "gdk", "javascriptcore", "libx11", "wayland"] {
        assert!(!listed.contains(library), "{library} is linked:\n{listed}");
    }
}

#[test]
fn help_names_every_command_and_the_data_folder_comes_from_the_environment_or_the_argument() {
    let waybill = Waybill::new();
    let help = waybill.run(&["--help"]);
    assert_eq!(help.code, Some(0));
    for command in ["verify", "sources", "actions", "runs", "setup", "pattern", "sandbox", "--data-dir", "--connection", "--format"] {
        assert!(help.out.contains(command), "{command}: {}", help.out);
    }
    assert!(waybill.run(&["--version"]).out.starts_with("waybill "));
    let elsewhere = waybill.dir().with_file_name("elsewhere");
    let made = waybill.json(&["--data-dir", elsewhere.to_str().unwrap(), "sources", "create", "--name", "There"]);
    assert!(made["name"] == "There" && elsewhere.join("waybill.db").exists() && !waybill.dir().exists(), "the argument comes first");
}

#[cfg(unix)]
#[test]
fn what_it_keeps_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let waybill = Waybill::new();
    let _serving = waybill.serve(&[]);
    waybill.json(&["verify"]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(waybill.dir()), 0o700);
    for name in ["waybill.db", "sandbox.db", "sandbox-keys.json", "sandbox.json"] {
        assert_eq!(mode(&waybill.dir().join(name)), 0o600, "{name}");
    }
}

#[test]
fn without_a_command_and_without_a_window_it_prints_its_help() {
    let waybill = Waybill::new();
    let alone = waybill.dir().with_file_name("waybill-alone");
    let own = Path::new(env!("CARGO_BIN_EXE_waybill"));
    std::fs::hard_link(own, &alone).or_else(|_| std::fs::copy(own, &alone).map(drop)).unwrap();
    let answer = Command::new(&alone).env_clear().output().unwrap();
    assert!(answer.status.success() && String::from_utf8_lossy(&answer.stdout).contains("Usage: waybill"), "{answer:?}");
}

#[test]
fn a_users_data_lies_where_the_platform_keeps_it() {
    let waybill = Waybill::new();
    let home = waybill.dir().with_file_name("home");
    let run = |variable: &str, value: &Path| {
        let mut command = waybill.command(&["sources", "list"]);
        command.env_remove("WAYBILL_DATA_DIR").env("HOME", &home).env(variable, value);
        assert!(command.output().unwrap().status.success());
    };
    run("XDG_DATA_HOME", &home.join("xdg"));
    if cfg!(target_os = "linux") {
        assert!(home.join("xdg/waybill/waybill.db").exists());
        run("XDG_DATA_HOME", Path::new(""));
        assert!(home.join(".local/share/waybill/waybill.db").exists(), "an empty variable is none");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let waybill = Waybill::new();
    waybill.json(&["verify"]);
    let mut child = waybill.command(&["runs", "list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success() && answer.stderr.is_empty(), "{answer:?}");
}
