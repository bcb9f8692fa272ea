"""Sends the requests of an exported chain with boto3, to the endpoint of the environment. Usage: again.py REQUESTS"""

import json
import os
import re
import sys

import boto3

endpoint = os.environ["ENDPOINT_URL"]
clients = {"events": boto3.client("events", endpoint_url=endpoint), "sqs": boto3.client("sqs", endpoint_url=endpoint)}
with open(sys.argv[1], encoding="utf-8") as file:
    requests = json.load(file)
for request in requests:
    client, given = clients[request["service"]], dict(request["input"])
    if request["operation"] == "SetQueueAttributes":
        given["QueueUrl"] = client.get_queue_url(QueueName=given.pop("QueueName"))["QueueUrl"]
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", request["operation"]).lower()
    answer = getattr(client, method)(**given)
    assert answer.get("FailedEntryCount", 0) == 0, answer
