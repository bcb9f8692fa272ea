//! The sandbox in the background: `waybill-desktop sandbox host …`, as the window starts it from its own program file.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use waybill_console::{BusPermissions, DataFolder, run_in_background};

/// What the arguments ask for beside a window.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Task {
    data_dir: PathBuf,
    prefer: Option<SocketAddr>,
    permissions: BusPermissions,
}

impl Task {
    /// Reads `sandbox host --data-dir DIR [--prefer ADDRESS] [--partner-bus-permissions today|2021]`; `None` for a window.
    pub(crate) fn read(arguments: &[String]) -> Result<Option<Self>, String> {
        let [first, second, rest @ ..] = arguments else { return Ok(None) };
        if (first.as_str(), second.as_str()) != ("sandbox", "host") {
            return Ok(None);
        }
        let value = |name: &str| rest.iter().position(|argument| argument == name).and_then(|at| rest.get(at + 1));
        let data_dir = value("--data-dir").map(PathBuf::from).ok_or("--data-dir: name the data folder")?;
        let prefer = value("--prefer").map(|text| text.parse().map_err(|_| format!("--prefer: `{text}` is not an address"))).transpose()?;
        let permissions = match value("--partner-bus-permissions").map(String::as_str) {
            Some("2021") => BusPermissions::Year2021,
            _ => BusPermissions::Today,
        };
        Ok(Some(Self { data_dir, prefer, permissions }))
    }
}

/// Is the sandbox until nobody uses it.
pub(crate) fn run(task: Task) -> ExitCode {
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else { return ExitCode::FAILURE };
    let ended = runtime.block_on(async {
        let folder = DataFolder::open(&task.data_dir)?;
        run_in_background(&folder, task.prefer, task.permissions).await
    });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            crate::window::complain(&error.sentence());
            ExitCode::from(error.exit_code())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Task>, String> {
        Task::read(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn only_sandbox_host_is_a_background_task() {
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("--data-dir /tmp/x"), Ok(None), "a window on another folder");
        let task = read("sandbox host --data-dir /d --prefer 127.0.0.1:4566 --partner-bus-permissions 2021").unwrap_or_default();
        let wanted = Task { data_dir: "/d".into(), prefer: "127.0.0.1:4566".parse().ok(), permissions: BusPermissions::Year2021 };
        assert_eq!(task, Some(wanted));
        assert!(read("sandbox host").is_err(), "the data folder is needed");
    }
}
