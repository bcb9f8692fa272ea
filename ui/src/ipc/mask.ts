/** Names under which an account id crosses; what stands there is masked wherever else it occurs. */
const ACCOUNTS = /^(partner_)?account$/;
const ACCOUNT = /^\d{12}$/;
/** Addresses that lead somewhere, and what forms send back, must stay as they are. */
const RAW_KEYS: ReadonlySet<string> = new Set(["page"]);
const RAW_COMMANDS: ReadonlySet<string> = new Set([
  "form_defaults", "alert_action", "duplicate_alert_action", "load_draft", "export_alert_actions", "copies_for", "compose", "compose_template", "export_scenario",
]);

/** Answers that say which account ids there are. */
const TELLING: ReadonlySet<string> = new Set(["environment", "list_alert_actions", "overview", "sandbox_status", "alert_action"]);

const known = new Set<string>();
let masking = false;

/** Whether account ids are masked from now on; what was read before is as it was. */
export function setMasking(on: boolean): void {
  masking = on;
}

/** An account id of which only the end is to be seen. */
const masked = (account: string) => `••••••••${account.slice(-4)}`;

/** The answer of a command, with the account ids masked where that is wanted. */
export function maskAnswer<T>(command: string, answer: T): T {
  if (TELLING.has(command)) learn(answer);
  return !masking || RAW_COMMANDS.has(command) ? answer : maskValue(answer);
}

/** The same value with every known account id masked. */
export function maskValue<T>(value: T): T {
  if (!masking || known.size === 0) return value;
  const pattern = new RegExp(`(?<![\\w-])(${[...known].join("|")})(?![\\w-])`, "g");
  return replaced(value, (text) => text.replace(pattern, masked)) as T;
}

function replaced(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((one) => replaced(one, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, RAW_KEYS.has(key) ? one : replaced(one, replace)]));
}

function learn(value: unknown): void {
  if (Array.isArray(value)) value.forEach(learn);
  else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (typeof one === "string" && ACCOUNTS.test(key) && ACCOUNT.test(one)) known.add(one);
      else learn(one);
    }
  }
}
