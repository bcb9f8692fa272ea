"""The flow of the iLert page by boto3, with the checks that its users rely on. Exits 0 when everything is as on AWS."""
import hashlib
import json
import os
import struct

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["ENDPOINT_URL"]
REGION = os.environ["AWS_DEFAULT_REGION"]
ACCOUNT = "123456789012"
SOURCE = "aws.partner/ilert.com/test/cc23670e-2073-4b3c-a1f3-f366b0a5e5d9"
TYPES = ["created", "accepted", "assigned", "auto-escalated", "raised", "comment-added", "resolved", "auto-resolved", "rejected"]


def client(service, partner=False):
    keys = {}
    if partner:
        keys = dict(aws_access_key_id=os.environ["PARTNER_ACCESS_KEY_ID"],
                    aws_secret_access_key=os.environ["PARTNER_SECRET_ACCESS_KEY"])
    # Twenty requests at most are open, and none is tried twice: a wrong answer must not hide behind a second one.
    return boto3.client(service, endpoint_url=ENDPOINT, config=Config(retries={"total_max_attempts": 1}), **keys)


events, sqs, sts = client("events"), client("sqs"), client("sts")
partner = client("events", partner=True)


def refused(error, call, **arguments):
    """The call is refused with this modelled error class, whose own code boto3 also tells."""
    try:
        call(**arguments)
    except error as refusal:
        return refusal.response["Error"]
    raise AssertionError(f"{call.__name__} was not refused")


def md5_of_attributes(attributes):
    """The digest that the SQS developer guide describes."""
    digest = hashlib.md5()
    for name, value in sorted(attributes.items()):
        kind = value["DataType"]
        raw = value.get("BinaryValue")
        transport = b"\x01" if raw is None else b"\x02"
        data = value["StringValue"].encode() if raw is None else raw
        for part in (name.encode(), kind.encode()):
            digest.update(struct.pack(">I", len(part)) + part)
        digest.update(transport + struct.pack(">I", len(data)) + data)
    return digest.hexdigest()


def identities():
    assert sts.get_caller_identity()["Account"] == ACCOUNT
    assert client("sts", partner=True).get_caller_identity()["Account"] == os.environ["PARTNER_ACCOUNT_ID"]


def offer_and_associate():
    partner.create_partner_event_source(Name=SOURCE, Account=ACCOUNT)
    refused(partner.exceptions.ResourceAlreadyExistsException, partner.create_partner_event_source, Name=SOURCE, Account=ACCOUNT)
    source = events.list_event_sources(NamePrefix="aws.partner/ilert.com")["EventSources"][0]
    assert (source["Name"], source["State"]) == (SOURCE, "PENDING") and source["ExpirationTime"] > source["CreationTime"]
    refused(events.exceptions.ResourceNotFoundException, events.activate_event_source, Name=SOURCE)
    bus = events.create_event_bus(Name=SOURCE, EventSourceName=SOURCE)["EventBusArn"]
    assert bus == f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{SOURCE}"
    refused(events.exceptions.ResourceAlreadyExistsException, events.create_event_bus, Name=SOURCE, EventSourceName=SOURCE)
    assert events.describe_event_source(Name=SOURCE)["State"] == "ACTIVE"


def refused_permission():
    """AWS takes no policy on partner buses any more."""
    try:
        events.put_permission(EventBusName=SOURCE, Action="events:PutEvents", Principal="*", StatementId="org",
                              Condition={"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": "o-0123456789"})
    except ClientError as refusal:
        assert refusal.response["Error"]["Code"] == "ValidationException", refusal
        return
    raise AssertionError("the permission was accepted")


def rule_and_queue():
    error = refused(events.exceptions.InvalidEventPatternException, events.put_rule, Name="all", EventBusName=SOURCE, EventPattern="{")
    assert error["Message"].startswith("Event pattern is not valid. Reason: "), error
    rule = events.put_rule(Name="all", EventBusName=SOURCE, EventPattern=json.dumps({"account": [ACCOUNT]}))["RuleArn"]
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": "3"})
    queue = sqs.create_queue(QueueName="inbox", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]["QueueArn"]
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}}}]}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(policy)})
    answer = events.put_targets(Rule="all", EventBusName=SOURCE, Targets=[{"Id": "queue", "Arn": arn}])
    assert answer["FailedEntryCount"] == 0
    assert events.list_rule_names_by_target(TargetArn=arn, EventBusName=SOURCE)["RuleNames"] == ["all"]
    return queue, dead


def detail(kind):
    return {"id": "4711", "summary": "Disk full äöü 𝄞", "reportTime": "2020-10-26T08:16:16.000Z", "status": "PENDING",
            "eventType": f"incident-{kind}", "priority": "HIGH", "alertSource": {"id": 12345, "name": "Test"}, "assignedTo": None}


def publish_and_receive(queue):
    entries = [{"Source": SOURCE, "DetailType": f"incident-{kind}", "Resources": ["ilert"], "Detail": json.dumps(detail(kind))}
               for kind in TYPES]
    answer = partner.put_partner_events(Entries=entries + [dict(entries[0], Detail="broken")])
    assert answer["FailedEntryCount"] == 1 and answer["Entries"][-1]["ErrorCode"] == "MalformedDetail", answer
    sent = {entry["EventId"]: kind for entry, kind in zip(answer["Entries"], TYPES)}
    received = {}
    while len(received) < len(sent):
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=5,
                                       MessageSystemAttributeNames=["All"]).get("Messages", [])
        assert messages, f"{len(received)} of {len(sent)} came"
        for message in messages:
            assert hashlib.md5(message["Body"].encode()).hexdigest() == message["MD5OfBody"]
            assert message["Attributes"]["ApproximateReceiveCount"] == "1"
            event = json.loads(message["Body"])
            received[event["id"]] = event
        done = sqs.delete_message_batch(QueueUrl=queue, Entries=[
            {"Id": str(at), "ReceiptHandle": message["ReceiptHandle"]} for at, message in enumerate(messages)])
        assert len(done["Successful"]) == len(messages) and not done.get("Failed")
    for event_id, kind in sent.items():
        event = received[event_id]
        assert list(event) == ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"]
        assert event["detail"] == detail(kind) and event["detail-type"] == f"incident-{kind}" and event["account"] == ACCOUNT


def own_events_are_told_apart():
    answer = events.put_events(Entries=[{"Source": "aws.partner/ilert.com", "DetailType": "t", "Detail": "{}"}])
    assert answer["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"
    try:
        events.put_events(Entries=[{"Source": "s", "DetailType": "t", "Detail": "{}"}] * 11)
    except ClientError as refusal:
        assert refusal.response["Error"]["Message"].endswith("Member must have length less than or equal to 10"), refusal
    else:
        raise AssertionError("eleven entries were accepted")


def messages_carry_digests(queue):
    attributes = {"text": {"DataType": "String", "StringValue": "ü"}, "n": {"DataType": "Number.int", "StringValue": "7"},
                  "raw": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    trace = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}}
    sent = sqs.send_message(QueueUrl=queue, MessageBody="hello", MessageAttributes=attributes, MessageSystemAttributes=trace)
    assert sent["MD5OfMessageBody"] == hashlib.md5(b"hello").hexdigest()
    assert sent["MD5OfMessageAttributes"] == md5_of_attributes(attributes)
    assert sent["MD5OfMessageSystemAttributes"] == md5_of_attributes(trace)
    message = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["All"], WaitTimeSeconds=5)["Messages"][0]
    assert message["MessageAttributes"] == attributes and message["MD5OfMessageAttributes"] == md5_of_attributes(attributes)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    again = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["n"], AttributeNames=["All"], WaitTimeSeconds=5)["Messages"][0]
    assert again["Attributes"]["ApproximateReceiveCount"] == "2" and again["ReceiptHandle"] != message["ReceiptHandle"]
    assert again["MD5OfMessageAttributes"] == md5_of_attributes({"n": attributes["n"]})
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=again["ReceiptHandle"])


def errors_have_their_classes(queue):
    missing = queue.replace("inbox", "missing")
    error = refused(sqs.exceptions.QueueDoesNotExist, sqs.receive_message, QueueUrl=missing)
    assert error["Code"] == "AWS.SimpleQueueService.NonExistentQueue" and error["QueryErrorCode"] == "QueueDoesNotExist", error
    refused(sqs.exceptions.QueueNameExists, sqs.create_queue, QueueName="inbox", Attributes={"DelaySeconds": "7"})
    refused(sqs.exceptions.ReceiptHandleIsInvalid, sqs.delete_message, QueueUrl=queue, ReceiptHandle="x")
    refused(sqs.exceptions.InvalidAttributeName, sqs.set_queue_attributes, QueueUrl=queue, Attributes={"Colour": "red"})
    refused(sqs.exceptions.InvalidAttributeValue, sqs.set_queue_attributes, QueueUrl=queue, Attributes={"DelaySeconds": "901"})
    refused(sqs.exceptions.EmptyBatchRequest, sqs.send_message_batch, QueueUrl=queue, Entries=[])
    refused(sqs.exceptions.TooManyEntriesInBatchRequest, sqs.send_message_batch, QueueUrl=queue,
            Entries=[{"Id": str(n), "MessageBody": "m"} for n in range(11)])
    refused(sqs.exceptions.BatchEntryIdsNotDistinct, sqs.send_message_batch, QueueUrl=queue,
            Entries=[{"Id": "a", "MessageBody": "m"}] * 2)
    refused(sqs.exceptions.InvalidBatchEntryId, sqs.send_message_batch, QueueUrl=queue, Entries=[{"Id": "a b", "MessageBody": "m"}])
    partly = sqs.send_message_batch(QueueUrl=queue, Entries=[{"Id": "good", "MessageBody": "m"},
                                                             {"Id": "late", "MessageBody": "m", "DelaySeconds": 901}])
    assert [one["Id"] for one in partly["Successful"]] == ["good"] and partly["Failed"][0]["SenderFault"] is True
    assert partly["Failed"][0]["Code"] == "InvalidParameterValue", partly
    sqs.purge_queue(QueueUrl=queue)
    refused(sqs.exceptions.PurgeQueueInProgress, sqs.purge_queue, QueueUrl=queue)
    refused(events.exceptions.ResourceNotFoundException, events.describe_rule, Name="none", EventBusName=SOURCE)
    refused(events.exceptions.LimitExceededException, events.put_targets, Rule="all", EventBusName=SOURCE, Targets=[
        {"Id": str(n), "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:inbox"} for n in range(5)])
    for call, arguments in [
            (events.create_archive, dict(ArchiveName="a", EventSourceArn=f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default")),
            (events.start_replay, dict(ReplayName="r", EventSourceArn=f"arn:aws:events:{REGION}:{ACCOUNT}:archive/a", EventStartTime=0,
                                       EventEndTime=1, Destination={"Arn": f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"})),
            (sqs.start_message_move_task, dict(SourceArn=f"arn:aws:sqs:{REGION}:{ACCOUNT}:dead"))]:
        try:
            call(**arguments)
        except ClientError as refusal:
            assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400, refusal
        else:
            raise AssertionError(f"{call.__name__} claims to be served")


def lists_come_in_pages(queue, dead):
    for number in range(7):
        events.put_rule(Name=f"page-{number}", EventBusName=SOURCE, EventPattern=json.dumps({"source": [str(number)]}))
        sqs.create_queue(QueueName=f"page-{number}")
    pages = events.get_paginator("list_rules").paginate(EventBusName=SOURCE, NamePrefix="page-", PaginationConfig={"PageSize": 3})
    assert [len(page["Rules"]) for page in pages] == [3, 3, 1]
    pages = events.get_paginator("list_targets_by_rule").paginate(Rule="all", EventBusName=SOURCE)
    assert [target["Id"] for page in pages for target in page["Targets"]] == ["queue"]
    pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix="page-", PaginationConfig={"PageSize": 3})
    assert [len(page["QueueUrls"]) for page in pages] == [3, 3, 1]
    pages = sqs.get_paginator("list_dead_letter_source_queues").paginate(QueueUrl=dead, PaginationConfig={"PageSize": 1})
    assert [url for page in pages for url in page.get("queueUrls", [])] == [queue]


def take_everything_away(queue, dead):
    refused(events.exceptions.ClientError, events.delete_rule, Name="all", EventBusName=SOURCE)
    events.remove_targets(Rule="all", EventBusName=SOURCE, Ids=["queue"])
    for rule in events.list_rules(EventBusName=SOURCE)["Rules"]:
        events.delete_rule(Name=rule["Name"], EventBusName=SOURCE)
    partner.delete_partner_event_source(Name=SOURCE, Account=ACCOUNT)
    assert events.describe_event_source(Name=SOURCE)["State"] == "DELETED"
    events.delete_event_bus(Name=SOURCE)
    refused(events.exceptions.ResourceNotFoundException, events.describe_event_source, Name=SOURCE)
    for url in (queue, dead):
        sqs.delete_queue(QueueUrl=url)
    refused(sqs.exceptions.QueueDeletedRecently, sqs.create_queue, QueueName="inbox")


identities()
offer_and_associate()
refused_permission()
queue, dead = rule_and_queue()
publish_and_receive(queue)
own_events_are_told_apart()
messages_carry_digests(queue)
errors_have_their_classes(queue)
lists_come_in_pages(queue, dead)
take_everything_away(queue, dead)
print(f"boto3 {boto3.__version__}: everything as on AWS")
