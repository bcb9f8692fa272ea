//! What was answered with success is there after a restart.

use aws_sdk_sqs::types::MessageSystemAttributeName;

use super::*;

#[tokio::test]
async fn messages_counts_and_handles_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = SandboxConfig { data_dir: Some(folder.path().into()), ..SandboxConfig::ephemeral() };
    let lab = Lab::start_with(config.clone()).await;
    let url = lab.queue("q", &[(Attribute::VisibilityTimeout, "600")]).await;
    for body in ["held", "deleted", "ready"] {
        lab.send(&url, body).await;
    }
    let handle = |message: &Message| message.receipt_handle().unwrap().to_owned();
    let request = lab.sqs.receive_message().queue_url(&url).max_number_of_messages(2);
    let messages = request.send().await.unwrap().messages.unwrap();
    lab.sqs.delete_message().queue_url(&url).receipt_handle(handle(&messages[1])).send().await.unwrap();
    lab.sandbox.shutdown().await;

    let lab = Lab::start_with(config).await;
    let url = lab.sqs.get_queue_url().queue_name("q").send().await.unwrap().queue_url.unwrap();
    assert_eq!(bodies(&lab.receive(&url).await), ["ready"], "the held one is still hidden, the deleted one gone");
    let request = lab.sqs.change_message_visibility().queue_url(&url).receipt_handle(handle(&messages[0]));
    request.visibility_timeout(0).send().await.unwrap();
    let request = lab.sqs.receive_message().queue_url(&url).message_system_attribute_names(MessageSystemAttributeName::All);
    let again = request.send().await.unwrap().messages.unwrap().remove(0);
    assert_eq!(again.body(), Some("held"), "the handle of before gave it back");
    assert_eq!(again.attributes().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount], "2");
}
