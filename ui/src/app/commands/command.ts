/** Something that can be done from anywhere: by its keys, from the palette, and listed in the cheat sheet. */
export interface Command {
  id: string;
  title: string;
  group: "Go to" | "View" | "Do";
  /** Such as "Mod+K" or "?"; Mod is the command key on macOS and Control elsewhere. */
  keys?: string;
  /** Other words that people look for it by. */
  words?: string;
  run: () => void;
}

const IS_MAC = navigator.platform.startsWith("Mac");

/** The keys as people read them: Ctrl+K, or ⌘K on macOS. */
export const keysText = (keys: string): string => (IS_MAC ? keys.replace("Mod+", "⌘").replace("Shift+", "⇧") : keys.replace("Mod", "Ctrl"));

/** Whether a key press is these keys. Single keys do not count while somebody types. */
export function isPressed(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+").filter(Boolean);
  const key = keys.endsWith("++") ? "+" : (parts.at(-1) ?? "");
  const mod = parts.includes("Mod");
  if ((event.ctrlKey || event.metaKey) !== mod || event.altKey) return false;
  // A sign such as ? or + is reached with Shift on most keyboards.
  if (/^[a-z0-9]$/i.test(key) && event.shiftKey !== parts.includes("Shift")) return false;
  if (!mod && isTyping(event.target)) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** The commands that a search finds, best first: every letter in order, beginnings of words before the rest. */
export function find(commands: readonly Command[], search: string): Command[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [...commands];
  const scored = commands.map((command) => ({
    command,
    score: Math.max(score(command.title, wanted), score(command.words ?? "", wanted) - 1, asInMenu(command, wanted)),
  }));
  return scored.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score).map(({ command }) => command);
}

/** Whoever read "Go to" above a command in the menu types it, too. */
function asInMenu({ group, title }: Command, wanted: string): number {
  return `${group} ${title}`.toLowerCase().startsWith(wanted) ? 70 : 0;
}

function score(text: string, wanted: string): number {
  const lower = text.toLowerCase();
  const at = lower.indexOf(wanted);
  if (at === 0) return 100;
  if (at > 0) return /\W/.test(lower[at - 1] ?? "") ? 80 : 60;
  let place = -1;
  for (const letter of wanted) {
    place = lower.indexOf(letter, place + 1);
    if (place < 0) return 0;
  }
  return 20;
}
