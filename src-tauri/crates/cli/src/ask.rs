//! Answering what a connection that asks before every write asks about.

use std::io::{BufRead, IsTerminal};

use tokio::sync::broadcast::error::RecvError;
use tokio_util::task::AbortOnDropHandle;
use waybill_console::Console;
use waybill_console::view::{LiveEvent, QuestionView, Topic};

use crate::output::prompt;

/// Answers with yes where the command line says so, else asks on the terminal; where there is none, nobody answers.
pub fn answer_for(console: &Console, yes: bool) -> Option<AbortOnDropHandle<()>> {
    let has_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !yes && !has_terminal {
        return None;
    }
    console.attend();
    let (console, mut live) = (console.clone(), console.live());
    Some(AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            match live.recv().await {
                Ok(LiveEvent::Changed { topic: Topic::Questions }) | Err(RecvError::Lagged(_)) => answer_all(&console, yes).await,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
    })))
}

async fn answer_all(console: &Console, yes: bool) {
    while let Some(question) = console.questions().into_iter().next() {
        let id = question.id;
        let answer = yes || ask(question).await;
        if console.answer_question(id, answer).is_err() {
            tracing::debug!(id, "a question was withdrawn before it was answered");
        }
    }
}

async fn ask(question: QuestionView) -> bool {
    let asked = tokio::task::spawn_blocking(move || {
        prompt(&format!(
            "{}\n{}\nSend this through the connection `{}`? [y/N] ",
            question.calls.join(", "),
            question.input,
            question.connection
        ));
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes")
    });
    asked.await.unwrap_or(false)
}
