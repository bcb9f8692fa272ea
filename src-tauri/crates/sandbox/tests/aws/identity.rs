//! Who am I: STS and Organizations.

use aws_sdk_sts::error::ProvideErrorMetadata;
use waybill_sandbox::{PARTNER_ACCOUNT_ID, organization_id};

use crate::support::{ACCOUNT, Lab, REGION, code, customer, partner};

#[tokio::test]
async fn the_account_follows_from_the_access_key() {
    let lab = Lab::ephemeral().await;
    for (config, account) in [(customer(&lab.sandbox, REGION).await, ACCOUNT), (partner(&lab.sandbox, REGION).await, PARTNER_ACCOUNT_ID)] {
        let identity = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await.unwrap();
        assert_eq!(identity.account(), Some(account));
        assert!(identity.arn().unwrap().starts_with(&format!("arn:aws:iam::{account}:user/")));
    }
}

#[tokio::test]
async fn an_unknown_sts_operation_is_an_invalid_action() {
    let lab = Lab::ephemeral().await;
    let sts = aws_sdk_sts::Client::new(&customer(&lab.sandbox, REGION).await);
    let refused = sts.get_session_token().send().await.unwrap_err();
    assert_eq!(refused.code(), Some("InvalidAction"));
}

#[tokio::test]
async fn the_customer_is_in_its_organization_and_the_partner_in_none() {
    let lab = Lab::ephemeral().await;
    let client = aws_sdk_organizations::Client::new(&customer(&lab.sandbox, "us-east-1").await);
    let organization = client.describe_organization().send().await.unwrap().organization.unwrap();
    assert_eq!(organization.id(), Some(organization_id(ACCOUNT).as_str()));
    assert_eq!(organization.master_account_id(), Some(ACCOUNT));

    let client = aws_sdk_organizations::Client::new(&partner(&lab.sandbox, "us-east-1").await);
    let refused = client.describe_organization().send().await.unwrap_err();
    assert_eq!(code(&refused), "AWSOrganizationsNotInUseException");
}
