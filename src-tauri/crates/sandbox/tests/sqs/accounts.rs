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

#[tokio::test]
async fn a_permission_lets_another_account_in_until_it_is_removed() {
    let lab = Lab::start().await;
    let url = lab.queue("shared", &[]).await;
    let send = async || lab.partner().send_message().queue_url(&url).message_body("m").send().await;
    let add = |label: &str| lab.sqs.add_permission().queue_url(&url).label(label).aws_account_ids(waybill_sandbox::PARTNER_ACCOUNT_ID);
    assert!(send().await.is_err(), "not yet");
    add("friends").actions("SendMessage").send().await.unwrap();
    add("readers").actions("ReceiveMessage").actions("DeleteMessage").send().await.unwrap();
    send().await.unwrap();
    let policy = lab.attribute(&url, Attribute::Policy).await.unwrap();
    let policy: serde_json::Value = serde_json::from_str(&policy).unwrap();
    assert_eq!(policy["Id"], "arn:aws:sqs:eu-central-1:123456789012:shared/SQSDefaultPolicy");
    assert_eq!(policy["Statement"][0]["Action"], "SQS:SendMessage");
    assert_eq!(policy["Statement"][1]["Action"], serde_json::json!(["SQS:ReceiveMessage", "SQS:DeleteMessage"]));
    let twice = add("friends").actions("SendMessage").send().await.unwrap_err();
    assert_eq!(twice.code(), Some("InvalidParameterValue"));
    assert!(twice.message().unwrap().ends_with("Reason: Already exists."), "{twice:?}");
    let wrong = add("others").actions("CreateQueue").send().await.unwrap_err();
    assert!(wrong.message().unwrap().contains("parameter ActionName"), "{wrong:?}");
    for label in ["friends", "readers"] {
        lab.sqs.remove_permission().queue_url(&url).label(label).send().await.unwrap();
    }
    assert!(send().await.is_err(), "not any more");
    assert_eq!(lab.attribute(&url, Attribute::Policy).await, None, "nothing is left of it");
    let gone = lab.sqs.remove_permission().queue_url(&url).label("friends").send().await.unwrap_err();
    assert!(gone.message().unwrap().contains("can't find label"), "{gone:?}");
}

#[tokio::test]
async fn a_denial_binds_the_queues_own_account_which_can_take_it_back() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let deny = |action: &str| format!(r#"{{"Statement":[{{"Effect":"Deny","Principal":"*","Action":"{action}","Resource":"*"}}]}}"#);
    let set = async |policy: String| {
        lab.sqs.set_queue_attributes().queue_url(&url).attributes(Attribute::Policy, policy).send().await.unwrap();
    };
    set(deny("sqs:SendMessage")).await;
    let denied = lab.sqs.send_message().queue_url(&url).message_body("m").send().await.unwrap_err();
    assert_eq!(denied.code(), Some("AccessDenied"));
    assert!(lab.receive(&url).await.is_empty(), "other actions stay allowed");
    set(deny("sqs:*")).await;
    let denied = lab.sqs.receive_message().queue_url(&url).send().await.unwrap_err();
    assert_eq!(denied.code(), Some("AccessDenied"));
    set(String::new()).await;
    lab.send(&url, "m").await;
}
