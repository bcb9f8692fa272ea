//! Who may use a queue.

use aws_sdk_sqs::error::ProvideErrorMetadata;
use waybill_sandbox::PARTNER_ACCOUNT_ID;

use super::*;

#[tokio::test]
async fn the_partner_is_denied_the_customers_queues() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let partner = lab.partner();
    let send = || partner.send_message().queue_url(&url).message_body("m").send();
    let denied = [
        send().await.unwrap_err().into_service_error().meta().clone(),
        partner.receive_message().queue_url(&url).send().await.unwrap_err().into_service_error().meta().clone(),
        partner.delete_queue().queue_url(&url).send().await.unwrap_err().into_service_error().meta().clone(),
        partner
            .set_queue_attributes()
            .queue_url(&url)
            .attributes(Attribute::DelaySeconds, "1")
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .meta()
            .clone(),
        partner
            .get_queue_url()
            .queue_name("q")
            .queue_owner_aws_account_id("123456789012")
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .meta()
            .clone(),
    ];
    for error in denied {
        assert_eq!(error.code(), Some("AccessDenied"), "{error:?}");
    }
    assert!(partner.list_queues().send().await.unwrap().queue_urls().is_empty(), "it sees its own queues only");

    let policy =
        format!(r#"{{"Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{PARTNER_ACCOUNT_ID}"}},"Action":"sqs:*","Resource":"*"}}]}}"#);
    lab.sqs.set_queue_attributes().queue_url(&url).attributes(Attribute::Policy, policy).send().await.unwrap();
    send().await.unwrap();
    let deletion = partner.delete_queue().queue_url(&url).send().await.unwrap_err().into_service_error();
    assert_eq!(deletion.code(), Some("AccessDenied"), "a policy cannot give away the queue itself");
}
