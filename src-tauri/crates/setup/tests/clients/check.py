"""Reads exported chains: what Terraform's and CloudFormation's code makes must be what the requests make. Usage: check.py FOLDER"""

import json
import re
import subprocess
import sys
from pathlib import Path

import hcl2
import yaml

ACCOUNT, REGION = "123456789012", "eu-central-1"
FLAT = {  # attributes of aws_sqs_queue as SQS names them
    "fifo_queue": "FifoQueue", "content_based_deduplication": "ContentBasedDeduplication", "deduplication_scope": "DeduplicationScope",
    "fifo_throughput_limit": "FifoThroughputLimit", "delay_seconds": "DelaySeconds", "max_message_size": "MaximumMessageSize",
    "message_retention_seconds": "MessageRetentionPeriod", "receive_wait_time_seconds": "ReceiveMessageWaitTimeSeconds",
    "visibility_timeout_seconds": "VisibilityTimeout", "sqs_managed_sse_enabled": "SqsManagedSseEnabled",
    "kms_master_key_id": "KmsMasterKeyId", "kms_data_key_reuse_period_seconds": "KmsDataKeyReusePeriodSeconds",
    "redrive_policy": "RedrivePolicy", "redrive_allow_policy": "RedriveAllowPolicy",
}  # fmt: skip


def queue_arn(name):
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def flat(value):
    """A value as SQS takes it; JSON is compared by its value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith("{"):
        return json.loads(value)
    return value if isinstance(value, dict) else str(value)


def as_json(value):
    return json.loads(value) if isinstance(value, str) else value


def chain(bus, rule, queues, target):
    """One shape for all three; what is empty is left out."""
    rule = {**rule, "EventPattern": as_json(rule["EventPattern"])}
    for queue in queues.values():
        queue["attributes"] = {name: flat(value) for name, value in queue["attributes"].items()}
        queue["policy"] = as_json(queue["policy"])
    full = lambda part: {key: value for key, value in part.items() if value not in (None, "", {}, [])}
    return {"bus": full(bus), "rule": full(rule), "queues": {name: full(queue) for name, queue in queues.items()}, "target": full(target)}


def pairs(tags):
    return {tag["Key"]: tag["Value"] for tag in tags or []}


def of_requests(requests):
    bus, rule, queues, target = None, None, {}, None
    for request in requests:
        given = request["input"]
        match request["operation"]:
            case "CreateEventBus":
                assert given["Name"] == given["EventSourceName"]
                bus = {"Name": given["Name"], "Tags": pairs(given.get("Tags"))}
            case "PutRule":
                rule = {**{key: given.get(key) for key in ("Name", "Description", "EventPattern", "State")}, "Tags": pairs(given.get("Tags"))}
            case "CreateQueue":
                queues[given["QueueName"]] = {"attributes": given.get("Attributes", {}), "tags": given.get("tags"), "policy": "{}"}
            case "SetQueueAttributes":
                queues[given["QueueName"]]["policy"] = given["Attributes"]["Policy"]
            case "PutTargets":
                (target,) = given["Targets"]
    return chain(bus, rule, queues, target)


class Template(yaml.SafeLoader):
    """CloudFormation's short tags."""


def short_tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    else:
        value = loader.construct_sequence(node, deep=True)
    return {f"Fn::{suffix}": value}


Template.add_multi_constructor("!", short_tag)


def of_template(text):
    template = yaml.load(text, Template)
    source = template["Parameters"]["EventSourceName"]["Default"]
    resources = template["Resources"]
    parameters = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "EventSourceName": source, "EventBus": source}

    def arn(name):
        properties = resources[name]["Properties"]
        if resources[name]["Type"] == "AWS::SQS::Queue":
            return queue_arn(resolve(properties["QueueName"]))
        return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{source}/{resolve(properties['Name'])}"

    def resolve(node):
        if isinstance(node, list):
            return [resolve(one) for one in node]
        if not isinstance(node, dict):
            return node
        if list(node) == ["Fn::Ref"]:
            return parameters[node["Fn::Ref"]]
        if list(node) == ["Fn::GetAtt"]:
            return arn(node["Fn::GetAtt"].removesuffix(".Arn"))
        if list(node) == ["Fn::Join"]:
            return node["Fn::Join"][0].join(resolve(node["Fn::Join"][1]))
        if list(node) == ["Fn::Sub"]:
            return re.sub(r"\$\{([^}]*)\}", lambda found: parameters[found[1]], node["Fn::Sub"])
        return {key: resolve(value) for key, value in node.items()}

    queues = {}
    for resource in resources.values():
        if resource["Type"] == "AWS::SQS::Queue":
            given = resolve(resource["Properties"])
            name, tags = given.pop("QueueName"), pairs(given.pop("Tags", None))
            queues[name] = {"attributes": given, "tags": tags, "policy": "{}"}
    for resource in resources.values():
        if resource["Type"] == "AWS::SQS::QueuePolicy":
            (reference,) = resource["Properties"]["Queues"]
            name = resolve(resources[reference["Fn::Ref"]]["Properties"]["QueueName"])
            queues[name]["policy"] = resolve(resource["Properties"]["PolicyDocument"])
    bus, rule = resolve(resources["EventBus"]["Properties"]), resolve(resources["Rule"]["Properties"])
    assert bus["Name"] == bus["EventSourceName"] == rule.pop("EventBusName")
    (target,) = rule.pop("Targets")
    for part in (bus, rule):
        part["Tags"] = pairs(part.get("Tags"))
    return chain({"Name": bus["Name"], "Tags": bus["Tags"]}, rule, queues, target)


ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def unescaped(text):
    """A literal within quotes (HCL native syntax specification, "Template Literals")."""
    one = lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else ESCAPES[found[3]]
    return re.sub(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))", one, text)


class Hcl:
    """Blocks of a file, and the values of their expressions."""

    def __init__(self, text):
        self.blocks = {}
        body = hcl2.parses_to_tree(text).children[0]
        for block in self.nodes(body, "block"):
            head = [self.text_of(part) for part in block.children if kind(part) in ("identifier", "string")]
            self.blocks[tuple(head)] = self.body(next(self.nodes(block, "body")))

    @staticmethod
    def nodes(tree, name):
        return (child for child in tree.children if kind(child) == name)

    def text_of(self, tree):
        return str(tree.children[0]) if kind(tree) == "identifier" else self.value(tree)

    def body(self, tree):
        given = {}
        for attribute in self.nodes(tree, "attribute"):
            given[self.text_of(attribute.children[0])] = attribute.children[-1]
        for block in self.nodes(tree, "block"):
            given[self.text_of(block.children[0])] = self.body(next(self.nodes(block, "body")))
        return given

    def value(self, tree):
        if isinstance(tree, dict):
            return {name: self.value(inner) for name, inner in tree.items()}
        match kind(tree):
            case "expr_term" | "object_elem_key" | "interpolation":
                (inner,) = [child for child in tree.children if kind(child) not in (None, "new_line_or_comment")]
                return self.value(inner)
            case "string":
                return "".join(self.part(part) for part in self.nodes(tree, "string_part"))
            case "int_lit" | "literal_value" | "identifier":
                return {"true": True, "false": False, "null": None}.get(str(tree.children[0]), str(tree.children[0]))
            case "tuple":
                return [self.value(one) for one in self.nodes(tree, "expr_term")]
            case "object":
                elements = (list(element.children) for element in self.nodes(tree, "object_elem"))
                return {self.value(element[0]): self.value(element[-1]) for element in elements}
            case "function_call":
                assert self.text_of(tree.children[0]) == "jsonencode"
                (argument,) = self.nodes(next(self.nodes(tree, "arguments")), "expr_term")
                return json.dumps(self.value(argument))
            case "get_attr_expr_term":
                return self.reference(tree)
        raise AssertionError(f"no value: {tree}")

    def part(self, part):
        (inner,) = part.children
        if kind(inner) == "interpolation":
            return self.value(inner)
        return unescaped(str(inner).replace("$${", "${").replace("%%{", "%{"))

    def reference(self, tree):
        path = ".".join(str(token) for token in tree.scan_values(lambda token: str(token) not in (".", "")))
        first, *rest = path.split(".")
        if first == "var":
            return self.value(self.blocks["variable", rest[0]]["default"])
        if first == "data":
            return self.value(self.blocks["data", "aws_cloudwatch_event_source", "ilert"]["name_prefix"])
        block = self.blocks["resource", first, rest[0]]
        name = self.value(block["name"])
        if rest[1] in ("name", "url"):
            return name
        if first == "aws_sqs_queue":
            return queue_arn(name)
        return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{self.value(block['event_bus_name'])}/{name}"


def kind(tree):
    return getattr(tree, "data", None) and str(tree.data)


def of_hcl(text):
    hcl = Hcl(text)
    block = lambda *head: {name: hcl.value(inner) for name, inner in hcl.blocks[("resource", *head)].items()}
    bus, rule = block("aws_cloudwatch_event_bus", "chain"), block("aws_cloudwatch_event_rule", "chain")
    given = block("aws_cloudwatch_event_target", "chain")
    assert bus["name"] == bus["event_source_name"] == rule["event_bus_name"] == given["event_bus_name"] and given["rule"] == rule["name"]
    queues = {}
    for head in hcl.blocks:
        if head[:2] == ("resource", "aws_sqs_queue"):
            queue = block(*head[1:])
            attributes = {FLAT[name]: value for name, value in queue.items() if name not in ("name", "tags")}
            queues[queue["name"]] = {"attributes": attributes, "tags": queue.get("tags"), "policy": "{}"}
        if head[:2] == ("resource", "aws_sqs_queue_policy"):
            policy = block(*head[1:])
            queues[policy["queue_url"]]["policy"] = policy["policy"]
    target = {"Id": given["target_id"], "Arn": given["arn"], "Input": given.get("input"), "InputPath": given.get("input_path")}
    if transformer := given.get("input_transformer"):
        target["InputTransformer"] = {"InputPathsMap": transformer["input_paths"], "InputTemplate": transformer["input_template"]}
    if dead := given.get("dead_letter_config"):
        target["DeadLetterConfig"] = {"Arn": dead["arn"]}
    if retry := given.get("retry_policy"):
        named = {"maximum_retry_attempts": "MaximumRetryAttempts", "maximum_event_age_in_seconds": "MaximumEventAgeInSeconds"}
        target["RetryPolicy"] = {named[name]: int(number) for name, number in retry.items()}
    if fifo := given.get("sqs_target"):
        target["SqsParameters"] = {"MessageGroupId": fifo["message_group_id"]}
    rule = {"Name": rule["name"], "Description": rule.get("description"), "EventPattern": rule["event_pattern"], "State": rule["state"], "Tags": rule.get("tags")}
    return chain({"Name": bus["name"], "Tags": bus.get("tags")}, rule, queues, target)


def numbers(value):
    """Numbers of JSON within code may be texts; what they count is the same."""
    if isinstance(value, dict):
        return {key: numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbers(inner) for inner in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def main(folder):
    files = sorted(folder.glob("*.json"))
    for file in files:
        wanted = json.loads(file.read_text())
        made = numbers(of_requests(wanted["requests"]))
        statements = [statement for queue in made["queues"].values() for statement in queue["policy"]["Statement"]]
        assert wanted["statement"] in statements, f"{file}: the queue's policy lacks the statement of a set-up"
        for ending, read in ((".tf", of_hcl), (".yaml", of_template)):
            other = numbers(read(file.with_suffix(ending).read_text()))
            assert other == made, f"{file.with_suffix(ending)} makes\n{json.dumps(other, indent=1)}\nnot\n{json.dumps(made, indent=1)}"
    # E1029 takes every text with ${…} for a forgotten Sub; here they are texts on purpose, and what they become was compared above.
    lint = [str(Path(sys.executable).with_name("cfn-lint")), "--format", "parseable", "--ignore-checks", "E1029", "--regions", REGION, "--"]
    ended = subprocess.run(lint + [str(file.with_suffix(".yaml")) for file in files], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout[:4000] + ended.stderr[:4000]
    print(f"{len(files)} chains say the same three times")


main(Path(sys.argv[1]))
