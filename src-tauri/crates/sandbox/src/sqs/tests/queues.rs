//! Creating, finding, changing, purging and deleting queues.

use super::*;

#[test]
fn creating_a_queue_again_needs_the_same_values() {
    let redrive = redrive_to("dead", 2);
    let mut lab = Lab::with_queue("dead", &[]);
    lab.create("q", &[("DelaySeconds", "1"), ("RedrivePolicy", &redrive)]).unwrap();
    let respelled = redrive
        .replace(':', " : ")
        .replace("arn : aws : sqs : eu-central-1 : 123456789012 : dead", "arn:aws:sqs:eu-central-1:123456789012:dead");
    for (attributes, refused) in [
        (&[][..], None),
        (&[("DelaySeconds", "1")], None),
        (&[("RedrivePolicy", &*respelled)], None),
        (&[("VisibilityTimeout", "30")], None),
        (&[("DelaySeconds", "2")], Some(SqsError::NameTaken("DelaySeconds".into()))),
        (&[("DelaySeconds", "x")], Some(SqsError::InvalidAttribute("DelaySeconds"))),
        (&[("Policy", POLICY)], Some(SqsError::NameTaken("Policy".into()))),
    ] {
        assert_eq!(lab.create("q", attributes).err(), refused, "{attributes:?}");
    }
}

const POLICY: &str = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}}"#;

#[test]
fn a_refused_change_changes_nothing() {
    let mut lab = Lab::with_queue("q", &[("Policy", POLICY)]);
    let before = lab.queues.get(&queue("q")).unwrap().shown();
    lab.pass_s(5);
    assert!(lab.set("q", &[("DelaySeconds", "5"), ("Policy", "{broken")]).is_err());
    assert_eq!(lab.queues.get(&queue("q")).unwrap().shown(), before);
    lab.set("q", &[("DelaySeconds", "5")]).unwrap();
    let after = lab.queues.get(&queue("q")).unwrap().shown();
    assert_eq!((&*after["DelaySeconds"], &after["Policy"]), ("5", &before["Policy"]), "other attributes stay");
    assert_ne!(after["LastModifiedTimestamp"], before["LastModifiedTimestamp"]);
}

#[test]
fn fifo_is_decided_by_name_and_attribute_together() {
    let mut lab = Lab::new();
    for (name, attributes, good) in [
        ("q", &[][..], true),
        ("p", &[("FifoQueue", "false")], false),
        ("q.fifo", &[("FifoQueue", "true")], true),
        ("p.fifo", &[], false),
        ("p", &[("FifoQueue", "true")], false),
    ] {
        assert_eq!(lab.create(name, attributes).is_ok(), good, "{name} {attributes:?}");
    }
}

#[test]
fn queues_are_listed_by_account_region_and_prefix() {
    let mut lab = Lab::new();
    for name in ["b2", "a", "b1", "b3", "c"] {
        lab.create(name, &[]).unwrap();
    }
    for address in [Address::new("eu-west-1", "123456789012", "b9"), Address::new("eu-central-1", "999999999999", "b8")] {
        lab.at(|queues, moment| queues.create(address, (&AttributeMap::new(), Default::default()), moment)).unwrap();
    }
    let page = |prefix: &str, after: Option<&str>, max| -> Vec<&str> {
        lab.queues.page(&queue(prefix), after, max).into_iter().map(|address| address.name.as_str()).collect()
    };
    assert_eq!(page("", None, 10), ["a", "b1", "b2", "b3", "c"]);
    assert_eq!(page("b", None, 2), ["b1", "b2"]);
    assert_eq!(page("b", Some("b2"), 2), ["b3"]);
    assert!(page("x", None, 10).is_empty());
}

#[test]
fn a_purge_removes_everything_once_a_minute() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["a", "b"]);
    lab.receive("q", 1);
    let purge = |lab: &mut Lab| lab.at(|queues, moment| queues.get_mut(&queue("q")).unwrap().purge(moment));
    purge(&mut lab).unwrap();
    assert_eq!(lab.counts("q"), [0, 0, 0], "in flight or not");
    lab.pass_s(59);
    assert_eq!(purge(&mut lab), Err(SqsError::PurgeInProgress("q".into())));
    lab.pass_s(1);
    purge(&mut lab).unwrap();
}

#[test]
fn a_deleted_queue_takes_its_messages_along() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    lab.at(|queues, moment| queues.delete(&queue("q"), moment)).unwrap();
    assert_eq!(lab.send("q", text("m")), Err(SqsError::NoSuchQueue));
    lab.pass_s(60);
    lab.create("q", &[]).unwrap();
    assert_eq!(lab.counts("q"), [0, 0, 0]);
}

#[test]
fn a_deleted_queues_name_is_free_after_a_minute() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.at(|queues, moment| queues.delete(&queue("q"), moment)).unwrap();
    lab.create("p", &[]).unwrap();
    lab.pass_s(59);
    assert_eq!(lab.create("q", &[]), Err(SqsError::DeletedRecently));
    lab.restart();
    assert_eq!(lab.create("q", &[]), Err(SqsError::DeletedRecently), "a restart does not free it");
    lab.pass_s(1);
    lab.create("q", &[]).unwrap();
    assert_eq!(lab.create("q", &[]), Ok(()), "a queue that is there is no deleted one");
}
