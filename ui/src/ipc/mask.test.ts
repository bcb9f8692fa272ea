import { afterEach, expect, test } from "vitest";
import { maskAnswer, maskValue, setMasking } from "./mask";

afterEach(() => setMasking(false));

const environment = { account: "123456789012", region: "eu-central-1" };

test("account ids are masked wherever they occur, and what only looks like one stays", () => {
  setMasking(true);
  expect(maskAnswer("environment", environment)).toEqual({ account: "••••••••9012", region: "eu-central-1" });
  const link = { arn: "arn:aws:sqs:eu-central-1:123456789012:q", page: "https://x/123456789012/q", at: 123456789012, id: "7c83-123456789012", incident: "999999999999" };
  expect(maskAnswer("overview", [link])).toEqual([{ ...link, arn: "arn:aws:sqs:eu-central-1:••••••••9012:q" }]);
  expect(maskValue([{ text: '{"account":"123456789012"}' }])).toEqual([{ text: '{"account":"••••••••9012"}' }]);
});

test("what a form sends back stays as it is, and without presenter mode everything does", () => {
  setMasking(true);
  expect(maskAnswer("alert_action", environment)).toEqual(environment);
  setMasking(false);
  expect(maskAnswer("environment", environment)).toBe(environment);
});
