//! The program as the system sees it.

use std::process::Command;

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
