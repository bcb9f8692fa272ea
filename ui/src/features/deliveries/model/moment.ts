const AGO = /^(\d+)\s*(s|sec|m|min|h|d)\s*(?:ago)?$/i;
const CLOCK = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DAY = /^(\d{4}-\d{2}-\d{2})$/;
const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment as typed: `14:02`, `14:02:05`, `2026-11-23 14:02`, `2026-11-23`, `10 min ago`. Local time; null when it is none. */
export function readMoment(text: string, now: Date): Date | null {
  const trimmed = text.trim();
  const ago = AGO.exec(trimmed);
  if (ago) return new Date(now.getTime() - Number(ago[1]) * (UNIT_MS[ago[2]?.[0]?.toLowerCase() ?? ""] ?? 0));
  const clock = CLOCK.exec(trimmed);
  if (clock) return onDay(clock[1], now, [Number(clock[2]), Number(clock[3]), Number(clock[4] ?? 0)]);
  const day = DAY.exec(trimmed);
  return day ? onDay(day[1], now, [0, 0, 0]) : null;
}

function onDay(day: string | undefined, now: Date, time: [number, number, number]): Date | null {
  const [year, month, date] = day ? day.split("-").map(Number) : [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const [hour, minute, second] = time;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const at = new Date(year ?? 0, (month ?? 1) - 1, date, hour, minute, second);
  return at.getDate() === date ? at : null;
}
