//! What the environment of the program has a say in. Each case runs in a process of its own with an environment of its own.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Server, json_answer, region};
use waybill_aws::{CallErrorKind, Clients, Connection, EndpointUrls};

/// Set in the processes that the tests start.
const INSIDE: &str = "WAYBILL_AWS_TEST_SERVER";

/// Runs one of the ignored tests below in a process with nothing in its environment but `variables`.
async fn run(case: &str, server: &str, variables: &[(&str, &str)]) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env_clear().env("HOME", home.path()).env(INSIDE, server).envs(variables.iter().copied());
    command.args(["--exact", case, "--ignored", "--nocapture"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
}

fn server_inside() -> Option<String> {
    std::env::var(INSIDE).ok()
}

fn caller() -> String {
    let body = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>\
                <UserId>1</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    json_answer("200 OK", "", body)
}

fn endpoint(url: impl Into<String>, profile: Option<String>) -> Connection {
    Connection::Endpoint { urls: EndpointUrls::one(url), profile, role_arn: None }
}

async fn connect(connection: Connection) -> Clients {
    Clients::connect(&connection, &region()).await.unwrap()
}

#[tokio::test]
async fn without_credentials_a_request_fails_quickly_even_where_the_metadata_address_is_silent() {
    // Accepts connections and never answers, like a network that swallows the metadata address.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let metadata = format!("http://{}", silent.local_addr().unwrap());
    run("inside_no_credentials", "", &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &metadata)]).await;
    run("inside_no_credentials", "", &[("AWS_EC2_METADATA_DISABLED", "true")]).await;
}

#[tokio::test]
#[ignore = "another test starts it as a process of its own"]
async fn inside_no_credentials() {
    let Some(_) = server_inside() else { return };
    for profile in [None, Some("nobody".to_owned())] {
        let clients = connect(Connection::Aws { profile: profile.clone(), role_arn: None }).await;
        let begun = Instant::now();
        let error = clients.who_am_i().await.unwrap_err();
        assert_eq!(error.kind, CallErrorKind::NoCredentials, "{profile:?}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(3), "{profile:?} took {:?}", begun.elapsed());
        assert!(!error.message.is_empty() && error.request_id.is_none(), "nothing was sent: {error:?}");
    }
}

#[tokio::test]
async fn the_environment_has_no_say_in_the_sandbox() {
    let server = Server::start(caller()).await;
    let dead = "http://127.0.0.1:1";
    let variables = [
        ("HTTP_PROXY", dead),
        ("http_proxy", dead),
        ("ALL_PROXY", dead),
        ("AWS_ENDPOINT_URL", dead),
        ("AWS_ENDPOINT_URL_STS", dead),
        ("AWS_PROFILE", "nobody"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_CONFIG_FILE", "/dev/null"),
    ];
    run("inside_the_sandbox_is_reached", &server.endpoint, &variables).await;
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
#[ignore = "another test starts it as a process of its own"]
async fn inside_the_sandbox_is_reached() {
    let Some(server) = server_inside() else { return };
    let clients = common::clients(&server).await;
    assert_eq!(clients.endpoint(), Some(server.as_str()));
    assert_eq!(clients.who_am_i().await.unwrap().account.as_str(), "123456789012");
}

#[tokio::test]
async fn credentials_come_from_the_sdks_own_chain_and_a_configured_endpoint_is_told() {
    let server = Server::start(caller()).await;
    let keys = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "secret")];
    let endpoint = ("AWS_ENDPOINT_URL", server.endpoint.as_str());
    run("inside_aws_is_somewhere_else", &server.endpoint, &[keys[0], keys[1], endpoint]).await;
    run("inside_another_endpoint", &server.endpoint, &keys).await;
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
#[ignore = "another test starts it as a process of its own"]
async fn inside_aws_is_somewhere_else() {
    let Some(server) = server_inside() else { return };
    let clients = connect(Connection::Aws { profile: None, role_arn: None }).await;
    assert_eq!(clients.endpoint(), Some(server.as_str()), "requests that do not go to AWS must be told apart");
    assert!(clients.partner().is_none(), "nobody plays the partner outside the sandbox");
    clients.who_am_i().await.unwrap();
}

#[tokio::test]
#[ignore = "another test starts it as a process of its own"]
async fn inside_another_endpoint() {
    let Some(server) = server_inside() else { return };
    let clients = connect(endpoint(server.clone(), None)).await;
    assert_eq!(clients.endpoint(), Some(server.as_str()));
    clients.who_am_i().await.unwrap();
    let aws = connect(Connection::Aws { profile: None, role_arn: None }).await;
    assert_eq!(aws.endpoint(), None, "AWS itself");
}

#[tokio::test]
async fn a_profile_of_the_aws_files_signs() {
    let server = Server::start(caller()).await;
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("credentials");
    std::fs::write(&file, "[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = secret\n").unwrap();
    run("inside_a_profile", &server.endpoint, &[("AWS_SHARED_CREDENTIALS_FILE", path(&file))]).await;
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}

#[tokio::test]
#[ignore = "another test starts it as a process of its own"]
async fn inside_a_profile() {
    let Some(server) = server_inside() else { return };
    connect(endpoint(server.clone(), Some("ops".to_owned()))).await.who_am_i().await.unwrap();
    let error = connect(endpoint(server, None)).await.who_am_i().await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::NoCredentials, "the default profile does not exist: {error}");
}

#[tokio::test]
async fn a_connection_that_is_written_wrongly_is_refused_by_its_field() {
    let cases =
        [(endpoint("localhost", None), "endpoint URL: "), (Connection::Aws { profile: None, role_arn: Some("ops".into()) }, "role ARN: ")];
    for (connection, field) in cases {
        let error = Clients::connect(&connection, &region()).await.unwrap_err();
        assert!(error.to_string().starts_with(field), "{error}");
    }
}
