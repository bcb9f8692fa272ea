//! Ending.

use std::time::Duration;

use crate::support::Lab;

#[tokio::test]
async fn a_long_poll_ends_at_once_with_an_answer() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    let waiting = lab.sqs.receive_message().queue_url(&inbox.0).wait_time_seconds(20).send();
    let waiting = tokio::spawn(waiting);
    // A second request on another connection is answered only after the server saw the first one's connection.
    lab.sqs.list_queues().send().await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), lab.sandbox.shutdown()).await.expect("it does not wait 20 s");
    let answer = tokio::time::timeout(Duration::from_secs(5), waiting).await.expect("the poll ended").unwrap();
    if let Ok(answer) = answer {
        assert!(answer.messages().is_empty());
    }
}

#[tokio::test]
async fn after_the_end_nobody_listens() {
    let lab = Lab::ephemeral().await;
    lab.events.list_event_buses().send().await.unwrap();
    let address = lab.sandbox.endpoint().replace("http://", "");
    lab.sandbox.shutdown().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "the port is free again");
}
